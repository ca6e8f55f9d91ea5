package io.grouppulse.eventlog;

import io.grouppulse.domain.event.GroupInput;
import java.util.List;

/**
 * What one request brought for one shard: the unit that is appended, followed and applied whole.
 *
 * @param shard the shard it belongs to
 * @param position its place in the log, rising; 0 until the log has assigned one (the first is 1)
 * @param receivedAt the wall clock when it was received, epoch milliseconds
 * @param asOf the monitor's T when it was received, so that a replay sees the time that the first run saw
 * @param inputs events and registry commands in order of arrival
 */
public record LogEntry(int shard, long position, long receivedAt, long asOf, List<GroupInput> inputs) {
    public LogEntry {
        inputs = List.copyOf(inputs);
    }

    public LogEntry at(long assigned) {
        return new LogEntry(shard, assigned, receivedAt, asOf, inputs);
    }
}
