package io.grouppulse.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.laws.Comparison;
import io.grouppulse.oracle.MeasureDiff;
import io.grouppulse.oracle.Oracle;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was acknowledged, and what a batch over it says. */
final class Ledger implements AutoCloseable {
    private static final Duration SETTLED_LIMIT = Duration.ofSeconds(20);
    private static final Duration TICK = Duration.ofMillis(300);

    private final Oracle oracle = new Oracle(OracleSettings.defaults());
    private final Set<Key> distinct = new HashSet<>();
    private final List<List<GroupEvent>> batches = new ArrayList<>();
    private final List<GroupEvent> unloaded = new ArrayList<>();
    private long acknowledged;
    private long t = Long.MIN_VALUE;

    private record Key(String group, String source, String id) {}

    /**
     * How the monitors' numbers differ from the batch.
     *
     * @param lost acknowledged events that are not counted
     * @param doubleCounted events counted that were not acknowledged, or more than once
     * @param wrongGroups groups of which any measure differs
     */
    record Verdict(long lost, long doubleCounted, int wrongGroups, String differences) {}

    synchronized void acknowledged(List<GroupEvent> events) {
        batches.add(events);
        acknowledgedAgain(events);
    }

    /** As {@link #acknowledged} of a batch that had been acknowledged before. */
    synchronized void acknowledgedAgain(List<GroupEvent> events) {
        events.forEach(event -> distinct.add(new Key(event.group(), event.source(), event.id())));
        acknowledged += events.size();
        unloaded.addAll(events);
        t = events.stream().mapToLong(GroupEvent::ts).reduce(t, Math::max);
    }

    /** All batches that were acknowledged, in that order, once each. */
    synchronized List<List<GroupEvent>> all() {
        return List.copyOf(batches);
    }

    /** Events acknowledged so far, each as often as it was. */
    synchronized long acknowledged() {
        return acknowledged;
    }

    /** Distinct events that were acknowledged so far. */
    synchronized int distinct() {
        return distinct.size();
    }

    /** Acknowledged events that the monitors do not count; nothing may be on its way. */
    synchronized long missing(MonitorApi api) throws Exception {
        JsonNode[] last = {api.get("api/v1/sources")};
        Deadline.in(SETTLED_LIMIT).until(() -> {
            Deadline.pause(TICK);
            JsonNode before = last[0];
            last[0] = api.get("api/v1/sources");
            return MonitorApi.sum(last[0], "pending") == 0
                    && last[0].path("items").equals(before.path("items"));
        });
        return distinct.size() - MonitorApi.sum(last[0], "applied");
    }

    /** Asks a monitor for every measure of every group; nothing may be on its way. */
    synchronized Verdict compare(MonitorApi api) throws Exception {
        oracle.load(unloaded);
        unloaded.clear();
        JsonNode sources = api.settledSources(t);
        long applied = MonitorApi.sum(sources, "applied");
        Comparison comparison = new Comparison(api);
        comparison.at(t, oracle, List.copyOf(oracle.members(t).keySet()));
        MeasureDiff diff = comparison.diff();
        return new Verdict(
                Math.max(0, distinct.size() - applied),
                Math.max(0, applied - distinct.size()),
                diff.wrongGroups().size(),
                diff.report());
    }

    @Override
    public void close() {
        oracle.close();
    }
}
