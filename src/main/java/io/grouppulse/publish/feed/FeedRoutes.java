package io.grouppulse.publish.feed;

import io.grouppulse.access.Access;
import io.grouppulse.access.Principal;
import io.grouppulse.access.Visibility;
import io.grouppulse.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The doors of the feed: {@code /feed} by WebSocket, {@code /api/v1/feed} by Server-Sent Events. */
public final class FeedRoutes {
    private static final String PATH = "/feed";
    private static final String TOKEN_PROTOCOL = "bearer.";

    private final FeedHub hub;
    private final FeedSettings settings;
    private final FeedMeters meters;
    private final Access access;
    private final Visibility visibility;
    private final LongSupplier wallClock;

    public FeedRoutes(
            FeedHub hub,
            FeedSettings settings,
            FeedMeters meters,
            Access access,
            Visibility visibility,
            LongSupplier wallClock) {
        this.hub = hub;
        this.settings = settings;
        this.meters = meters;
        this.access = access;
        this.visibility = visibility;
        this.wallClock = wallClock;
    }

    public void mount(Router router) {
        router.get(PATH).handler(this::onPlainRequest);
        router.get("/api/v1/feed").handler(this::onEventStream);
    }

    private void onPlainRequest(RoutingContext ctx) {
        Problem.of(400, "bad_request", "This path speaks WebSocket; for Server-Sent Events use /api/v1/feed.")
                .write(ctx);
    }

    /** Takes a request for a WebSocket to the feed; false for any other request. */
    public boolean upgrade(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)
                || !"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                || !PATH.equals(request.path())) {
            return false;
        }
        if (!access.allowsOrigin(request.getHeader(HttpHeaders.ORIGIN), request.getHeader(HttpHeaders.HOST))) {
            Problem.of(403, "forbidden", "Pages of another origin may not read the feed.")
                    .write(request.response());
        } else {
            String token = tokenOf(request);
            request.toWebSocket()
                    .onSuccess(socket -> serve(socket, token))
                    .onFailure(cause -> Problem.of(400, "bad_request", "The WebSocket handshake is not complete.")
                            .write(request.response()));
        }
        return true;
    }

    /** A token in the header, or after {@code bearer.} among the subprotocols: browsers can set no header here. */
    private static @Nullable String tokenOf(HttpServerRequest request) {
        String bearer = Access.bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (bearer != null) {
            return bearer;
        }
        for (String protocols : request.headers().getAll("Sec-WebSocket-Protocol")) {
            for (String protocol : protocols.split(",", -1)) {
                if (protocol.strip().startsWith(TOKEN_PROTOCOL)) {
                    return protocol.strip().substring(TOKEN_PROTOCOL.length());
                }
            }
        }
        return null;
    }

    private void serve(ServerWebSocket socket, @Nullable String token) {
        if (!meters.tryConnect(settings.connections())) {
            socket.close((short) 1013, "too many connections: try again later");
            return;
        }
        WebSocketConnection connection = new WebSocketConnection(socket);
        connection.guard(new FrameGuard(settings.rate(), System::nanoTime, () -> {
            meters.refused();
            connection.close(1008, "more than " + settings.rate() + " frames a second");
        }));
        FeedSession session = session(connection);
        FeedProtocol protocol = new FeedProtocol(hub, connection, settings.unread(), session, visibility);
        hub.run(() -> hub.connect(connection));
        socket.textMessageHandler(protocol::onText);
        socket.binaryMessageHandler(binary -> protocol.onBinary());
        socket.exceptionHandler(cause -> socket.close((short) 1009, "frame too big or broken"));
        socket.closeHandler(closed -> {
            session.close();
            meters.disconnected();
            hub.run(() -> hub.disconnect(connection));
        });
        session.begin(token);
    }

    private FeedSession session(FeedConnection connection) {
        return new FeedSession(access, connection, Vertx.currentContext(), wallClock);
    }

    private void onEventStream(RoutingContext ctx) {
        List<Topic> topics = new ArrayList<>();
        for (String text : ctx.queryParams().getAll("topic")) {
            Topic topic = Topic.parse(text);
            if (topic == null) {
                Problem.of(400, "bad_field", "Topics are " + Topic.FORMS + ".")
                        .at("topic")
                        .write(ctx);
                return;
            }
            topics.add(topic.seenBy(Principal.of(ctx).view()));
        }
        Integer every = everyOf(ctx.queryParams().get("every"));
        if (topics.isEmpty() || topics.size() > settings.topics()) {
            Problem.of(400, "missing_field", "Give 1 to " + settings.topics() + " topic parameters.")
                    .at("topic")
                    .write(ctx);
        } else if (every == null) {
            Problem.of(400, "bad_field", "every is one of 50, 250, 1000, 5000.")
                    .at("every")
                    .write(ctx);
        } else if (!topics.stream().allMatch(topic -> topic.isVisible(visibility))) {
            Problem.of(403, "forbidden", "Not all of that is in the part of the organisation of this credential.")
                    .at("topic")
                    .write(ctx);
        } else if (!meters.tryConnect(settings.connections())) {
            Problem.of(503, "too_many_connections", "The feed serves as many clients as it may.")
                    .retryAfter(5)
                    .write(ctx);
        } else {
            serve(ctx, topics, every);
        }
    }

    private static @Nullable Integer everyOf(@Nullable String text) {
        if (text == null) {
            return 1_000;
        }
        try {
            int every = Integer.parseInt(text);
            return FeedHub.isPeriod(every) ? every : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void serve(RoutingContext ctx, List<Topic> topics, int every) {
        ctx.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ctx.response().writeHead();
        FeedConnection connection = new EventStreamConnection(ctx.request());
        FeedStream.Since since = topics.size() == 1 ? sinceOf(ctx.request().getHeader("Last-Event-ID")) : null;
        hub.run(() -> {
            hub.connect(connection);
            topics.forEach(topic -> hub.subscribe(connection, topic, every, since));
        });
        FeedSession session = session(connection);
        session.begin(Access.bearer(ctx.request().getHeader(HttpHeaders.AUTHORIZATION)));
        ctx.response().closeHandler(closed -> {
            session.close();
            meters.disconnected();
            hub.run(() -> hub.disconnect(connection));
        });
        ctx.response().exceptionHandler(cause -> {});
    }

    private static FeedStream.@Nullable Since sinceOf(@Nullable String id) {
        int slash = id == null ? -1 : id.lastIndexOf('/');
        if (id == null || slash < 0) {
            return null;
        }
        try {
            return new FeedStream.Since(id.substring(0, slash), Long.parseLong(id.substring(slash + 1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
