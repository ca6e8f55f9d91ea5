package io.grouppulse;

import io.grouppulse.access.Gate;
import io.grouppulse.access.RateLimit;
import io.grouppulse.access.Visibility;
import io.grouppulse.config.Settings;
import io.grouppulse.domain.time.WindowSpec;
import io.grouppulse.http.HttpRoom;
import io.grouppulse.http.Reads;
import io.grouppulse.publish.LiveReports;
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
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/** The one port: producers, questions, feeds, metrics and screens come in here. */
final class HttpDoors {
    private final Foundation on;
    private final Reports reports;
    private final Visibility visibility;
    private final EventWay events;
    private final CallbackDoors callbacks;
    private final MeasureCollector collector;
    private final FeedHub hub;
    private final FeedRoutes feed;
    private final HttpRoom http;

    HttpDoors(Foundation on, EventWay events) {
        Settings settings = on.settings();
        this.on = on;
        this.reports = on.reports();
        this.visibility = new Visibility(on.places()::orgsOf, reports::groundOf);
        this.events = events;
        this.callbacks = new CallbackDoors(
                settings.sources(), on.store().rosterVersions(), on.meters().registry());
        this.collector = new MeasureCollector(
                on.groups().windows(),
                on.ledger(),
                on.wallClock(),
                settings.metrics().groups(),
                settings.metrics().orgs());
        FeedSettings feedSettings = RoomSettings.ofFeed(settings.feed());
        FeedMeters feedMeters = new FeedMeters(on.meters().registry());
        this.hub = new FeedHub(feedSettings, feedStates(), feedMeters, on.wallClock());
        this.feed = new FeedRoutes(hub, feedSettings, feedMeters, on.access(), visibility, on.wallClock());
        this.http = new HttpRoom(
                settings.http().host(),
                settings.http().port(),
                settings.feed().maxFrameBytes(),
                RoomSettings.ofTls(settings.http()));
    }

    private FeedStates feedStates() {
        LiveReports live = new LiveReports(
                reports.shards(),
                reports.calendar(),
                on.groups().activityDays(),
                on.settings().rewards(),
                reports::planOf);
        return new FeedStates(
                on.vertx(),
                reports.readings(),
                on.ledger(),
                on.wallClock(),
                reports.shards(),
                reports.boards(),
                reports.campaigns(),
                live,
                on.store().campaigns()::idsOf,
                visibility);
    }

    /** What {@code /metrics} shows besides the meters of this process. */
    MeasureCollector collector() {
        return collector;
    }

    FeedHub hub() {
        return hub;
    }

    int port() {
        return http.port();
    }

    /**
     * Binds the port.
     *
     * @param isOpen until it holds, only health and metrics are answered
     */
    Future<Void> listen(InnerRooms rooms, BooleanSupplier isOpen) {
        return http.listen(
                on.vertx(),
                router -> mount(router, rooms, isOpen),
                request -> isOpen.getAsBoolean() && feed.upgrade(request));
    }

    /** Takes nothing more, and tells the feeds so; completes when what was under way is answered. */
    Future<Void> close() {
        hub.goAway();
        return http.close();
    }

    private void mount(Router router, InnerRooms rooms, BooleanSupplier isOpen) {
        router.route().handler(new NotYet(isOpen));
        new Gate(on.access(), visibility, new RateLimit(on.settings().auth().rate(), System::nanoTime)).mount(router);
        ScreenRoutes screen = new ScreenRoutes();
        screen.mount(router);
        router.post("/api/v1/events").handler(on.meters().ingestTimer());
        if (rooms.areShared()) {
            Reads.at(router, "/api/v1/rejects").handler(this::refreshRejects);
        }
        events.routes(visibility).mount(router);
        callbacks.routes(events.callbacks()).mount(router);
        new QueryRoutes(questions()).mount(router);
        new HealthRoutes(on.health()).mount(router);
        feed.mount(router);
        new MetricsRoutes(on.vertx(), on.meters().registry(), collector, () -> isOpen.getAsBoolean() && rooms.leads())
                .mount(router);
        screen.mountFiles(router);
    }

    private QueryContext questions() {
        return new QueryContext(
                on.vertx(),
                reports.readings(),
                on.groups().windows().stream().map(WindowSpec::name).toList(),
                on.ledger(),
                on.wallClock(),
                reports.shards(),
                reports.boards(),
                reports.calendar(),
                reports.campaigns(),
                on.store().campaigns()::idsOf,
                visibility,
                reports::planOf,
                on.groups().historyRetention(),
                on.groups().zone(),
                on.groups().activityDays(),
                on.settings().rewards());
    }

    /** Other nodes may have refused something since. */
    private void refreshRejects(RoutingContext ctx) {
        on.vertx()
                .<Void>executeBlocking(() -> {
                    on.store().rejects().refresh();
                    return null;
                })
                .onSuccess(done -> ctx.next())
                .onFailure(ctx::fail);
    }
}
