package io.grouppulse;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.NodeClock;
import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.nodes.Carrier;
import io.grouppulse.nodes.CarrierMeters;
import io.grouppulse.nodes.CrewView;
import io.grouppulse.nodes.Doors;
import io.grouppulse.nodes.Member;
import io.grouppulse.nodes.NodeCrew;
import io.grouppulse.nodes.NodeNews;
import io.grouppulse.nodes.Rooms;
import io.grouppulse.windowing.TickerVerticle;
import io.grouppulse.windowing.WindowingMeters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This process as one node of several on one store: what it owns is opened here, and what others own is reached through
 * doors at the same addresses of the bus.
 */
final class NodeRooms implements InnerRooms, Rooms {
    private static final List<String> ASKED_OF_LEADER = List.of(Feeds.ASK, Feeds.BARRIER, Feeds.ALERTS);
    private static final List<String> TOLD_LEADER = List.of(Feeds.READINGS);
    private static final long TICK_PATIENCE_NANOS = 2_000_000_000;

    private final Foundation on;
    private final Context home;
    private final Store.NodeStore store;
    private final ShardRooms shardRooms;
    private final LeaderRooms leaderRooms;
    private final NodeClock clock;
    private final WindowingMeters windowing;
    private final Carrier carrier;
    private final Doors doors;
    private final NodeCrew crew;
    private final NodeHearing hearing;
    private final LeaderVoice voice;
    private final Promise<Void> joined = Promise.promise();
    private volatile boolean leads;

    NodeRooms(
            Foundation on,
            Store.NodeStore store,
            ShardRooms shardRooms,
            LeaderRooms leaderRooms,
            NodeClock clock,
            WindowingMeters windowing) {
        this.on = on;
        this.home = on.vertx().getOrCreateContext();
        this.store = store;
        this.shardRooms = shardRooms;
        this.leaderRooms = leaderRooms;
        this.clock = clock;
        this.windowing = windowing;
        this.carrier = new Carrier(
                on.vertx(),
                store.post(),
                store.self(),
                new CarrierMeters(on.meters().registry()));
        this.crew = new NodeCrew(on.vertx(), store.membership(), store.leases(), this, store.self(), on.shards());
        this.doors = new Doors(on.vertx(), carrier, crew::view, store.self(), store.leases()::holds);
        this.hearing = new NodeHearing(on, carrier, store.self().name(), clock, TICK_PATIENCE_NANOS);
        this.voice = new LeaderVoice(on.vertx(), carrier, on.places());
        watchOn(on.meters().registry());
    }

    private void watchOn(MeterRegistry registry) {
        Gauge.builder("grouppulse.nodes", crew, nodes -> nodes.view().members().size())
                .description("Nodes that are there, as this one sees it")
                .register(registry);
        Gauge.builder("grouppulse.shards.owned", this, NodeRooms::owned)
                .description("Shards that this node owns")
                .register(registry);
        Gauge.builder(
                        "grouppulse.shards.without.owner",
                        crew,
                        nodes -> on.shards() - nodes.view().owners().size())
                .description("Shards that no node owns, as this one sees it")
                .register(registry);
        Gauge.builder("grouppulse.node.leads", this, rooms -> rooms.leads ? 1 : 0)
                .description("Whether this node announces T and rolls up")
                .register(registry);
        Gauge.builder("grouppulse.node.messages.lost", store.post(), post -> post.lost())
                .description("Messages to this node that never came, since it started")
                .register(registry);
    }

    private int owned() {
        Member self = crew.view().find(store.self().name());
        return self == null ? 0 : self.shards().size();
    }

    @Override
    public boolean leads() {
        return leads;
    }

    @Override
    public boolean areShared() {
        return true;
    }

    @Override
    public @Nullable String problem() {
        String strangers = crew.waitsFor();
        return strangers.isEmpty()
                ? hearing.problem()
                : "other nodes run another version, this one waits for them to go: " + strangers;
    }

    @Override
    public Future<Void> open() {
        on.ledger().becomeOneOfMany();
        return carrier.start().compose(done -> {
            home.runOnContext(v -> {
                hearing.open(crew::view, () -> leads, crew::look, joined::tryComplete);
                doors.open(on.shards());
                doors.standInForLead(ASKED_OF_LEADER, TOLD_LEADER);
                crew.join();
            });
            return joined.future();
        });
    }

    /** Whoever gets the lead watches from then on. */
    @Override
    public Future<Void> watch() {
        return Future.succeededFuture();
    }

    /** Gives everything to others. */
    @Override
    public Future<Void> shut() {
        return crew.leave();
    }

    @Override
    public void seen(CrewView view) {
        carrier.seen(view);
        home.runOnContext(v -> hearing.seen(view));
    }

    @Override
    public void changed() {
        carrier.publish(NodeNews.LOOK, "");
    }

    @Override
    public Future<Void> open(int shard) {
        return shardRooms.open(shard).onSuccess(done -> doors.setOpen(shard, true));
    }

    /** Whoever asks from now on waits for the next owner. */
    @Override
    public Future<Void> shut(int shard) {
        doors.setOpen(shard, false);
        return shardRooms.shut(shard);
    }

    @Override
    public Future<Void> openLead() {
        long life =
                Math.max(Tick.lifeOf(hearing.newestSeq()) + 1, store.leases().epoch(ShardLeases.WHOLE));
        TickerVerticle ticker = new TickerVerticle(
                clock, windowing, life, () -> store.leases().holds(ShardLeases.WHOLE), TICK_PATIENCE_NANOS);
        Promise<Void> opened = Promise.promise();
        home.runOnContext(v -> {
            leads = true;
            doors.endStandIn();
            voice.open();
            leaderRooms.open(ticker).compose(done -> leaderRooms.watch()).onComplete(opened);
        });
        return opened.future().onFailure(cause -> shutLead());
    }

    @Override
    public Future<Void> shutLead() {
        Promise<Void> shut = Promise.promise();
        home.runOnContext(v -> {
            leads = false;
            voice.shut();
            doors.standInForLead(ASKED_OF_LEADER, TOLD_LEADER);
            leaderRooms.shut().onComplete(shut);
        });
        return shut.future();
    }
}
