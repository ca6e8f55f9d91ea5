package io.grouppulse.ingest;

import io.grouppulse.clock.MonitorClock;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.ops.SourceLedger;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Routes inputs to the shards of their groups and makes them durable in the log. Thread-safe. */
public final class LogIntake implements Intake {
    private final EventLog log;
    private final ShardMap shards;
    private final MonitorClock clock;
    private final LongSupplier wallClock;
    private final SourceLedger ledger;
    private final Function<List<LogEntry>, Future<Integer>> awaitApplied;
    private final Limits limits;

    /**
     * @param pendingBytes most bytes waiting to become durable
     * @param backlog most events durable and not applied
     */
    public record Limits(long pendingBytes, long backlog) {}

    /** @param awaitApplied completes with the number of duplicates once every query shows the entries */
    public LogIntake(
            EventLog log,
            ShardMap shards,
            MonitorClock clock,
            LongSupplier wallClock,
            SourceLedger ledger,
            Function<List<LogEntry>, Future<Integer>> awaitApplied,
            Limits limits) {
        this.log = log;
        this.shards = shards;
        this.clock = clock;
        this.wallClock = wallClock;
        this.ledger = ledger;
        this.awaitApplied = awaitApplied;
        this.limits = limits;
    }

    @Override
    public long asOf() {
        return clock.now();
    }

    @Override
    public boolean hasRoom() {
        return log.pendingBytes() < limits.pendingBytes && ledger.backlog() < limits.backlog;
    }

    @Override
    public Future<Receipt> take(List<GroupInput> inputs, boolean isAwaited) {
        long receivedAt = wallClock.getAsLong();
        List<LogEntry> entries = route(inputs, receivedAt);
        if (entries.isEmpty()) {
            return Future.succeededFuture(new Receipt(isAwaited ? 0 : -1));
        }
        return log.append(entries).compose(durable -> {
            account(durable, receivedAt);
            return isAwaited ? awaitApplied.apply(durable).map(Receipt::new) : Future.succeededFuture(new Receipt(-1));
        });
    }

    private List<LogEntry> route(List<GroupInput> inputs, long receivedAt) {
        Map<Integer, List<GroupInput>> inputsOfShard = new TreeMap<>();
        for (GroupInput input : inputs) {
            if (input instanceof GroupEvent event && event.type() == EventType.SOURCE_HEARTBEAT) {
                ledger.heartbeat(event.source(), event.ts(), receivedAt);
            } else if (input instanceof MemberErasure) {
                addToAll(input, inputsOfShard);
            } else {
                add(keyOf(input), input, inputsOfShard);
                addTrace(input, inputsOfShard);
            }
        }
        long asOf = clock.now();
        List<LogEntry> entries = new ArrayList<>(inputsOfShard.size());
        inputsOfShard.forEach((shard, some) -> entries.add(new LogEntry(shard, 0, receivedAt, asOf, some)));
        return entries;
    }

    private void addToAll(GroupInput input, Map<Integer, List<GroupInput>> inputsOfShard) {
        for (int shard = 0; shard < shards.shards(); shard++) {
            inputsOfShard.computeIfAbsent(shard, some -> new ArrayList<>()).add(input);
        }
    }

    private void add(String key, GroupInput input, Map<Integer, List<GroupInput>> inputsOfShard) {
        inputsOfShard
                .computeIfAbsent(shards.shardOf(key), shard -> new ArrayList<>())
                .add(input);
    }

    /** In the same append as the event itself: both are durable or neither is. */
    private void addTrace(GroupInput input, Map<Integer, List<GroupInput>> inputsOfShard) {
        if (input instanceof GroupEvent event) {
            MemberTrace trace = MemberTrace.of(event);
            if (trace != null) {
                add(trace.member(), trace, inputsOfShard);
            }
        }
    }

    /** An order that names no group goes by its member. */
    private static String keyOf(GroupInput input) {
        if (input instanceof GroupEvent event && event.group().isEmpty() && event.member() != null) {
            return event.member();
        }
        return input.group();
    }

    private void account(List<LogEntry> durable, long receivedAt) {
        long newest = Long.MIN_VALUE;
        for (LogEntry entry : durable) {
            Map<String, Integer> bySource = new HashMap<>();
            for (GroupInput input : entry.inputs()) {
                if (input instanceof GroupEvent event) {
                    ledger.accepted(event.source(), event.type(), event.ts(), receivedAt);
                    bySource.merge(event.source(), 1, Integer::sum);
                    newest = Math.max(newest, event.ts());
                }
            }
            ledger.appended(entry.shard(), entry.position(), bySource);
        }
        if (newest != Long.MIN_VALUE) {
            clock.accepted(newest);
        }
    }
}
