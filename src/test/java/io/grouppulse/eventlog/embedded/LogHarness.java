package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Entries;
import io.grouppulse.eventlog.LogEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
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
            Entries.await(log.close());
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
        return Entries.read(vertx, from, shard, after);
    }

    <T> Future<T> onContext(Supplier<Future<T>> call) {
        return Entries.onContext(vertx, call);
    }

    @Override
    public void close() {
        shut();
        Entries.await(vertx.close());
    }
}
