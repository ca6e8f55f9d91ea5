package io.grouppulse.eventlog.redis;

import io.grouppulse.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards that this monitor owns. A lease keeps others from claiming a shard whose owner is well; it makes nothing
 * safe: that is the epoch, which every save shows.
 */
public final class Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final long TRY_MILLIS = 500;
    private static final int RENEWALS_A_LEASE = 3;

    private final Vertx vertx;
    private final RedisLink link;
    private final RedisStoreSettings settings;
    private final String owner;
    private final Map<Integer, Claim> claims = new ConcurrentHashMap<>();
    private final Promise<String> lost = Promise.promise();
    private volatile boolean closed;
    private volatile String heldBy = "";

    /** @param owner the same name for a monitor that takes the place of this one, so that it need not wait */
    Ownership(Vertx vertx, RedisLink link, RedisStoreSettings settings, String owner) {
        this.vertx = vertx;
        this.link = link;
        this.settings = settings;
        this.owner = owner;
    }

    /**
     * Completes once every shard is owned; waits as long as another monitor owns one. All claim in the same order, so
     * that no two wait for each other.
     */
    public Future<Void> claimAll() {
        Promise<Void> all = Promise.promise();
        vertx.setPeriodic(settings.leaseMillis() / RENEWALS_A_LEASE, this::renew);
        claimFrom(ShardKeys.WHOLE, all);
        return all.future();
    }

    /** Completes, with the reason, when another monitor has taken a shard. */
    public Future<String> lost() {
        return lost.future();
    }

    /** Who owns the shards that this monitor waits for; empty while it waits for nobody. */
    public String waitsFor() {
        return heldBy;
    }

    Claim of(int shard) {
        return claims.getOrDefault(shard, Claim.NONE);
    }

    /**
     * Redis says that the shard is another's. It is, if another holds the lease; otherwise Redis has lost what it knew,
     * and the shard is claimed again.
     */
    void contest(int shard) {
        if (closed || !claims.containsKey(shard)) {
            return;
        }
        link.send(Scripts.claim(new ShardKeys(shard), owner, settings.leaseMillis()), settings.timeoutMillis())
                .onSuccess(answer -> {
                    long epoch = answer.get(0).toLong();
                    if (epoch == 0) {
                        give(shard, answer.get(1).toString());
                    } else {
                        claims.put(shard, new Claim(owner, epoch));
                        LOG.warn("claimed {} again epoch={}", nameOf(shard), epoch);
                    }
                });
    }

    private void give(int shard, String holder) {
        if (claims.remove(shard) != null) {
            String reason = "fenced: " + holder + " owns " + nameOf(shard)
                    + " now, because this monitor was not heard of for longer than its lease; what it would save is"
                    + " refused, so it ends";
            LOG.error("{} owner={}", reason, owner);
            lost.tryComplete(reason);
        }
    }

    /** Leaves the shards to others at once. */
    Future<Void> close() {
        closed = true;
        List<Future<Response>> handed = new ArrayList<>();
        claims.forEach((shard, claim) ->
                handed.add(link.send(Scripts.handOver(new ShardKeys(shard), claim), settings.timeoutMillis())));
        return Future.join(handed).<Void>mapEmpty().otherwiseEmpty();
    }

    private void claimFrom(int shard, Promise<Void> all) {
        if (closed) {
            all.tryFail(new IllegalStateException("the store was closed before every shard was owned"));
            return;
        }
        if (shard == settings.shards()) {
            all.complete();
            return;
        }
        link.send(Scripts.claim(new ShardKeys(shard), owner, settings.leaseMillis()), settings.timeoutMillis())
                .onSuccess(answer -> {
                    long epoch = answer.get(0).toLong();
                    if (epoch == 0) {
                        reportHolder(shard, answer.get(1).toString());
                        vertx.setTimer(TRY_MILLIS, again -> claimFrom(shard, all));
                    } else {
                        heldBy = "";
                        claims.put(shard, new Claim(owner, epoch));
                        claimFrom(shard + 1, all);
                    }
                })
                .onFailure(cause -> vertx.setTimer(TRY_MILLIS, again -> claimFrom(shard, all)));
    }

    private static String nameOf(int shard) {
        return shard == ShardKeys.WHOLE ? "the store" : "shard " + shard;
    }

    private void reportHolder(int shard, String holder) {
        if (!heldBy.equals(holder)) {
            heldBy = holder;
            LOG.info("waiting: {} belongs to {} until it stops or its lease runs out", nameOf(shard), holder);
        }
    }

    private void renew(long timer) {
        if (closed) {
            vertx.cancelTimer(timer);
            return;
        }
        claims.forEach((shard, claim) -> link.send(
                        Scripts.renew(new ShardKeys(shard), claim, settings.leaseMillis()), settings.timeoutMillis())
                .onSuccess(answer -> {
                    if (Scripts.FENCED.equals(String.valueOf(answer)) && !closed) {
                        contest(shard);
                    }
                }));
    }
}
