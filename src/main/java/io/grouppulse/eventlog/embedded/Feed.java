package io.grouppulse.eventlog.embedded;

import io.grouppulse.eventlog.EventLog.Follower;
import io.grouppulse.eventlog.LogDamagedException;
import io.grouppulse.eventlog.LogEntry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One follower of one shard: is first read to from the files, one chunk after the other as its context takes them, and
 * then handed each new entry by the writer. What it is told by {@link DurableState} it is told under that lock.
 */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final int shard;
    private final Follower follower;
    private final Context context;
    private final DurableState state;
    private final LogCursor cursor;
    private final AtomicLong pendingBytes;
    private final long target;
    private final Promise<Void> caughtUp = Promise.promise();

    // Under the state's lock.
    private @Nullable Live held;
    private boolean live;

    // On the context.
    private boolean isCaughtUp;
    private boolean stopped;

    /** New entries of the shard that came while the files were being read. */
    private record Live(List<LogEntry> entries, AtomicLong bytes) {}

    Feed(int shard, long after, Follower follower, Context context, DurableState state, AtomicLong pendingBytes) {
        this.shard = shard;
        this.follower = follower;
        this.context = context;
        this.state = state;
        this.pendingBytes = pendingBytes;
        this.cursor = new LogCursor(state, shard, after);
        this.target = state.last();
    }

    Future<Void> start() {
        state.add(this);
        readOn();
        return caughtUp.future();
    }

    void hold() {
        held = new Live(new ArrayList<>(), new AtomicLong());
    }

    void published(List<Append> batch, long last) {
        if (held == null && !live) {
            return;
        }
        List<LogEntry> entries = new ArrayList<>();
        long bytes = 0;
        for (Append append : batch) {
            bytes += append.select(shard, entries);
        }
        if (entries.isEmpty()) {
            return;
        }
        if (held != null) {
            held.entries().addAll(entries);
            held.bytes().addAndGet(bytes);
        } else {
            enqueue(entries, bytes, last);
        }
    }

    void handOver(LogCursor.Chunk chunk, long last) {
        Live since = held;
        held = null;
        enqueue(chunk.entries(), 0, chunk.upTo());
        if (chunk.complete() && since != null) {
            live = true;
            enqueue(since.entries(), since.bytes().get(), last);
        }
    }

    private void readOn() {
        context.executeBlocking(this::readChunk, false).onComplete(complete -> {
            if (complete.failed()) {
                fail(complete.cause());
            } else if (!complete.result() && !stopped) {
                readOn();
            }
        });
    }

    private boolean readChunk() throws IOException {
        LogCursor.Chunk chunk = cursor.next(this);
        state.handOver(this, chunk);
        return chunk.complete();
    }

    private void enqueue(List<LogEntry> entries, long bytes, long upTo) {
        pendingBytes.addAndGet(bytes);
        context.runOnContext(v -> {
            try {
                deliver(entries, upTo);
            } finally {
                pendingBytes.addAndGet(-bytes);
            }
        });
    }

    private void deliver(List<LogEntry> entries, long upTo) {
        if (stopped) {
            return;
        }
        try {
            entries.forEach(follower::onEntry);
            if (!isCaughtUp && upTo >= target) {
                isCaughtUp = true;
                follower.onCaughtUp();
                caughtUp.tryComplete();
            }
        } catch (RuntimeException | Error e) {
            // Going on would leave a gap that nobody sees.
            LOG.error("the follower failed and is handed nothing more: shard={}", shard, e);
            fail(e);
            throw e;
        }
    }

    private void fail(Throwable cause) {
        stopped = true;
        state.remove(this);
        caughtUp.tryFail(
                cause instanceof IOException
                        ? new LogDamagedException("the log cannot be read for shard " + shard + ": " + cause)
                        : cause);
    }
}
