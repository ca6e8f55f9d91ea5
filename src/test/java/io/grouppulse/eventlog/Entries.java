package io.grouppulse.eventlog;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.eventlog.EventLog.Follower;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Entries for tests of logs, and what reads them. */
public final class Entries {
    private Entries() {}

    public static LogEntry entry(int shard, String id) {
        return entry(shard, id, 0);
    }

    public static LogEntry entry(int shard, String id, int padding) {
        GroupEvent event = new GroupEvent(
                "test",
                id,
                EventType.MESSAGE_SENT,
                1000,
                "g" + shard,
                "m".repeat(padding),
                null,
                null,
                -1,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new LogEntry(shard, 0, 1_000, 2_000, List.of(event));
    }

    public static String id(LogEntry entry) {
        return ((GroupEvent) entry.inputs().get(0)).id();
    }

    public static List<String> ids(List<LogEntry> entries) {
        return entries.stream().map(Entries::id).toList();
    }

    public static List<Long> positions(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::position).toList();
    }

    /** All entries of the shard after a position, by following it until it has caught up. */
    public static List<LogEntry> read(Vertx vertx, EventLog log, int shard, long after) {
        Collected collected = new Collected();
        await(onContext(vertx, () -> log.follow(shard, after, collected)));
        return List.copyOf(collected.entries);
    }

    public static <T> Future<T> onContext(Vertx vertx, Supplier<Future<T>> call) {
        return Future.future(promise -> vertx.runOnContext(v -> call.get().onComplete(promise)));
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A follower that keeps what it is handed. */
    public static class Collected implements Follower {
        public final List<LogEntry> entries = new CopyOnWriteArrayList<>();
        public final List<Integer> caughtUpAt = new CopyOnWriteArrayList<>();
        public final List<String> regressions = new CopyOnWriteArrayList<>();

        @Override
        public void onEntry(LogEntry entry) {
            entries.add(entry);
        }

        @Override
        public void onCaughtUp() {
            caughtUpAt.add(entries.size());
        }

        @Override
        public void onRegression(String why) {
            regressions.add(why);
        }
    }
}
