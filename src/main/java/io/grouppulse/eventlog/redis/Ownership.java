package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shards that this monitor owns; a lease of each is renewed for as long as the monitor lives and Redis answers. */
public final class Ownership implements ShardLeases {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final int RENEWALS_A_LEASE = 4;
    /** Renewed at least this often, a lease that ran out on Redis is known here to have run out. */
    private static final long SURE_NANOS_OF_A_MILLI = 800_000;

    private final Vertx vertx;
    private final RedisLink link;
    private final RedisStoreSettings settings;
    private final String owner;
    private final Map<Integer, Claim> claims = new ConcurrentHashMap<>();
    private final Map<Integer, Long> renewedAt = new ConcurrentHashMap<>();
    private volatile IntConsumer listener = shard -> {};
    private volatile boolean closed;

    /** @param owner the same name for a monitor that takes the place of this one, so that it need not wait */
    Ownership(Vertx vertx, RedisLink link, RedisStoreSettings settings, String owner) {
        this.vertx = vertx;
        this.link = link;
        this.settings = settings;
        this.owner = owner;
        vertx.setPeriodic(settings.leaseMillis() / RENEWALS_A_LEASE, this::renew);
    }

    @Override
    public Future<Boolean> take(int shard) {
        if (closed) {
            return Future.succeededFuture(false);
        }
        long asked = System.nanoTime();
        return link.send(Scripts.claim(keysOf(shard), owner, settings.leaseMillis()), settings.timeoutMillis())
                .map(answer -> {
                    long epoch = answer.get(0).toLong();
                    if (epoch == 0) {
                        return false;
                    }
                    claims.put(shard, new Claim(owner, epoch));
                    renewedAt.put(shard, asked);
                    return true;
                });
    }

    @Override
    public Future<Void> leave(int shard) {
        Claim claim = claims.remove(shard);
        renewedAt.remove(shard);
        return claim == null ? Future.succeededFuture() : handOver(shard, claim);
    }

    @Override
    public boolean holds(int shard) {
        Long renewed = renewedAt.get(shard);
        return renewed != null && System.nanoTime() - renewed < settings.leaseMillis() * SURE_NANOS_OF_A_MILLI;
    }

    @Override
    public long epoch(int shard) {
        return of(shard).epoch();
    }

    @Override
    public long leaseMillis() {
        return settings.leaseMillis();
    }

    @Override
    public void onLost(IntConsumer told) {
        this.listener = told;
    }

    Claim of(int shard) {
        return claims.getOrDefault(shard, Claim.NONE);
    }

    /**
     * Redis says that the shard is another's. It is, if another holds the lease; otherwise Redis has lost what it knew,
     * and the shard is claimed again.
     */
    void contest(int shard) {
        Claim refused = claims.get(shard);
        if (closed || refused == null) {
            return;
        }
        link.send(Scripts.claim(keysOf(shard), owner, settings.leaseMillis()), settings.timeoutMillis())
                .onSuccess(answer -> {
                    long epoch = answer.get(0).toLong();
                    if (epoch == 0) {
                        lose(shard, refused, answer.get(1).toString());
                    } else if (claims.replace(shard, refused, new Claim(owner, epoch))) {
                        LOG.warn("claimed {} again epoch={}", nameOf(shard), epoch);
                    }
                });
    }

    private void lose(int shard, Claim refused, String holder) {
        if (claims.remove(shard, refused)) {
            renewedAt.remove(shard);
            LOG.error(
                    "fenced: {} owns {} now, because {} was not heard of for longer than its lease; what it would save"
                            + " is refused",
                    holder,
                    nameOf(shard),
                    owner);
            listener.accept(shard);
        }
    }

    /** Leaves the shards to others at once. */
    Future<Void> close() {
        closed = true;
        List<Future<Void>> handed = new ArrayList<>();
        claims.forEach((shard, claim) -> handed.add(handOver(shard, claim)));
        return Future.join(handed).<Void>mapEmpty().otherwiseEmpty();
    }

    private Future<Void> handOver(int shard, Claim claim) {
        return link.send(Scripts.handOver(keysOf(shard), claim), settings.timeoutMillis())
                .mapEmpty();
    }

    private static ShardKeys keysOf(int shard) {
        return new ShardKeys(shard);
    }

    private static String nameOf(int shard) {
        return shard == WHOLE ? "the store" : "shard " + shard;
    }

    private void renew(long timer) {
        if (closed) {
            vertx.cancelTimer(timer);
            return;
        }
        claims.forEach(this::renew);
    }

    private void renew(int shard, Claim claim) {
        long asked = System.nanoTime();
        link.send(Scripts.renew(keysOf(shard), claim, settings.leaseMillis()), settings.timeoutMillis())
                .onSuccess(answer -> {
                    if (Scripts.FENCED.equals(String.valueOf(answer))) {
                        contest(shard);
                    } else {
                        renewedAt.computeIfPresent(shard, (same, before) -> Math.max(before, asked));
                    }
                });
    }
}
