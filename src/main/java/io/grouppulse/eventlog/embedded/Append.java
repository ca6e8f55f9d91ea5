package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.EventCodec;
import io.grouppulse.eventlog.LogEntry;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** The entries of one call of {@code append} on their way into the log. */
final class Append {
    private final List<LogEntry> entries;
    private final List<byte[]> inputs;
    private final long bytes;
    private final long start = System.nanoTime();
    private final Context context;
    private final Promise<List<LogEntry>> promise = Promise.promise();

    private List<LogEntry> placed = List.of();
    private boolean uncounted;

    Append(List<LogEntry> entries, Context context) {
        this.entries = entries;
        this.context = context;
        this.inputs =
                entries.stream().map(entry -> EventCodec.encode(entry.inputs())).toList();
        this.bytes = inputs.stream()
                .mapToLong(input -> Block.ENTRY_HEAD_BYTES + (long) input.length)
                .sum();
    }

    Promise<List<LogEntry>> promise() {
        return promise;
    }

    List<byte[]> inputs() {
        return inputs;
    }

    /** What it takes in a block. */
    long bytes() {
        return bytes;
    }

    /** The bytes on the first call, 0 on any other: they are counted off once. */
    long takeBytes() {
        long counted = uncounted ? 0 : bytes;
        uncounted = true;
        return counted;
    }

    int size() {
        return entries.size();
    }

    long start() {
        return start;
    }

    /** Gives the entries their positions and returns the one after the last. */
    long place(long first) {
        List<LogEntry> at = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            at.add(entry.at(first + at.size()));
        }
        placed = List.copyOf(at);
        return first + at.size();
    }

    List<LogEntry> placed() {
        return placed;
    }

    /** Adds this shard's entries and returns what they take. */
    long select(int shard, List<LogEntry> selected) {
        long selectedBytes = 0;
        for (int i = 0; i < placed.size(); i++) {
            if (placed.get(i).shard() == shard) {
                selected.add(placed.get(i));
                selectedBytes += Block.ENTRY_HEAD_BYTES + inputs.get(i).length;
            }
        }
        return selectedBytes;
    }

    void complete() {
        context.runOnContext(v -> promise.tryComplete(placed));
    }

    void fail(Throwable cause) {
        context.runOnContext(v -> promise.tryFail(cause));
    }
}
