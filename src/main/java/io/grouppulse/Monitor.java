package io.grouppulse;

import io.grouppulse.access.Access;
import io.grouppulse.access.Gate;
import io.grouppulse.access.RateLimit;
import io.grouppulse.access.Right;
import io.grouppulse.access.Visibility;
import io.grouppulse.alert.AlertMeters;
import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.bus.LocalCodec;
import io.grouppulse.bus.Messages.AskApplied;
import io.grouppulse.bus.Messages.AskBarrier;
import io.grouppulse.clock.EventClock;
import io.grouppulse.clock.MonitorClock;
import io.grouppulse.clock.NodeClock;
import io.grouppulse.clock.SystemClock;
import io.grouppulse.config.Settings;
import io.grouppulse.domain.org.silence.SilenceWatch;
import io.grouppulse.domain.org.silence.SourcesSeen;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.silence.SilenceSettings;
import io.grouppulse.domain.time.WindowSpec;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.http.HttpRoom;
import io.grouppulse.http.Reads;
import io.grouppulse.ingest.Campaign;
import io.grouppulse.ingest.HidingIntake;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.LogIntake;
import io.grouppulse.ingest.Pseudonyms;
import io.grouppulse.ingest.callback.CallbackIntake;
import io.grouppulse.ingest.decode.EventScreen;
import io.grouppulse.ingest.decode.TimeRule;
import io.grouppulse.ingest.http.IngestRoutes;
import io.grouppulse.ingest.http.IngestSettings;
import io.grouppulse.nodes.Doors;
import io.grouppulse.ops.CanaryMeters;
import io.grouppulse.ops.CanaryVerticle;
import io.grouppulse.ops.Health;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.BoardReport;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.CampaignReport;
import io.grouppulse.publish.LiveReports;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Shards;
import io.grouppulse.publish.feed.FeedHub;
import io.grouppulse.publish.feed.FeedMeters;
import io.grouppulse.publish.feed.FeedRoutes;
import io.grouppulse.publish.feed.FeedSettings;
import io.grouppulse.publish.feed.FeedStates;
import io.grouppulse.publish.metrics.MeasureCollector;
import io.grouppulse.publish.metrics.MetricsRoutes;
import io.grouppulse.publish.query.HealthRoutes;
import io.grouppulse.publish.query.QueryContext;
import io.grouppulse.publish.query.QueryRoutes;
import io.grouppulse.publish.screen.ScreenRoutes;
import io.grouppulse.windowing.TickerVerticle;
import io.grouppulse.windowing.WindowingMeters;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A running monitor: every room deployed in order, from the store to the doors, and taken down the other way round. */
public final class Monitor {
    private static final long MOST_BACKLOG = 200_000;

    private final Settings settings;
    private final Vertx vertx;
    private final Store store;
    private final OwnMeters meters;
    private final LongSupplier wallClock;
    private final MonitorClock clock;
    private final SourceLedger ledger;
    private final Health health = new Health();
    private final GroupSettings groupSettings;
    private final GroupPlaces places = new GroupPlaces();
    private final Access access;
    private final Visibility visibility;
    private final FeedMeters feedMeters;
    private final FeedHub hub;
    private final FeedRoutes feedRoutes;
    private final HttpRoom http;
    private final CallbackDoors callbacks;
    private final MeasureCollector collector;
    private final ErasureSweep erasures;
    private final ShardRooms shardRooms;
    private final LeaderRooms leaderRooms;
    private final WindowingMeters windowing;
    private final @Nullable NodeRooms nodeRooms;
    private final List<String> deployments = new ArrayList<>();
    private volatile boolean isOpen;
    private volatile boolean serving;

    /** What happens in a monitor that is open, before it says that it is ready. */
    interface Opening {
        Opening NONE = monitor -> Future.succeededFuture();

        Future<Void> play(Monitor monitor);

        /** It begins to take what is to be its own; may be told to {@link Monitor#giveBack} from now on. */
        default void begins(Monitor monitor) {}
    }

    private Monitor(
            Settings settings,
            Vertx vertx,
            Store store,
            OwnMeters meters,
            SourceLedger ledger,
            LongSupplier wallClock,
            MonitorClock clock,
            Access access) {
        this.access = access;
        this.visibility = new Visibility(places::orgsOf, this::groundOf);
        this.ledger = ledger;
        this.settings = settings;
        this.vertx = vertx;
        this.store = store;
        this.meters = meters;
        this.wallClock = wallClock;
        Store.NodeStore nodes = store.nodes();
        NodeClock nodeClock =
                nodes == null ? null : new NodeClock(clock, () -> nodes.leases().holds(ShardLeases.WHOLE));
        this.clock = nodeClock == null ? clock : nodeClock;
        this.groupSettings = new GroupSettings(
                settings.time().zone(),
                settings.time().windows(),
                settings.time().lateness().toMillis(),
                settings.memory().dedupTtl().toMillis(),
                settings.memory().conversionWindow().toMillis(),
                settings.memory().attributionClick().toMillis(),
                settings.memory().attributionView().toMillis(),
                settings.memory().historyRetention().toMillis(),
                settings.memory().ordersRetention().toMillis(),
                (int) settings.memory().activityRetention().toDays());
        this.feedMeters = new FeedMeters(meters.registry());
        this.hub = new FeedHub(
                feedSettings(),
                new FeedStates(
                        vertx,
                        readingJson(),
                        ledger,
                        wallClock,
                        shards(),
                        boards(),
                        campaigns(),
                        new LiveReports(
                                shards(), calendar(), groupSettings.activityDays(), settings.rewards(), this::planOf),
                        store.campaigns()::idsOf,
                        visibility),
                feedMeters,
                wallClock);
        this.feedRoutes = new FeedRoutes(hub, feedSettings(), feedMeters, access, visibility, wallClock);
        this.collector = new MeasureCollector(
                groupSettings.windows(),
                ledger,
                wallClock,
                settings.metrics().groups(),
                settings.metrics().orgs());
        this.erasures = new ErasureSweep(
                vertx,
                settings.storage().shards(),
                store.log(),
                store.groups(),
                store.erasure(),
                settings.privacy().eraseAfter().toMillis(),
                this::leads);
        this.callbacks = new CallbackDoors(settings.sources(), store.rosterVersions(), meters.registry());
        this.http = new HttpRoom(
                settings.http().host(), settings.http().port(), settings.feed().maxFrameBytes(), tls(settings.http()));
        this.windowing = new WindowingMeters(meters.registry());
        this.shardRooms = new ShardRooms(
                vertx,
                settings,
                groupSettings,
                store,
                clock,
                ledger,
                windowing,
                health,
                nodes == null ? Feeds::shard : Doors::here);
        this.leaderRooms = new LeaderRooms(
                vertx,
                settings,
                groupSettings.windows().size(),
                store,
                ledger,
                places,
                this::silence,
                campaigns(),
                new AlertMeters(meters.registry(), settings.metrics().orgs()),
                wallClock);
        this.nodeRooms = nodes == null || nodeClock == null
                ? null
                : new NodeRooms(
                        vertx,
                        nodes,
                        settings.storage().shards(),
                        shardRooms,
                        leaderRooms,
                        nodeClock,
                        windowing,
                        ledger,
                        places,
                        store.campaigns(),
                        store.rosterVersions(),
                        meters.registry());
    }

    /**
     * Opens the store, recovers, and serves. Blocks while the store is read; not to be called on an event loop.
     *
     * @throws IllegalStateException if the store cannot be used; the message says why
     * @throws io.grouppulse.eventlog.LogDamagedException if what it holds is damaged
     */
    public static Future<Monitor> start(Settings settings) {
        return start(settings, clockOf(settings), Opening.NONE);
    }

    /** The clock that the settings ask for. */
    static MonitorClock clockOf(Settings settings) {
        return settings.time().clock() == Settings.ClockMode.EVENT
                ? new EventClock()
                : new SystemClock(System::currentTimeMillis);
    }

    /** The same with another T, and with something that happens first. */
    static Future<Monitor> start(Settings settings, MonitorClock clock, Opening opening) {
        LongSupplier wallClock = System::currentTimeMillis;
        OwnMeters meters = new OwnMeters();
        Vertx vertx = meters.instrumentedVertx();
        Promise<Monitor> started = Promise.promise();
        try {
            vertx.eventBus().registerCodec(new LocalCodec());
            Access access = Access.open(accessTerms(settings.auth()), wallClock);
            SourceLedger ledger = new SourceLedger();
            Store store = Store.open(
                    vertx, settings, wallClock, meters, (source, code) -> ledger.rejected(source, code.wireName()));
            ledger.expect(store.outages().heartbeats(), wallClock.getAsLong());
            Monitor monitor = new Monitor(settings, vertx, store, meters, ledger, wallClock, clock, access);
            opening.begins(monitor);
            monitor.open(opening)
                    .onSuccess(done -> started.complete(monitor))
                    .onFailure(cause -> monitor.close().onComplete(closed -> started.fail(cause)));
        } catch (RuntimeException e) {
            vertx.close().onComplete(closed -> started.fail(e));
        }
        return started.future();
    }

    private Future<Void> open(Opening opening) {
        health.add("recovery", () -> serving ? null : "recovering or going away");
        health.add("store", store::problem);
        health.add(
                "log",
                () -> store.log().pendingBytes() > settings.ingest().maxPendingBytes() ? "falling behind" : null);
        if (nodeRooms != null) {
            health.add("nodes", nodeRooms::problem);
        }
        meters.watch(store.log(), ledger, collector);
        access.follow(vertx);
        return http.listen(vertx, this::routes, request -> isOpen && feedRoutes.upgrade(request))
                .compose(done -> deploy(hub))
                .compose(done -> openRooms())
                .onSuccess(done -> isOpen = true)
                .compose(done -> opening.play(this))
                .compose(done -> deploy(new CanaryVerticle(
                        settings.http().host(),
                        http.port(),
                        access.ownToken("canary", Set.of(Right.INGEST)),
                        settings.http().hasTls() ? settings.http().certificate() : null,
                        new CanaryMeters(meters.registry(), wallClock))))
                .compose(done -> nodeRooms == null ? leaderRooms.watch() : Future.succeededFuture())
                .compose(done -> erasures.resume())
                .compose(done -> deployStreams())
                .onSuccess(done -> serving = true);
    }

    private SilenceWatch silence() {
        return new SilenceWatch(
                new SilenceSettings(groupSettings.zone(), groupSettings.settling(), settings.silenceBudget()),
                () -> sourcesSeen(wallClock.getAsLong()),
                settings.time().clock() == Settings.ClockMode.SYSTEM);
    }

    private SourcesSeen sourcesSeen(long now) {
        return new SourcesSeen(ledger.up(now), ledger.down(now), ledger.heartbeats());
    }

    private boolean leads() {
        return nodeRooms != null && nodeRooms.leads();
    }

    /** All of them here, or those that are this node's. */
    private Future<Void> openRooms() {
        if (nodeRooms != null) {
            return nodeRooms.join();
        }
        List<Future<Void>> shards = new ArrayList<>();
        for (int shard = 0; shard < settings.storage().shards(); shard++) {
            shards.add(shardRooms.open(shard));
        }
        return Future.all(shards).compose(done -> leaderRooms.open(new TickerVerticle(clock, windowing)));
    }

    private Future<Void> shutRooms() {
        return nodeRooms != null ? nodeRooms.leave() : leaderRooms.shut().eventually(shardRooms::shutAll);
    }

    private Future<Void> deployStreams() {
        Intake intake = intake(new ShardMap(settings.storage().shards()));
        EventScreen screen =
                new EventScreen(intake, store.rejects(), ingestSettings().timeRule(), wallClock);
        List<Future<Void>> streams = new ArrayList<>();
        RedisSources.verticles(
                        settings.sources().redis(),
                        nodeRooms == null ? "" : String.valueOf(http.port()),
                        intake,
                        screen,
                        ledger,
                        wallClock,
                        meters.registry())
                .forEach(verticle -> streams.add(deploy(verticle)));
        return Future.all(streams).mapEmpty();
    }

    private Future<Void> deploy(Deployable verticle) {
        return vertx.deployVerticle(verticle).onSuccess(deployments::add).mapEmpty();
    }

    /** The port on which it serves. */
    public int port() {
        return http.port();
    }

    /** A token with which a demo in this process may register groups and send events; null where none is needed. */
    public @Nullable String demoToken() {
        return access.ownToken("demo", Set.of(Right.ADMIN, Right.INGEST));
    }

    /** Ends before it has served: what it has taken among many nodes by then, others need not wait for. */
    Future<Void> giveBack() {
        return nodeRooms == null ? Future.succeededFuture() : nodeRooms.leave().eventually(store::close);
    }

    /** Says not ready, stops taking, closes feeds with 1001, saves, and closes the store. */
    public Future<Void> close() {
        serving = false;
        erasures.close();
        List<String> inReverse = new ArrayList<>(deployments);
        Collections.reverse(inReverse);
        hub.goAway();
        Future<Void> down = http.close().otherwiseEmpty();
        for (String deployment : inReverse) {
            down = down.compose(done -> vertx.undeploy(deployment).otherwiseEmpty());
        }
        Promise<Void> closed = Promise.promise();
        down.compose(done -> shutRooms())
                .compose(done -> store.close())
                .onComplete(stored -> vertx.close().onComplete(ended -> {
                    meters.close();
                    if (stored.succeeded()) {
                        closed.complete();
                    } else {
                        closed.fail(stored.cause());
                    }
                }));
        return closed.future();
    }

    private void routes(Router router) {
        ShardMap shardMap = new ShardMap(settings.storage().shards());
        router.route().handler(new NotYet(() -> isOpen));
        new Gate(access, visibility, new RateLimit(settings.auth().rate(), System::nanoTime)).mount(router);
        ScreenRoutes screen = new ScreenRoutes();
        screen.mount(router);
        router.post("/api/v1/events").handler(meters.ingestTimer());
        Intake intake = intake(shardMap);
        Reads.at(router, "/api/v1/rejects").handler(this::refreshRejects);
        new IngestRoutes(ingestSettings(), intake, store.rejects(), store.campaigns(), wallClock, visibility)
                .mount(router);
        callbacks
                .routes(new CallbackIntake(
                        intake, store.rejects(), ingestSettings().timeRule(), wallClock))
                .mount(router);
        new QueryRoutes(new QueryContext(
                        vertx,
                        readingJson(),
                        groupSettings.windows().stream().map(WindowSpec::name).toList(),
                        ledger,
                        wallClock,
                        shards(),
                        boards(),
                        calendar(),
                        campaigns(),
                        store.campaigns()::idsOf,
                        visibility,
                        this::planOf,
                        groupSettings.historyRetention(),
                        groupSettings.zone(),
                        groupSettings.activityDays(),
                        settings.rewards()))
                .mount(router);
        new HealthRoutes(health).mount(router);
        feedRoutes.mount(router);
        new MetricsRoutes(vertx, meters.registry(), collector, () -> isOpen && (nodeRooms == null || nodeRooms.leads()))
                .mount(router);
        screen.mountFiles(router);
    }

    /** Other nodes may have refused something since. */
    private void refreshRejects(RoutingContext ctx) {
        if (nodeRooms == null) {
            ctx.next();
            return;
        }
        vertx.<Void>executeBlocking(() -> {
                    store.rejects().refresh();
                    return null;
                })
                .onSuccess(done -> ctx.next())
                .onFailure(ctx::fail);
    }

    private Intake intake(ShardMap shardMap) {
        LogIntake intake = new LogIntake(
                store.log(),
                shardMap,
                clock,
                wallClock,
                ledger,
                this::awaitApplied,
                new LogIntake.Limits(settings.ingest().maxPendingBytes(), MOST_BACKLOG));
        Pseudonyms pseudonyms = Store.pseudonyms(settings);
        return erasures.after(pseudonyms == null ? intake : new HidingIntake(intake, pseudonyms));
    }

    /** Asks each shard what its entry was, then waits until a tick that began later has been rolled up. */
    private Future<Integer> awaitApplied(List<LogEntry> entries) {
        List<Future<Integer>> duplicates = new ArrayList<>();
        for (LogEntry entry : entries) {
            duplicates.add(vertx.eventBus()
                    .<Integer>request(Feeds.shard(entry.shard()), new AskApplied(entry.position()), Feeds.options())
                    .map(Message::body));
        }
        return Future.all(duplicates)
                .compose(known -> vertx.eventBus().request(Feeds.BARRIER, new AskBarrier(clock.now()), Feeds.options()))
                .map(barrier -> duplicates.stream().mapToInt(Future::result).sum());
    }

    private IngestSettings ingestSettings() {
        IngestSettings defaults = IngestSettings.defaults(new TimeRule(
                () -> clock.isReplay() ? TimeRule.Mode.EVENT : TimeRule.Mode.SYSTEM, groupSettings.historyRetention()));
        return new IngestSettings(
                settings.ingest().maxBodyBytes(),
                settings.ingest().maxPendingBytes(),
                defaults.batchEvents(),
                defaults.batchBytes(),
                defaults.timeRule());
    }

    private Shards shards() {
        int count = settings.storage().shards();
        return new Shards(vertx, count, new ShardMap(count)::shardOf);
    }

    private BoardReport boards() {
        return new BoardReport(vertx, shards(), groupSettings.windows(), groupSettings.zone());
    }

    private Calendar calendar() {
        return new Calendar(groupSettings.zone(), groupSettings.orderRetention());
    }

    private CampaignReport campaigns() {
        return new CampaignReport(shards(), calendar(), this::planOf);
    }

    private @Nullable CampaignPlan planOf(String id) {
        Campaign campaign = store.campaigns().find(id);
        return campaign == null
                ? null
                : new CampaignPlan(
                        campaign.id(),
                        campaign.name(),
                        campaign.org() == null ? "" : campaign.org(),
                        Set.copyOf(campaign.groups()),
                        campaign.from(),
                        campaign.to(),
                        campaign.targetGmv(),
                        campaign.targetOrders(),
                        campaign.compareTo());
    }

    private Visibility.@Nullable Ground groundOf(String campaign) {
        CampaignPlan plan = planOf(campaign);
        return plan == null ? null : new Visibility.Ground(plan.org(), plan.groups());
    }

    private static Access.Terms accessTerms(Settings.Auth auth) {
        return new Access.Terms(
                auth.tokens(), auth.secret(), auth.jwks(), auth.issuer(), auth.audience(), auth.origins());
    }

    private static @Nullable PemKeyCertOptions tls(Settings.Http http) {
        return http.hasTls()
                ? new PemKeyCertOptions().addCertPath(http.certificate()).addKeyPath(http.key())
                : null;
    }

    private ReadingJson readingJson() {
        return new ReadingJson(groupSettings.windows(), groupSettings.zone());
    }

    private FeedSettings feedSettings() {
        Settings.Feed feed = settings.feed();
        return new FeedSettings(
                feed.maxConnections(),
                feed.maxTopics(),
                feed.maxRate(),
                feed.maxFrameBytes(),
                feed.maxUnreadBytes(),
                feed.stallTimeout().toMillis());
    }
}
