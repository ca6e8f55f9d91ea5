package io.grouppulse;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.NodeClock;
import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.ingest.callback.wecom.RosterVersions;
import io.grouppulse.nodes.Carrier;
import io.grouppulse.nodes.CarrierMeters;
import io.grouppulse.nodes.CrewView;
import io.grouppulse.nodes.Doors;
import io.grouppulse.nodes.Member;
import io.grouppulse.nodes.NodeCrew;
import io.grouppulse.nodes.NodeNews;
import io.grouppulse.nodes.Rooms;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.windowing.TickerVerticle;
import io.grouppulse.windowing.WindowingMeters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as one node of several on one store: what it owns is opened here, and what others own is reached through
 * doors at the same addresses of the bus.
 */
final class NodeRooms implements Rooms {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRooms.class);
    private static final List<String> ASKED_OF_LEADER = List.of(Feeds.ASK, Feeds.BARRIER, Feeds.ALERTS);
    private static final List<String> TOLD_LEADER = List.of(Feeds.READINGS);
    private static final long TICK_PATIENCE_NANOS = 2_000_000_000;
    private static final long NEWS_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context home;
    private final Store.NodeStore store;
    private final int shards;
    private final ShardRooms shardRooms;
    private final LeaderRooms leaderRooms;
    private final NodeClock clock;
    private final WindowingMeters windowing;
    private final SourceLedger ledger;
    private final GroupPlaces places;
    private final CampaignRegistry campaigns;
    private final RosterVersions rosters;
    private final Carrier carrier;
    private final Doors doors;
    private final NodeCrew crew;
    private final Map<String, Map<String, SourceLedger.Told>> ledgers = new HashMap<>();
    private final Map<String, List<String>> toldPlaces = new HashMap<>();
    private final List<MessageConsumer<?>> announcing = new ArrayList<>();
    private final Promise<Void> joined = Promise.promise();
    private long knownLife = -1;
    private volatile boolean leads;
    private volatile long newestSeq;
    private volatile long rolledAt = System.nanoTime() - TICK_PATIENCE_NANOS;
    private volatile boolean isComplete;

    NodeRooms(
            Vertx vertx,
            Store.NodeStore store,
            int shards,
            ShardRooms shardRooms,
            LeaderRooms leaderRooms,
            NodeClock clock,
            WindowingMeters windowing,
            SourceLedger ledger,
            GroupPlaces places,
            CampaignRegistry campaigns,
            RosterVersions rosters,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.home = vertx.getOrCreateContext();
        this.store = store;
        this.shards = shards;
        this.shardRooms = shardRooms;
        this.leaderRooms = leaderRooms;
        this.clock = clock;
        this.windowing = windowing;
        this.ledger = ledger;
        this.places = places;
        this.campaigns = campaigns;
        this.rosters = rosters;
        this.carrier = new Carrier(vertx, store.post(), store.self(), new CarrierMeters(registry));
        this.crew = new NodeCrew(vertx, store.membership(), store.leases(), this, store.self(), shards);
        this.doors = new Doors(vertx, carrier, crew::view, store.self(), store.leases()::holds);
        watch(registry);
    }

    private void watch(MeterRegistry registry) {
        Gauge.builder("grouppulse.nodes", crew, nodes -> nodes.view().members().size())
                .description("Nodes that are there, as this one sees it")
                .register(registry);
        Gauge.builder("grouppulse.shards.owned", this, rooms -> rooms.owned().size())
                .description("Shards that this node owns")
                .register(registry);
        Gauge.builder(
                        "grouppulse.shards.without.owner",
                        this,
                        rooms -> rooms.shards - rooms.crew.view().owners().size())
                .description("Shards that no node owns, as this one sees it")
                .register(registry);
        Gauge.builder("grouppulse.node.leads", this, rooms -> rooms.leads ? 1 : 0)
                .description("Whether this node announces T and rolls up")
                .register(registry);
        Gauge.builder("grouppulse.node.messages.lost", store.post(), post -> post.lost())
                .description("Messages to this node that never came, since it started")
                .register(registry);
    }

    private Set<Integer> owned() {
        Member self = crew.view().find(store.self().name());
        return self == null ? Set.of() : self.shards();
    }

    boolean leads() {
        return leads;
    }

    /** Why this node cannot show everything now, or null. */
    @Nullable String problem() {
        String strangers = crew.waitsFor();
        if (!strangers.isEmpty()) {
            return "other nodes run another version, this one waits for them to go: " + strangers;
        }
        if (System.nanoTime() - rolledAt > TICK_PATIENCE_NANOS) {
            return "nothing is heard of T";
        }
        return isComplete ? null : "not every shard has an owner that answers";
    }

    /** Completes once this node shows every shard, whoever owns it. */
    Future<Void> join() {
        ledger.becomeOneOfMany();
        return carrier.start().compose(done -> {
            home.runOnContext(v -> {
                hear();
                doors.open(shards);
                doors.standInForLead(ASKED_OF_LEADER, TOLD_LEADER);
                crew.join();
            });
            return joined.future();
        });
    }

    /** Gives everything to others. */
    Future<Void> leave() {
        return crew.leave();
    }

    private void hear() {
        campaigns.onChange(() -> carrier.publish(NodeNews.CAMPAIGNS, ""));
        vertx.eventBus().<Tick>consumer(Feeds.TICKS, message -> {
            clock.heard(message.body().t());
            newestSeq = Math.max(newestSeq, message.body().seq());
        });
        vertx.eventBus().<Rolled>consumer(Feeds.ROLLED, message -> onRolled(message.body()));
        vertx.eventBus().<NodeNews.Ledger>consumer(NodeNews.LEDGER, message -> {
            ledgers.put(message.body().node(), message.body().sources());
            ledger.hear(ledgers);
        });
        vertx.eventBus().<NodeNews.Places>consumer(NodeNews.PLACES, message -> {
            message.body().orgs().forEach(places::put);
            message.body().gone().forEach(places::remove);
        });
        rosters.onReached((source, chat, version) ->
                carrier.publish(NodeNews.ROSTERS, new NodeNews.RosterReached(source, chat, version)));
        vertx.eventBus().<NodeNews.RosterReached>consumer(NodeNews.ROSTERS, message -> {
            NodeNews.RosterReached reached = message.body();
            rosters.learn(reached.source(), reached.chat(), reached.version());
        });
        vertx.eventBus().consumer(NodeNews.LOOK, message -> crew.look());
        vertx.eventBus().consumer(NodeNews.CAMPAIGNS, message -> refreshCampaigns());
        vertx.setPeriodic(NEWS_MILLIS, timer -> {
            carrier.publish(NodeNews.LEDGER, new NodeNews.Ledger(store.self().name(), ledger.tell()));
            refreshCampaigns();
        });
    }

    private void refreshCampaigns() {
        vertx.<Void>executeBlocking(() -> {
                    campaigns.refresh();
                    return null;
                })
                .onFailure(cause -> LOG.debug("campaigns were not read again", cause));
    }

    private void onRolled(Rolled rolled) {
        if (rolled.seq() < newestSeq && Tick.lifeOf(rolled.seq()) < Tick.lifeOf(newestSeq)) {
            return;
        }
        rolledAt = System.nanoTime();
        isComplete = rolled.isComplete();
        ledger.reached(rolled.positions());
        long life = Tick.lifeOf(rolled.seq());
        Member leader = crew.view().leader();
        if (life != knownLife && !leads && leader != null) {
            knownLife = life;
            carrier.ask(leader, NodeNews.ASK_PLACES, new NodeNews.AskPlaces())
                    .onSuccess(answer -> places.replaceAll(((NodeNews.Places) answer).orgs()))
                    .onFailure(cause -> knownLife = -1);
        }
        if (isComplete) {
            joined.tryComplete();
        }
    }

    @Override
    public void seen(CrewView view) {
        carrier.seen(view);
        home.runOnContext(v -> {
            if (ledgers.keySet().removeIf(node -> view.find(node) == null)) {
                ledger.hear(ledgers);
            }
        });
    }

    @Override
    public void gave() {
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
        long life = Math.max(Tick.lifeOf(newestSeq) + 1, store.leases().epoch(ShardLeases.WHOLE));
        TickerVerticle ticker = new TickerVerticle(
                clock, windowing, life, () -> store.leases().holds(ShardLeases.WHOLE), TICK_PATIENCE_NANOS);
        Promise<Void> opened = Promise.promise();
        home.runOnContext(v -> {
            leads = true;
            doors.endStandIn();
            announce();
            leaderRooms.open(ticker).compose(done -> leaderRooms.watch()).onComplete(opened);
        });
        return opened.future().onFailure(cause -> shutLead());
    }

    @Override
    public Future<Void> shutLead() {
        Promise<Void> shut = Promise.promise();
        home.runOnContext(v -> {
            leads = false;
            announcing.forEach(MessageConsumer::unregister);
            announcing.clear();
            toldPlaces.clear();
            doors.standInForLead(ASKED_OF_LEADER, TOLD_LEADER);
            leaderRooms.shut().onComplete(shut);
        });
        return shut.future();
    }

    /** What the leader's rooms tell everybody, goes to everybody on other nodes, too. */
    private void announce() {
        for (String address : List.of(Feeds.TICKS, Feeds.ALERTED)) {
            announcing.add(vertx.eventBus().consumer(address, message -> announce(address, message)));
        }
        announcing.add(vertx.eventBus().<Rolled>consumer(Feeds.ROLLED, message -> {
            if (!isRemote(message)) {
                announcePlaces(message.body());
                announce(Feeds.ROLLED, message);
            }
        }));
        announcing.add(vertx.eventBus()
                .<Object>consumer(
                        NodeNews.ASK_PLACES,
                        message -> message.reply(new NodeNews.Places(places.all(), Set.of()), Feeds.options())));
    }

    private void announce(String address, Message<?> message) {
        if (!isRemote(message)) {
            carrier.publish(address, message.body());
        }
    }

    private static boolean isRemote(Message<?> message) {
        return message.headers().contains(Carrier.REMOTE);
    }

    private void announcePlaces(Rolled rolled) {
        Map<String, List<String>> moved = new HashMap<>();
        Set<String> gone = new HashSet<>();
        for (String group : rolled.groups()) {
            List<String> now = places.orgsOf(group);
            if (now.isEmpty()) {
                gone.add(group);
                toldPlaces.remove(group);
            } else if (!now.equals(toldPlaces.put(group, now))) {
                moved.put(group, now);
            }
        }
        if (!moved.isEmpty() || !gone.isEmpty()) {
            carrier.publish(NodeNews.PLACES, new NodeNews.Places(moved, gone));
        }
    }
}
