package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.FencedException;
import io.grouppulse.eventlog.GroupStore;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The saved groups of each shard as one hash. Only the owner of a shard saves, and only what it made of the log that is
 * there: one script looks at both. Safe to call from any thread.
 */
public final class RedisGroupStore implements GroupStore {
    private static final int SCANNED_AT_A_TIME = 500;
    private static final int MOST_BYTES_A_COMMAND = 8 << 20;
    private static final int MOST_RECORDS_A_COMMAND = 50_000;
    private static final long LOAD_MILLIS = 30_000;

    private final RedisLink link;
    private final RedisStoreSettings settings;
    private final Ownership ownership;
    private final RedisLog log;
    private final StoreListener events;
    private final SaveChain saves = new SaveChain();

    RedisGroupStore(
            RedisLink link, RedisStoreSettings settings, Ownership ownership, RedisLog log, StoreListener events) {
        this.link = link;
        this.settings = settings;
        this.ownership = ownership;
        this.log = log;
        this.events = events;
    }

    @Override
    public Future<Saved> load(int shard) {
        requireShard(shard);
        return link.read(() -> loadOnce(shard), LOAD_MILLIS);
    }

    private Future<Saved> loadOnce(int shard) {
        ShardKeys keys = new ShardKeys(shard);
        Map<String, byte[]> records = new HashMap<>();
        return link.send(
                        Request.cmd(Command.HMGET)
                                .arg(keys.state())
                                .arg("saved")
                                .arg("savedTag")
                                .arg("save"),
                        LOAD_MILLIS)
                .compose(saved -> scanAll(keys, records).map(done -> {
                    long position = saved.get(0) == null ? 0 : saved.get(0).toLong();
                    log.loaded(
                            shard,
                            position,
                            saved.get(1) == null ? "" : saved.get(1).toString());
                    saves.loaded(shard, saved.get(2) == null ? "" : saved.get(2).toString());
                    return new Saved(position, records);
                }));
    }

    /** A cursor means nothing to another server, and one that was replaced meanwhile would leave groups out. */
    private Future<Void> scanAll(ShardKeys keys, Map<String, byte[]> into) {
        return scan(keys, "0", into)
                .compose(done -> link.send(Request.cmd(Command.HLEN).arg(keys.groups()), LOAD_MILLIS))
                .compose(length -> length.toInteger() == into.size()
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(link.interrupted(
                                into.size() + " groups of " + length + " were read, the server was another one")));
    }

    private Future<Void> scan(ShardKeys keys, String cursor, Map<String, byte[]> into) {
        Request scan = Request.cmd(Command.HSCAN)
                .arg(keys.groups())
                .arg(cursor)
                .arg("COUNT")
                .arg(SCANNED_AT_A_TIME);
        return link.send(scan, LOAD_MILLIS).compose(answer -> {
            Response pairs = answer.get(1);
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                into.put(
                        pairs.get(i).toString(StandardCharsets.UTF_8),
                        pairs.get(i + 1).toBytes());
            }
            String next = answer.get(0).toString();
            return next.equals("0") ? Future.succeededFuture() : scan(keys, next, into);
        });
    }

    /** The arrays must not be changed until the future completes. */
    @Override
    public Future<Void> save(int shard, long position, Map<String, byte @Nullable []> changed) {
        requireShard(shard);
        String tag = log.tagAt(shard, position);
        if (tag == null) {
            return Future.failedFuture(new LogUnavailableException(
                    "shard " + shard + " was not followed to position " + position,
                    new IllegalStateException("no such entry")));
        }
        List<String> removed = new ArrayList<>();
        List<Map<String, byte[]>> chunks = chunks(changed, removed);
        ShardKeys keys = new ShardKeys(shard);
        Claim claim = ownership.of(shard);
        boolean isStaged = chunks.size() > 1;
        Future<Void> staged = Future.succeededFuture();
        for (int i = 0; isStaged && i < chunks.size(); i++) {
            Request stage = with(Scripts.stage(keys, claim, i == 0), chunks.get(i));
            staged = staged.compose(done -> carryOut(stage, shard));
        }
        SaveChain.Next next = saves.next(shard);
        Request save = Scripts.save(keys, claim, position, tag, isStaged, next).arg(removed.size());
        removed.forEach(key -> save.arg(key.getBytes(StandardCharsets.UTF_8)));
        Request whole = isStaged || chunks.isEmpty() ? save : with(save, chunks.get(0));
        return staged.compose(done -> carryOut(whole, shard))
                .onSuccess(done -> {
                    saves.done(shard, next);
                    events.committed();
                })
                .onFailure(cause -> saves.unanswered(shard, next));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private Future<Void> carryOut(Request script, int shard) {
        return link.send(script, LOAD_MILLIS).transform(result -> {
            String outcome = result.succeeded() ? String.valueOf(result.result()) : "";
            if (outcome.equals(Scripts.DONE)) {
                return Future.succeededFuture();
            }
            if (outcome.equals(Scripts.FENCED)) {
                events.fenced(shard);
                ownership.contest(shard);
                return Future.failedFuture(new FencedException("another monitor owns shard " + shard + " now"));
            }
            events.commitFailed();
            if (outcome.equals(Scripts.REGRESSED)) {
                log.regress(shard, "what shard " + shard + " would save is made of entries that the log does not hold");
                return Future.failedFuture(new LogUnavailableException(
                        "the log is not the one that was read", new IllegalStateException("log regression")));
            }
            return Future.failedFuture(
                    new LogUnavailableException(String.valueOf(result.cause().getMessage()), result.cause()));
        });
    }

    /** Pieces of which each fits into one command; removed keys apart. */
    private static List<Map<String, byte[]>> chunks(Map<String, byte @Nullable []> changed, List<String> removed) {
        List<Map<String, byte[]>> chunks = new ArrayList<>();
        Map<String, byte[]> chunk = new HashMap<>();
        long bytes = 0;
        for (Map.Entry<String, byte @Nullable []> entry : changed.entrySet()) {
            byte[] record = entry.getValue();
            if (record == null) {
                removed.add(entry.getKey());
                continue;
            }
            if (!chunk.isEmpty()
                    && (bytes + record.length > MOST_BYTES_A_COMMAND || chunk.size() == MOST_RECORDS_A_COMMAND)) {
                chunks.add(chunk);
                chunk = new HashMap<>();
                bytes = 0;
            }
            chunk.put(entry.getKey(), record);
            bytes += record.length;
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    private static Request with(Request request, Map<String, byte[]> records) {
        records.forEach((key, record) ->
                request.arg(key.getBytes(StandardCharsets.UTF_8)).arg(record));
        return request;
    }

    private void requireShard(int shard) {
        if (shard < 0 || shard >= settings.shards()) {
            throw new IllegalArgumentException("no shard " + shard + " of " + settings.shards());
        }
    }
}
