package io.grouppulse;

import io.grouppulse.access.Access;
import io.grouppulse.access.Right;
import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.bus.LocalCodec;
import io.grouppulse.clock.EventClock;
import io.grouppulse.clock.MonitorClock;
import io.grouppulse.clock.NodeClock;
import io.grouppulse.clock.SystemClock;
import io.grouppulse.config.Settings;
import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.nodes.Doors;
import io.grouppulse.ops.CanaryMeters;
import io.grouppulse.ops.CanaryVerticle;
import io.grouppulse.ops.Health;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.windowing.WindowingMeters;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A running monitor: every room deployed in order, from the store to the doors, and taken down the other way round. */
public final class Monitor {
    private final Foundation on;
    private final InnerRooms rooms;
    private final ErasureSweep erasures;
    private final EventWay events;
    private final HttpDoors doors;
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

    private Monitor(Foundation on, MonitorClock own) {
        this.on = on;
        Store.NodeStore nodes = on.store().nodes();
        WindowingMeters windowing = new WindowingMeters(on.meters().registry());
        LeaderRooms leader = new LeaderRooms(on);
        MonitorClock clock;
        if (nodes == null) {
            clock = own;
            rooms = new AllRoomsHere(
                    on.shards(), new ShardRooms(on, own, windowing, Feeds::shard), leader, own, windowing);
        } else {
            NodeClock shared = new NodeClock(own, () -> nodes.leases().holds(ShardLeases.WHOLE));
            clock = shared;
            rooms = new NodeRooms(
                    on, nodes, new ShardRooms(on, own, windowing, Doors::here), leader, shared, windowing);
        }
        erasures = new ErasureSweep(
                on.vertx(),
                on.shards(),
                on.store().log(),
                on.store().groups(),
                on.store().erasure(),
                on.settings().privacy().eraseAfter().toMillis(),
                () -> rooms.areShared() && rooms.leads());
        events = new EventWay(on, clock, erasures);
        doors = new HttpDoors(on, events);
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
            Access access = Access.open(RoomSettings.ofAccess(settings.auth()), wallClock);
            SourceLedger ledger = new SourceLedger();
            Store store = Store.open(
                    vertx, settings, wallClock, meters, (source, code) -> ledger.rejected(source, code.wireName()));
            ledger.expect(store.outages().heartbeats(), wallClock.getAsLong());
            Foundation on = new Foundation(
                    settings,
                    RoomSettings.ofGroups(settings),
                    vertx,
                    store,
                    meters,
                    ledger,
                    new GroupPlaces(),
                    new Health(),
                    access,
                    wallClock);
            Monitor monitor = new Monitor(on, clock);
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
        tellHealth();
        on.meters().watch(on.store().log(), on.ledger(), doors.collector());
        on.access().follow(on.vertx());
        return doors.listen(rooms, () -> isOpen)
                .compose(done -> deploy(doors.hub()))
                .compose(done -> rooms.open())
                .onSuccess(done -> isOpen = true)
                .compose(done -> opening.play(this))
                .compose(done -> deploy(canary()))
                .compose(done -> rooms.watch())
                .compose(done -> erasures.resume())
                .compose(done -> deployStreams())
                .onSuccess(done -> serving = true);
    }

    private void tellHealth() {
        Health health = on.health();
        Store store = on.store();
        long most = on.settings().ingest().maxPendingBytes();
        health.add("recovery", () -> serving ? null : "recovering or going away");
        health.add("store", store::problem);
        health.add("log", () -> store.log().pendingBytes() > most ? "falling behind" : null);
        if (rooms.areShared()) {
            health.add("nodes", rooms::problem);
        }
    }

    private CanaryVerticle canary() {
        Settings.Http http = on.settings().http();
        return new CanaryVerticle(
                http.host(),
                doors.port(),
                on.access().ownToken("canary", Set.of(Right.INGEST)),
                http.hasTls() ? http.certificate() : null,
                new CanaryMeters(on.meters().registry(), on.wallClock()));
    }

    /** Each node is a reader of its own of the streams that all read. */
    private Future<Void> deployStreams() {
        String node = rooms.areShared() ? String.valueOf(doors.port()) : "";
        return Future.all(events.streams(node).stream().map(this::deploy).toList())
                .mapEmpty();
    }

    private Future<Void> deploy(Deployable verticle) {
        return on.vertx().deployVerticle(verticle).onSuccess(deployments::add).mapEmpty();
    }

    /** The port on which it serves. */
    public int port() {
        return doors.port();
    }

    /** A token with which a demo in this process may register groups and send events; null where none is needed. */
    public @Nullable String demoToken() {
        return on.access().ownToken("demo", Set.of(Right.ADMIN, Right.INGEST));
    }

    /** Ends before it has served: what it has taken among many nodes by then, others need not wait for. */
    Future<Void> giveBack() {
        return rooms.areShared() ? rooms.shut().eventually(on.store()::close) : Future.succeededFuture();
    }

    /** Says not ready, stops taking, closes feeds with 1001, saves, and closes the store. */
    public Future<Void> close() {
        serving = false;
        erasures.close();
        List<String> inReverse = new ArrayList<>(deployments);
        Collections.reverse(inReverse);
        Future<Void> down = doors.close().otherwiseEmpty();
        for (String deployment : inReverse) {
            down = down.compose(done -> on.vertx().undeploy(deployment).otherwiseEmpty());
        }
        Promise<Void> closed = Promise.promise();
        down.compose(done -> rooms.shut())
                .compose(done -> on.store().close())
                .onComplete(stored -> on.vertx().close().onComplete(ended -> {
                    on.meters().close();
                    if (stored.succeeded()) {
                        closed.complete();
                    } else {
                        closed.fail(stored.cause());
                    }
                }));
        return closed.future();
    }
}
