package io.grouppulse.eventlog.embedded;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.EventLog.Follower;
import io.grouppulse.eventlog.LogEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A log in a directory that tests open, fill, close, harm and open again. */
final class LogHarness implements AutoCloseable {
    static final int SHARDS = 4;

    final Vertx vertx = Vertx.vertx();
    private final Path directory;
    private final LogSettings settings;
    private final SegmentDisk disk;
    private @Nullable StoreLayout layout;
    private @Nullable SegmentedLog log;

    LogHarness(Path directory, long segmentBytes) {
        this(directory, segmentBytes, new FileSegmentDisk());
    }

    LogHarness(Path directory, long segmentBytes, SegmentDisk disk) {
        this.directory = directory;
        this.settings = new LogSettings(segmentBytes);
        this.disk = disk;
    }

    SegmentedLog open() {
        return open(AppendListener.NONE);
    }

    SegmentedLog open(AppendListener listener) {
        StoreLayout opened = StoreLayout.open(directory, SHARDS);
        try {
            log = SegmentedLog.open(vertx, opened, settings, listener, disk);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        layout = opened;
        return log;
    }

    void shut() {
        if (log != null && layout != null) {
            await(log.close());
            layout.close();
            log = null;
        }
    }

    SegmentedLog reopen() {
        shut();
        return open();
    }

    List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    /** All entries of the shard after a position, by following it until it has caught up. */
    List<LogEntry> read(SegmentedLog from, int shard, long after) {
        Collected collected = new Collected();
        await(onContext(() -> from.follow(shard, after, collected)));
        return collected.entries;
    }

    <T> Future<T> onContext(java.util.function.Supplier<Future<T>> call) {
        return Future.future(promise -> vertx.runOnContext(v -> call.get().onComplete(promise)));
    }

    @Override
    public void close() {
        shut();
        await(vertx.close());
    }

    static LogEntry entry(int shard, String id) {
        return entry(shard, id, 0);
    }

    static LogEntry entry(int shard, String id, int padding) {
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

    static String id(LogEntry entry) {
        return ((GroupEvent) entry.inputs().get(0)).id();
    }

    static List<String> ids(List<LogEntry> entries) {
        return entries.stream().map(LogHarness::id).toList();
    }

    static List<Long> positions(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::position).toList();
    }

    static <T> T await(Future<T> future) {
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
    static class Collected implements Follower {
        final List<LogEntry> entries = new CopyOnWriteArrayList<>();
        final List<Integer> caughtUpAt = new ArrayList<>();

        @Override
        public void onEntry(LogEntry entry) {
            entries.add(entry);
        }

        @Override
        public void onCaughtUp() {
            caughtUpAt.add(entries.size());
        }
    }
}
