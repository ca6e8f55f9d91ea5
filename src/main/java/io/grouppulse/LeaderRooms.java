package io.grouppulse;

import io.grouppulse.alert.AlertMeters;
import io.grouppulse.config.Settings;
import io.grouppulse.domain.org.silence.SilenceWatch;
import io.grouppulse.domain.org.silence.SourcesSeen;
import io.grouppulse.domain.signal.silence.SilenceSettings;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.rollup.RollupVerticle;
import io.grouppulse.rollup.SaleWatchVerticle;
import io.grouppulse.windowing.TickerVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/** The rooms of which a monitor has one, however many nodes it has: T, the roll-up, the running sales, the alerts. */
final class LeaderRooms {
    private final Foundation on;
    private final AlertMeters alertMeters;
    private final List<String> deployments = Collections.synchronizedList(new ArrayList<>());

    LeaderRooms(Foundation on) {
        this.on = on;
        this.alertMeters =
                new AlertMeters(on.meters().registry(), on.settings().metrics().orgs());
    }

    Future<Void> open(TickerVerticle ticker) {
        Store store = on.store();
        return on.vertx()
                .<Void>executeBlocking(() -> {
                    store.alerts().readAgain();
                    store.outages().readAgain();
                    on.ledger()
                            .expect(store.outages().heartbeats(), on.wallClock().getAsLong());
                    return null;
                })
                .compose(read -> deploy(new RollupVerticle(
                        on.shards(),
                        on.groups().windows().size(),
                        silence(),
                        on.places(),
                        on.shardMap()::shardOf,
                        store.outages())))
                .compose(done ->
                        deploy(new SaleWatchVerticle(on.shards(), t -> SalePlans.running(store.campaigns(), t))))
                .compose(done -> deploy(ticker));
    }

    /** One that knows nothing yet. */
    private SilenceWatch silence() {
        SourceLedger ledger = on.ledger();
        LongSupplier wallClock = on.wallClock();
        return new SilenceWatch(
                new SilenceSettings(
                        on.groups().zone(),
                        on.groups().settling(),
                        on.settings().silenceBudget()),
                () -> seen(ledger, wallClock.getAsLong()),
                on.settings().time().clock() == Settings.ClockMode.SYSTEM);
    }

    private static SourcesSeen seen(SourceLedger ledger, long now) {
        return new SourcesSeen(ledger.up(now), ledger.down(now), ledger.heartbeats());
    }

    /** Raises alerts from now on; to be called once the rooms are open and show the present. */
    Future<Void> watch() {
        return deploy(AlertRoom.verticle(
                on.settings(),
                on.store(),
                alertMeters,
                on.ledger(),
                on.reports().campaigns(),
                on.wallClock()));
    }

    Future<Void> shut() {
        List<String> inReverse = new ArrayList<>(deployments);
        deployments.clear();
        Collections.reverse(inReverse);
        Future<Void> down = Future.succeededFuture();
        for (String deployment : inReverse) {
            down = down.compose(done -> on.vertx().undeploy(deployment).otherwiseEmpty());
        }
        return down;
    }

    private Future<Void> deploy(Deployable verticle) {
        return on.vertx().deployVerticle(verticle).map(id -> {
            deployments.add(id);
            return null;
        });
    }
}
