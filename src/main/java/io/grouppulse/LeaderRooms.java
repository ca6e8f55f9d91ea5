package io.grouppulse;

import io.grouppulse.alert.AlertMeters;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.config.Settings;
import io.grouppulse.domain.org.silence.SilenceWatch;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.CampaignReport;
import io.grouppulse.rollup.RollupVerticle;
import io.grouppulse.rollup.SaleWatchVerticle;
import io.grouppulse.windowing.TickerVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The rooms of which a monitor has one, however many nodes it has: T, the roll-up, the running sales, the alerts. */
final class LeaderRooms {
    private final Vertx vertx;
    private final Settings settings;
    private final int windows;
    private final Store store;
    private final SourceLedger ledger;
    private final GroupPlaces places;
    private final Supplier<SilenceWatch> silence;
    private final CampaignReport campaigns;
    private final AlertMeters alertMeters;
    private final LongSupplier wallClock;
    private final List<String> deployments = Collections.synchronizedList(new ArrayList<>());

    /** @param silence makes one that knows nothing yet */
    LeaderRooms(
            Vertx vertx,
            Settings settings,
            int windows,
            Store store,
            SourceLedger ledger,
            GroupPlaces places,
            Supplier<SilenceWatch> silence,
            CampaignReport campaigns,
            AlertMeters alertMeters,
            LongSupplier wallClock) {
        this.vertx = vertx;
        this.settings = settings;
        this.windows = windows;
        this.store = store;
        this.ledger = ledger;
        this.places = places;
        this.silence = silence;
        this.campaigns = campaigns;
        this.alertMeters = alertMeters;
        this.wallClock = wallClock;
    }

    Future<Void> open(TickerVerticle ticker) {
        int shards = settings.storage().shards();
        return vertx.<Void>executeBlocking(() -> {
                    store.alerts().readAgain();
                    store.outages().readAgain();
                    ledger.expect(store.outages().heartbeats(), wallClock.getAsLong());
                    return null;
                })
                .compose(read -> deploy(new RollupVerticle(
                        shards, windows, silence.get(), places, new ShardMap(shards)::shardOf, store.outages())))
                .compose(done -> deploy(new SaleWatchVerticle(shards, t -> SalePlans.running(store.campaigns(), t))))
                .compose(done -> deploy(ticker));
    }

    /** Raises alerts from now on; to be called once the rooms are open and show the present. */
    Future<Void> watch() {
        return deploy(AlertRoom.verticle(settings, store, alertMeters, ledger, campaigns, wallClock));
    }

    Future<Void> shut() {
        List<String> inReverse = new ArrayList<>(deployments);
        deployments.clear();
        Collections.reverse(inReverse);
        Future<Void> down = Future.succeededFuture();
        for (String deployment : inReverse) {
            down = down.compose(done -> vertx.undeploy(deployment).otherwiseEmpty());
        }
        return down;
    }

    private Future<Void> deploy(Deployable verticle) {
        return vertx.deployVerticle(verticle).map(id -> {
            deployments.add(id);
            return null;
        });
    }
}
