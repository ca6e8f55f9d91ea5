package io.grouppulse;

import io.grouppulse.clock.MonitorClock;
import io.grouppulse.windowing.ShardVerticle;
import io.grouppulse.windowing.WindowingMeters;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The shards of this process: opened and shut one by one. */
final class ShardRooms {
    private final Foundation on;
    private final MonitorClock clock;
    private final WindowingMeters meters;
    private final IntFunction<String> addressOf;
    private final Map<Integer, String> deployments = new ConcurrentHashMap<>();
    private final Map<Integer, ShardVerticle> verticles = new ConcurrentHashMap<>();

    /** @param addressOf where a shard answers */
    ShardRooms(Foundation on, MonitorClock clock, WindowingMeters meters, IntFunction<String> addressOf) {
        this.on = on;
        this.clock = clock;
        this.meters = meters;
        this.addressOf = addressOf;
        for (int shard = 0; shard < on.shards(); shard++) {
            int number = shard;
            on.health().add("shard-" + shard, () -> problem(number));
        }
    }

    private @Nullable String problem(int shard) {
        ShardVerticle verticle = verticles.get(shard);
        return verticle == null ? null : verticle.stoppedBy();
    }

    /** Completes once the shard has recovered and answers. */
    Future<Void> open(int shard) {
        ShardVerticle verticle = new ShardVerticle(
                shard,
                addressOf.apply(shard),
                on.groups(),
                on.settings().storage().snapshotInterval().toMillis(),
                on.store().log(),
                on.store().groups(),
                clock,
                on.ledger(),
                meters,
                on.shardMap());
        verticles.put(shard, verticle);
        return on.vertx()
                .deployVerticle(verticle)
                .<Void>map(id -> {
                    deployments.put(shard, id);
                    return null;
                })
                .onFailure(cause -> verticles.remove(shard));
    }

    /** Completes once everything of it is saved, or saving was refused. */
    Future<Void> shut(int shard) {
        String deployment = deployments.remove(shard);
        return deployment == null
                ? Future.succeededFuture()
                : on.vertx().undeploy(deployment).otherwiseEmpty().onComplete(gone -> verticles.remove(shard));
    }

    /** Shuts all that are open. */
    Future<Void> shutAll() {
        return Future.join(deployments.keySet().stream().map(this::shut).toList())
                .mapEmpty();
    }
}
