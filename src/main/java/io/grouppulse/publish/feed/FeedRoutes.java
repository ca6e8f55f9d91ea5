package io.grouppulse.publish.feed;

import io.grouppulse.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The doors of the feed: {@code /feed} by WebSocket, {@code /api/v1/feed} by Server-Sent Events. */
public final class FeedRoutes {
    private static final String PATH = "/feed";

    private final FeedHub hub;
    private final FeedSettings settings;
    private final FeedMeters meters;

    public FeedRoutes(FeedHub hub, FeedSettings settings, FeedMeters meters) {
        this.hub = hub;
        this.settings = settings;
        this.meters = meters;
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
        if (!isSameOrigin(request)) {
            Problem.of(403, "forbidden", "Pages of another origin may not read the feed.")
                    .write(request.response());
        } else {
            request.toWebSocket()
                    .onSuccess(this::serve)
                    .onFailure(cause -> Problem.of(400, "bad_request", "The WebSocket handshake is not complete.")
                            .write(request.response()));
        }
        return true;
    }

    /** A browser says which page asks; a program says nothing and is no page. */
    private static boolean isSameOrigin(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        String host = request.getHeader(HttpHeaders.HOST);
        try {
            return URI.create(origin).getAuthority() != null
                    && URI.create(origin).getAuthority().equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void serve(ServerWebSocket socket) {
        if (!meters.tryConnect(settings.connections())) {
            socket.close((short) 1013, "too many connections: try again later");
            return;
        }
        FeedConnection connection = new WebSocketConnection(socket);
        FeedProtocol protocol = new FeedProtocol(hub, connection, settings.unread());
        hub.run(() -> hub.connect(connection));
        socket.textMessageHandler(protocol::onText);
        socket.binaryMessageHandler(binary -> protocol.onBinary());
        socket.exceptionHandler(cause -> socket.close((short) 1009, "frame too big or broken"));
        socket.closeHandler(closed -> {
            meters.disconnected();
            hub.run(() -> hub.disconnect(connection));
        });
    }

    private void onEventStream(RoutingContext ctx) {
        List<Topic> topics = new ArrayList<>();
        for (String text : ctx.queryParams().getAll("topic")) {
            Topic topic = Topic.parse(text);
            if (topic == null) {
                Problem.of(
                                400,
                                "bad_field",
                                "Topics are org:{path}, group:{id}, orders:{org}, rain:{scope}, campaign:{id}, sources.")
                        .at("topic")
                        .write(ctx);
                return;
            }
            topics.add(topic);
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
        FeedConnection connection = new EventStreamConnection(ctx.response());
        FeedStream.Since since = topics.size() == 1 ? sinceOf(ctx.request().getHeader("Last-Event-ID")) : null;
        hub.run(() -> {
            hub.connect(connection);
            topics.forEach(topic -> hub.subscribe(connection, topic, every, since));
        });
        ctx.response().closeHandler(closed -> {
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
