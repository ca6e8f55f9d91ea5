package io.grouppulse.ops;

import io.grouppulse.domain.event.EventType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor has received from each source since it started, and how far it has got with it: this process, and
 * what other nodes have told of theirs. Thread-safe.
 *
 * <p>A source is up while its newest heartbeat is at most 90 s old; one that never sent a heartbeat is up while its
 * events arrive less than 60 s after they happened. One that is read lags as well for as long as it has not been read to
 * its end. One that sent heartbeats to an earlier process and has not been heard since is up for the first 90 s alone.
 */
public final class SourceLedger {
    private static final long HEARTBEAT_TOLERANCE = 90_000;
    private static final int MAX_SOURCES = 1_000;
    private static final long LAG_TOLERANCE = 60_000;
    private static final long READING_TOLERANCE = 1_000;

    private final ConcurrentHashMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final UnappliedEntries unapplied = new UnappliedEntries();
    private final ConcurrentHashMap<String, Expected> expected = new ConcurrentHashMap<>();
    private volatile Map<String, Map<String, Told>> others = Map.of();
    private volatile boolean isOneOfMany;

    /**
     * What one node knows of a source; times as in {@link SourceHealth}.
     *
     * @param heartbeatReceivedAt by its own clock, like {@code readToEndAt}
     */
    public record Told(
            long accepted,
            long applied,
            long rejected,
            long lastEventAt,
            long lastReceivedAt,
            long heartbeatAt,
            long heartbeatReceivedAt,
            long lag,
            long readToEndAt) {
        private Told plus(Told other) {
            Told newer = other.lastReceivedAt > lastReceivedAt ? other : this;
            return new Told(
                    accepted + other.accepted,
                    applied + other.applied,
                    rejected + other.rejected,
                    Math.max(lastEventAt, other.lastEventAt),
                    Math.max(lastReceivedAt, other.lastReceivedAt),
                    Math.max(heartbeatAt, other.heartbeatAt),
                    Math.max(heartbeatReceivedAt, other.heartbeatReceivedAt),
                    newer.lag,
                    Math.max(readToEndAt, other.readToEndAt));
        }

        private long pending() {
            return Math.max(0, accepted - applied);
        }

        /** Reading to the end again and again takes moments that are no lag. */
        private long lagAt(long now) {
            long unread = readToEndAt == Long.MIN_VALUE ? 0 : now - readToEndAt;
            return unread < READING_TOLERANCE ? lag : Math.max(lag, unread);
        }

        /** What is applied after a restart was heard by an earlier process. */
        private boolean isHeard() {
            return lastReceivedAt != Long.MIN_VALUE || readToEndAt != Long.MIN_VALUE;
        }

        private SourceHealth health(long now) {
            boolean up = heartbeatReceivedAt == Long.MIN_VALUE
                    ? lagAt(now) <= LAG_TOLERANCE
                    : now - heartbeatReceivedAt <= HEARTBEAT_TOLERANCE;
            return new SourceHealth(up, pending(), rejected, lastEventAt, lastReceivedAt, heartbeatAt, lagAt(now));
        }
    }

    /** A source that an earlier process heard, and since when this one waits for it. */
    private record Expected(long heartbeatAt, long since) {
        boolean isMissing(long now) {
            return now - since > HEARTBEAT_TOLERANCE;
        }
    }

    /** Takes the newest heartbeat that an earlier process had of each source: it has to come back within the usual time from now. */
    public void expect(Map<String, Long> heartbeats, long now) {
        heartbeats.forEach((source, at) -> expected.putIfAbsent(source, new Expected(at, now)));
    }

    /** By source, the time of the newest heartbeat it was ever heard to send, epoch millis. */
    public Map<String, Long> heartbeats() {
        Map<String, Long> heartbeats = new TreeMap<>();
        expected.forEach((source, one) -> heartbeats.put(source, one.heartbeatAt()));
        all().forEach((source, told) -> {
            if (told.heartbeatAt() != Long.MIN_VALUE) {
                heartbeats.merge(source, told.heartbeatAt(), Math::max);
            }
        });
        return heartbeats;
    }

    /** What this process can tell another one. */
    public Map<String, Told> tell() {
        Map<String, Told> told = new TreeMap<>();
        accounts.forEach((source, account) -> told.put(source, account.tell()));
        return told;
    }

    /** Takes what the other nodes have told, by node, in the place of all that was told before. */
    public void hear(Map<String, Map<String, Told>> told) {
        others = Map.copyOf(told);
    }

    private Map<String, Told> all() {
        Map<String, Told> all = tell();
        others.values().forEach(node -> node.forEach((source, told) -> all.merge(source, told, Told::plus)));
        return all;
    }

    /** A durable event of a source, received at this wall clock time. */
    public void accepted(String source, EventType type, long ts, long receivedAt) {
        Account account = account(source);
        account.accepted.increment();
        account.byType[type.ordinal()].increment();
        account.lastReceivedAt = Math.max(account.lastReceivedAt, receivedAt);
        account.lastEventAt = Math.max(account.lastEventAt, ts);
        account.lag = Math.max(0, receivedAt - ts);
    }

    /** A heartbeat of a source; the monitor's own canary is none. */
    public void heartbeat(String source, long ts, long receivedAt) {
        if (source.equals(CanaryVerticle.SOURCE)) {
            return;
        }
        Account account = account(source);
        account.heartbeatAt = Math.max(account.heartbeatAt, ts);
        account.heartbeatReceivedAt = Math.max(account.heartbeatReceivedAt, receivedAt);
        account.lastReceivedAt = Math.max(account.lastReceivedAt, receivedAt);
        account.byType[EventType.SOURCE_HEARTBEAT.ordinal()].increment();
    }

    /** A source that is read, not sent, was read to its end at this wall clock time; until it is again, it lags. */
    public void readToEnd(String source, long at) {
        account(source).readToEndAt = at;
    }

    /** Events of a source that have been applied or recognised as duplicates by a shard of this process. */
    public void applied(String source, int events) {
        if (!isOneOfMany) {
            account(source).applied.add(events);
        }
    }

    /** From now on shards may be anywhere: what they have applied is said by {@link #reached} alone. */
    public void becomeOneOfMany() {
        isOneOfMany = true;
    }

    /** An entry that this process has made durable. */
    public void appended(int shard, long position, Map<String, Integer> eventsBySource) {
        if (isOneOfMany) {
            unapplied.add(shard, position, eventsBySource);
        }
    }

    /** Shards, wherever they are, have applied their entries up to these positions. */
    public void reached(Map<Integer, Long> positions) {
        unapplied
                .settle(positions)
                .forEach((source, events) -> account(source).applied.add(events));
    }

    public void rejected(String source, String code) {
        Account account = account(source);
        account.rejected.increment();
        account.byCode.computeIfAbsent(code, c -> new LongAdder()).increment();
    }

    /** Visits the accepted events by source and type, where there are any. */
    public void forEachAccepted(CountVisitor visitor) {
        accounts.forEach((source, account) -> {
            for (EventType type : EventType.values()) {
                long count = account.byType[type.ordinal()].sum();
                if (count > 0) {
                    visitor.visit(source, type.wireName(), count);
                }
            }
        });
    }

    /** Visits the rejected events by source and code. */
    public void forEachRejected(CountVisitor visitor) {
        accounts.forEach(
                (source, account) -> account.byCode.forEach((code, count) -> visitor.visit(source, code, count.sum())));
    }

    /** Receives the count of one kind of events of a source. */
    public interface CountVisitor {
        void visit(String source, String kind, long count);
    }

    /** Events that this process has made durable and that are not applied yet, over all sources. */
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
        Map<String, Told> all = all();
        all.forEach((source, told) -> health.put(source, told.health(now)));
        expected.forEach((source, one) -> {
            if (!isHeard(all.get(source))) {
                health.merge(source, SourceHealth.of(one, now), SourceHealth::awaited);
            }
        });
        return health;
    }

    /** The sources that have been heard since this process, or another that is there now, started and are up at this wall clock time. */
    public Set<String> up(long now) {
        Set<String> up = new HashSet<>();
        all().forEach((source, told) -> {
            if (told.isHeard() && told.health(now).up()) {
                up.add(source);
            }
        });
        return up;
    }

    /** The sources that are not up at this wall clock time. */
    public Set<String> down(long now) {
        Set<String> down = new HashSet<>();
        read(now).forEach((source, health) -> {
            if (!health.up()) {
                down.add(source);
            }
        });
        return down;
    }

    private static boolean isHeard(@Nullable Told told) {
        return told != null && told.isHeard();
    }

    /** Sources beyond the limit share one account, so that hostile names cannot fill the memory. */
    private Account account(String source) {
        Account known = accounts.get(source);
        if (known != null) {
            return known;
        }
        String name = accounts.size() < MAX_SOURCES ? source : "other";
        return accounts.computeIfAbsent(name, s -> new Account());
    }

    /**
     * One source as this process sees it; times are epoch millis, {@link Long#MIN_VALUE} for never.
     *
     * @param pending durable events not applied yet
     * @param lag how long after it happened its newest event arrived or, if that is more, for how long the source has not been
     *     read to its end, millis; -1 before the first event
     */
    public record SourceHealth(
            boolean up,
            long pending,
            long rejected,
            long lastEventAt,
            long lastReceivedAt,
            long heartbeatAt,
            long lag) {
        private static SourceHealth of(Expected one, long now) {
            return new SourceHealth(!one.isMissing(now), 0, 0, Long.MIN_VALUE, Long.MIN_VALUE, one.heartbeatAt(), -1);
        }

        /** This one, of which only what an earlier process received is known, with what is expected of it. */
        private SourceHealth awaited(SourceHealth other) {
            return new SourceHealth(other.up, pending, rejected, lastEventAt, lastReceivedAt, other.heartbeatAt, lag);
        }
    }

    private static final class Account {
        private final LongAdder accepted = new LongAdder();
        private final LongAdder applied = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final LongAdder[] byType = adders();
        private final ConcurrentHashMap<String, LongAdder> byCode = new ConcurrentHashMap<>();
        private volatile long lastEventAt = Long.MIN_VALUE;
        private volatile long lastReceivedAt = Long.MIN_VALUE;
        private volatile long heartbeatAt = Long.MIN_VALUE;
        private volatile long heartbeatReceivedAt = Long.MIN_VALUE;
        private volatile long lag = -1;
        private volatile long readToEndAt = Long.MIN_VALUE;

        private static LongAdder[] adders() {
            LongAdder[] adders = new LongAdder[EventType.values().length];
            Arrays.setAll(adders, type -> new LongAdder());
            return adders;
        }

        long pending() {
            return Math.max(0, accepted.sum() - applied.sum());
        }

        Told tell() {
            return new Told(
                    accepted.sum(),
                    applied.sum(),
                    rejected.sum(),
                    lastEventAt,
                    lastReceivedAt,
                    heartbeatAt,
                    heartbeatReceivedAt,
                    lag,
                    readToEndAt);
        }
    }
}
