package io.grouppulse.http;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one port for everything, served by a few event loops with the same routes. */
public final class HttpRoom {
    private static final int LOOPS = 2;

    /** Vert.x gives all servers that ask for the same negative port one free port together. */
    private static final int ANY_SHARED_PORT = -1;

    private static final int IDLE_SECONDS = 120;
    private static final ConnectionWatch.Limits PATIENCE =
            new ConnectionWatch.Limits(TimeUnit.SECONDS.toMillis(IDLE_SECONDS), TimeUnit.MINUTES.toMillis(10));
    private static final int DRAIN_SECONDS = 3;
    private static final Set<String> TLS = Set.of("TLSv1.2", "TLSv1.3");
    private static final int MAX_HEADER = 16 * 1024;

    private final String host;
    private final int requestedPort;
    private final AtomicInteger port = new AtomicInteger();
    private final HttpServerOptions options;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    /**
     * @param port 0 for any free one
     * @param maxFrame most bytes in a WebSocket frame of a client
     * @param tls certificate and key; null to speak in the clear
     */
    public HttpRoom(String host, int port, int maxFrame, @Nullable PemKeyCertOptions tls) {
        this.host = host;
        this.requestedPort = port == 0 ? ANY_SHARED_PORT : port;
        this.options = new HttpServerOptions()
                .setMaxWebSocketFrameSize(maxFrame)
                .setMaxWebSocketMessageSize(maxFrame)
                .setWebSocketSubProtocols(List.of("grouppulse.v1"))
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxHeaderSize(MAX_HEADER)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                // A connection that may still become HTTP/2 is none until its first request is whole: nobody would see
                // it dribble.
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
        if (tls != null) {
            options.setSsl(true).setKeyCertOptions(tls).setEnabledSecureTransportProtocols(TLS);
        }
    }

    /**
     * Starts to serve; the routes are mounted once for each event loop.
     *
     * @param upgrades takes requests for a WebSocket as they come in, a router would hand on a wrapped socket; false for
     *     any other request
     */
    public Future<Void> listen(Vertx on, Consumer<Router> routes, Predicate<HttpServerRequest> upgrades) {
        Supplier<Deployable> server = () -> server(routes, upgrades);
        return on.deployVerticle(server, new DeploymentOptions().setInstances(1))
                .compose(first -> on.deployVerticle(server, new DeploymentOptions().setInstances(LOOPS - 1)))
                .mapEmpty();
    }

    private Deployable server(Consumer<Router> routes, Predicate<HttpServerRequest> upgrades) {
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                Router router = Router.router(vertx);
                ProblemHandlers.install(router);
                routes.accept(router);
                ConnectionWatch watch = new ConnectionWatch(vertx, PATIENCE);
                HttpServer server = vertx.createHttpServer(options)
                        .connectionHandler(watch::opened)
                        .requestHandler(request -> {
                            SecurityHeaders.put(request.response());
                            watch.began(request);
                            if (!HostRule.isKept(request)) {
                                return;
                            }
                            if (upgrades.test(request)) {
                                watch.upgraded(request);
                            } else {
                                router.handle(request);
                            }
                        });
                servers.add(server);
                return server.listen(requestedPort, host).onSuccess(bound -> port.set(bound.actualPort()));
            }
        };
    }

    public int port() {
        return port.get();
    }

    /** Takes no more connections and no more requests; those under way may end. */
    public Future<Void> close() {
        return Future.join(servers.stream()
                        .map(server -> server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS))
                        .toList())
                .mapEmpty();
    }
}
