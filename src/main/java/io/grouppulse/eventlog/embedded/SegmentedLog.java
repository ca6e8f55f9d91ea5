package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.LogDamagedException;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.LogUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of all shards as one series of segment files, each group commit one checksummed block, written and forced by
 * one thread. Safe to call from any thread.
 */
public final class SegmentedLog implements EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentedLog.class);

    /** One append, which is one block at the most, must fit into memory several times. */
    private static final long MAX_APPEND_BYTES = 64 << 20;

    private final Vertx vertx;
    private final Path directory;
    private final int shards;
    private final DurableState state;
    private final Deletions deletions;
    private final GroupCommit commits;
    private final @Nullable TornTail tornTail;
    private final AppendQueue queue = new AppendQueue();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final Promise<Void> closed = Promise.promise();

    private SegmentedLog(
            Vertx vertx,
            StoreLayout layout,
            LogSettings settings,
            AppendListener listener,
            SegmentDisk disk,
            LogRecovery recovered) {
        this.vertx = vertx;
        this.directory = layout.logDirectory();
        this.shards = layout.shards();
        this.tornTail = recovered.tornTail();
        this.state = new DurableState(recovered.segments(), shards);
        this.deletions = Deletions.open(directory, shards);
        Segment newest = recovered.segments().get(recovered.segments().size() - 1);
        SegmentWriter writer = new SegmentWriter(directory, newest, shards, settings, disk, listener);
        this.commits = new GroupCommit(directory, writer, disk, state, deletions, listener, pendingBytes);
    }

    /**
     * Reads and checks all files, then starts the writer; blocks.
     *
     * @throws LogDamagedException if anything but an unfinished end is damaged
     */
    public static SegmentedLog open(Vertx vertx, StoreLayout layout, LogSettings settings, AppendListener listener) {
        return open(vertx, layout, settings, listener, new FileSegmentDisk());
    }

    static SegmentedLog open(
            Vertx vertx, StoreLayout layout, LogSettings settings, AppendListener listener, SegmentDisk disk) {
        LogRecovery recovery = new LogRecovery(layout.logDirectory(), layout.shards(), disk);
        try {
            recovery.run();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot open the log in " + layout.logDirectory() + ": " + e.getMessage(), e);
        }
        SegmentedLog log = new SegmentedLog(vertx, layout, settings, listener, disk, recovery);
        Thread thread = new Thread(log::write, "grouppulse-log");
        thread.setDaemon(true);
        thread.start();
        return log;
    }

    @Override
    public Future<List<LogEntry>> append(List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        for (LogEntry entry : entries) {
            requireShard(entry.shard());
        }
        Append append = new Append(List.copyOf(entries), vertx.getOrCreateContext());
        if (append.bytes() > MAX_APPEND_BYTES) {
            return Future.failedFuture(new IllegalArgumentException(
                    "an append of " + append.bytes() + " bytes is over the limit of " + MAX_APPEND_BYTES));
        }
        pendingBytes.addAndGet(append.bytes());
        if (!queue.offer(append)) {
            pendingBytes.addAndGet(-append.bytes());
            return Future.failedFuture(
                    new LogUnavailableException("the log is closed", new IOException(directory + " is closed")));
        }
        return append.promise().future();
    }

    /** Completes after {@code onCaughtUp}. A follower that throws is handed nothing more. */
    @Override
    public Future<Void> follow(int shard, long after, Follower follower) {
        requireShard(shard);
        long last = state.last();
        if (after > last) {
            return Future.failedFuture(new LogDamagedException("shard " + shard + " was saved at position " + after
                    + ", but the log in " + directory + " ends at " + last
                    + ": restore the missing segment files, or move all of data.dir away to start empty"));
        }
        long deleted = deletions.lastOf(shard);
        if (after < deleted) {
            return Future.failedFuture(new LogDamagedException("the saved groups of shard " + shard + " reach position "
                    + after + ", but entries up to " + deleted + " were saved once and are no longer in the log in "
                    + directory + ": restore groups.mv as it was, or move all of data.dir away to start empty"));
        }
        Context context = vertx.getOrCreateContext();
        return new Feed(shard, after, follower, context, state, pendingBytes).start();
    }

    /** What is durable has been handed over. */
    @Override
    public Future<Void> readToEnd(int shard) {
        return Future.succeededFuture();
    }

    /** Ends with the log. */
    @Override
    public void unfollow(int shard) {}

    @Override
    public void release(int shard, long position) {
        requireShard(shard);
        if (state.release(shard, position)) {
            queue.requestCleanup();
        }
    }

    /** Begins a new segment. */
    @Override
    public Future<Long> part() {
        return onWriter(commits::part);
    }

    @Override
    public Future<Boolean> isFreed(long before) {
        return onWriter(() -> {
            commits.deleteReleased();
            return state.first() >= before;
        });
    }

    private <T> Future<T> onWriter(Callable<T> action) {
        Promise<T> promise = Promise.promise();
        Context context = vertx.getOrCreateContext();
        boolean taken = queue.send(() -> {
            try {
                T result = action.call();
                context.runOnContext(done -> promise.complete(result));
            } catch (Exception e) {
                context.runOnContext(done -> promise.fail(e));
            }
        });
        return taken ? promise.future() : Future.failedFuture("the log in " + directory + " is closed");
    }

    /** Bytes that are not durable yet, and those that are but that a live follower has not been handed yet. */
    @Override
    public long pendingBytes() {
        return pendingBytes.get();
    }

    @Override
    public Future<Void> close() {
        queue.close();
        Context context = vertx.getOrCreateContext();
        Promise<Void> promise = Promise.promise();
        closed.future().onComplete(done -> context.runOnContext(v -> promise.handle(done)));
        return promise.future();
    }

    /** The unfinished end that was cut off when the log was opened, if there was one. */
    public Optional<TornTail> tornTail() {
        return Optional.ofNullable(tornTail);
    }

    /** The last durable position, 0 before the first. */
    public long lastPosition() {
        return state.last();
    }

    /** The oldest position that is still held. */
    public long firstPosition() {
        return state.first();
    }

    public long bytesOnDisk() {
        return state.bytes();
    }

    public int segmentCount() {
        return state.segmentCount();
    }

    private void requireShard(int shard) {
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("no shard " + shard + " of " + shards);
        }
    }

    private void write() {
        try {
            for (AppendQueue.Work work = queue.take(); work != null; work = queue.take()) {
                if (!work.appends().isEmpty()) {
                    commits.commit(work.appends());
                }
                if (work.cleanup()) {
                    commits.deleteReleased();
                }
                work.errands().forEach(Runnable::run);
            }
            commits.close();
            closed.complete();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            LOG.error("the log's writer ended: directory={}", directory, e);
            queue.close();
            closed.fail(e);
        }
    }
}
