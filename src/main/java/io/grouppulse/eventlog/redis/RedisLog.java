package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.EventCodec;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Request;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The log of each shard as a stream. Safe to call from any thread. */
public final class RedisLog implements EventLog {
    /** One append must fit into memory, here and there, several times. */
    private static final long MAX_APPEND_BYTES = 64 << 20;

    private final Vertx vertx;
    private final RedisLink appends;
    private final RedisLink reads;
    private final RedisStoreSettings settings;
    private final AppendListener listener;
    private final StoreListener events;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, ShardFeed> feeds = new ConcurrentHashMap<>();
    private final Map<Integer, History> histories = new ConcurrentHashMap<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private volatile boolean closed;

    RedisLog(
            Vertx vertx,
            RedisLink appends,
            RedisLink reads,
            RedisStoreSettings settings,
            AppendListener listener,
            StoreListener events) {
        this.vertx = vertx;
        this.appends = appends;
        this.reads = reads;
        this.settings = settings;
        this.listener = listener;
        this.events = events;
    }

    /** What is durable is also on the way to the followers of this process before the caller is told. */
    @Override
    public Future<List<LogEntry>> append(List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        entries.forEach(entry -> requireShard(entry.shard()));
        if (closed) {
            return Future.failedFuture(
                    new LogUnavailableException("the log is closed", new IllegalStateException("closed")));
        }
        List<Append.Item> items = new ArrayList<>(entries.size());
        long bytes = 0;
        for (LogEntry entry : entries) {
            Append.Item item = new Append.Item(entry, newTag(), Buffer.buffer(EventCodec.encode(entry.inputs())));
            items.add(item);
            bytes += item.inputs().length();
        }
        if (bytes > MAX_APPEND_BYTES) {
            return Future.failedFuture(new IllegalArgumentException(
                    "an append of " + bytes + " bytes is over the limit of " + MAX_APPEND_BYTES));
        }
        return append(items, bytes);
    }

    private Future<List<LogEntry>> append(List<Append.Item> items, long bytes) {
        Context caller = vertx.getOrCreateContext();
        Promise<List<LogEntry>> told = Promise.promise();
        long begun = System.nanoTime();
        pendingBytes.addAndGet(bytes);
        new Append(appends, settings).send(items).compose(this::offer).onComplete(result -> {
            pendingBytes.addAndGet(-bytes);
            if (result.succeeded()) {
                listener.appended(items.size(), bytes, System.nanoTime() - begun);
            } else {
                listener.failed(items.size());
            }
            caller.runOnContext(v -> {
                if (result.succeeded()) {
                    told.complete(result.result());
                } else {
                    told.fail(new LogUnavailableException(
                            String.valueOf(result.cause().getMessage()), result.cause()));
                }
            });
        });
        return told.future();
    }

    private Future<List<LogEntry>> offer(List<Append.Placed> placed) {
        List<Future<Void>> offers = new ArrayList<>();
        for (Append.Placed item : placed) {
            ShardFeed feed = feeds.get(item.entry().shard());
            if (feed != null) {
                offers.add(feed.offer(item.entry(), item.tag(), item.before()));
            }
        }
        return Future.all(offers)
                .map(done -> placed.stream().map(Append.Placed::entry).toList());
    }

    /** Completes after {@code onCaughtUp}. A follower that throws is handed nothing more. */
    @Override
    public Future<Void> follow(int shard, long after, Follower follower) {
        requireShard(shard);
        History saved = histories.get(shard);
        History history = new History(after, saved != null && saved.position() == after ? saved.tag() : "");
        histories.put(shard, history);
        Context context = vertx.getOrCreateContext();
        ShardFeed feed =
                new ShardFeed(vertx, reads, new ShardKeys(shard), follower, history, context, events::regressed);
        ShardFeed before = feeds.put(shard, feed);
        if (before != null) {
            before.stop();
        }
        return feed.start();
    }

    @Override
    public Future<Void> readToEnd(int shard) {
        ShardFeed feed = feeds.get(shard);
        return feed == null ? Future.succeededFuture() : feed.readToEnd();
    }

    @Override
    public void unfollow(int shard) {
        ShardFeed feed = feeds.remove(shard);
        if (feed != null) {
            feed.stop();
        }
    }

    @Override
    public void release(int shard, long position) {
        requireShard(shard);
        History history = histories.get(shard);
        if (history != null) {
            history.forgetBefore(position);
        }
        Request trim = Scripts.release(new ShardKeys(shard), position);
        reads.send(trim, settings.timeoutMillis()).onFailure(cause -> events.trimFailed(shard, cause));
    }

    /** Bytes on their way to Redis. */
    @Override
    public long pendingBytes() {
        return pendingBytes.get();
    }

    /** Appends nothing more and hands nothing more over. */
    @Override
    public Future<Void> close() {
        closed = true;
        feeds.values().forEach(ShardFeed::stop);
        return Future.succeededFuture();
    }

    /** Why a shard is handed nothing any more, or null. */
    public @Nullable String problem() {
        return feeds.values().stream()
                .map(ShardFeed::problem)
                .filter(problem -> problem != null)
                .findFirst()
                .orElse(null);
    }

    /** The group store has read what was saved up to an entry with this tag. */
    void loaded(int shard, long position, String tag) {
        histories.put(shard, new History(position, tag));
    }

    /** The tag of an entry that was handed over since the last save, null if there is none; empty without follower. */
    @Nullable String tagAt(int shard, long position) {
        History history = histories.get(shard);
        return history == null || !feeds.containsKey(shard) ? "" : history.tagAt(position);
    }

    /** The group store has seen that the log is not the one that was followed. */
    void regress(int shard, String why) {
        ShardFeed feed = feeds.get(shard);
        if (feed != null) {
            feed.regress(why);
        }
    }

    private String newTag() {
        return Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
    }

    private void requireShard(int shard) {
        if (shard < 0 || shard >= settings.shards()) {
            throw new IllegalArgumentException("no shard " + shard + " of " + settings.shards());
        }
    }
}
