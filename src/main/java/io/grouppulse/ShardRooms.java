package io.grouppulse;

import io.grouppulse.clock.MonitorClock;
import io.grouppulse.config.Settings;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.ops.Health;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.windowing.ShardVerticle;
import io.grouppulse.windowing.WindowingMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The shards of this process: opened and shut one by one. */
final class ShardRooms {
    private final Vertx vertx;
    private final Settings settings;
    private final GroupSettings groupSettings;
    private final Store store;
    private final MonitorClock clock;
    private final SourceLedger ledger;
    private final WindowingMeters meters;
    private final IntFunction<String> addressOf;
    private final Map<Integer, String> deployments = new ConcurrentHashMap<>();
    private final Map<Integer, ShardVerticle> verticles = new ConcurrentHashMap<>();

    /** @param addressOf where a shard answers */
    ShardRooms(
            Vertx vertx,
            Settings settings,
            GroupSettings groupSettings,
            Store store,
            MonitorClock clock,
            SourceLedger ledger,
            WindowingMeters meters,
            Health health,
            IntFunction<String> addressOf) {
        this.vertx = vertx;
        this.settings = settings;
        this.groupSettings = groupSettings;
        this.store = store;
        this.clock = clock;
        this.ledger = ledger;
        this.meters = meters;
        this.addressOf = addressOf;
        for (int shard = 0; shard < settings.storage().shards(); shard++) {
            int number = shard;
            health.add("shard-" + shard, () -> problem(number));
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
                groupSettings,
                settings.storage().snapshotInterval().toMillis(),
                store.log(),
                store.groups(),
                clock,
                ledger,
                meters,
                new ShardMap(settings.storage().shards()));
        verticles.put(shard, verticle);
        return vertx.deployVerticle(verticle)
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
                : vertx.undeploy(deployment).otherwiseEmpty().onComplete(gone -> verticles.remove(shard));
    }

    /** Shuts all that are open. */
    Future<Void> shutAll() {
        return Future.join(deployments.keySet().stream().map(this::shut).toList())
                .mapEmpty();
    }
}
