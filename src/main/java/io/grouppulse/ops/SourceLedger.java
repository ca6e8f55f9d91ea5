package io.grouppulse.ops;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What this process has received from each source since it started, and how far it has got with it. Thread-safe.
 *
 * <p>A source is up while its newest heartbeat is at most 90 s old; one that never sent a heartbeat is up while its
 * events arrive less than 60 s after they happened.
 */
public final class SourceLedger {
    private static final long HEARTBEAT_TOLERANCE = 90_000;
    private static final long LAG_TOLERANCE = 60_000;

    private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();

    /** Durable events of a source, received at the wall clock time, the newest of which happened at {@code newestTs}. */
    public void accepted(String source, int events, long newestTs, long receivedAt) {
        Account account = account(source);
        account.accepted.add(events);
        account.lastReceivedAt = Math.max(account.lastReceivedAt, receivedAt);
        account.lastEventAt = Math.max(account.lastEventAt, newestTs);
        account.lag = Math.max(0, receivedAt - newestTs);
    }

    public void heartbeat(String source, long ts, long receivedAt) {
        Account account = account(source);
        account.heartbeatAt = Math.max(account.heartbeatAt, ts);
        account.heartbeatReceivedAt = Math.max(account.heartbeatReceivedAt, receivedAt);
        account.lastReceivedAt = Math.max(account.lastReceivedAt, receivedAt);
    }

    /** Events of a source that have been applied or recognised as duplicates. */
    public void applied(String source, int events) {
        account(source).applied.add(events);
    }

    public void rejected(String source) {
        account(source).rejected.increment();
    }

    /** Events that are durable and not applied yet, over all sources. */
    public long backlog() {
        long backlog = 0;
        for (Account account : accounts.values()) {
            backlog += account.pending();
        }
        return backlog;
    }

    /** The health of every source seen, by name, at this wall clock time. */
    public Map<String, SourceHealth> read(long now) {
        Map<String, SourceHealth> health = new TreeMap<>();
        accounts.forEach((source, account) -> health.put(source, account.read(now)));
        return health;
    }

    private Account account(String source) {
        return accounts.computeIfAbsent(source, s -> new Account());
    }

    /**
     * One source as this process sees it; times are epoch millis, {@link Long#MIN_VALUE} for never.
     *
     * @param pending durable events not applied yet
     * @param lag how long after it happened its newest event arrived, millis, -1 before the first
     */
    public record SourceHealth(
            boolean up,
            long pending,
            long rejected,
            long lastEventAt,
            long lastReceivedAt,
            long heartbeatAt,
            long lag) {}

    private static final class Account {
        private final LongAdder accepted = new LongAdder();
        private final LongAdder applied = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private volatile long lastEventAt = Long.MIN_VALUE;
        private volatile long lastReceivedAt = Long.MIN_VALUE;
        private volatile long heartbeatAt = Long.MIN_VALUE;
        private volatile long heartbeatReceivedAt = Long.MIN_VALUE;
        private volatile long lag = -1;

        long pending() {
            return Math.max(0, accepted.sum() - applied.sum());
        }

        SourceHealth read(long now) {
            boolean up = heartbeatReceivedAt == Long.MIN_VALUE
                    ? lag <= LAG_TOLERANCE
                    : now - heartbeatReceivedAt <= HEARTBEAT_TOLERANCE;
            return new SourceHealth(up, pending(), rejected.sum(), lastEventAt, lastReceivedAt, heartbeatAt, lag);
        }
    }
}
