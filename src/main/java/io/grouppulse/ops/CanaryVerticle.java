package io.grouppulse.ops;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the monitor a heartbeat through its own door, at once and every 30 s, each over a connection of its own.
 *
 * <p>It touches no group, no log and no T: it tells that the door opens, reads and answers.
 */
public final class CanaryVerticle extends VerticleBase {
    /** The source that {@link SourceLedger} leaves out. */
    static final String SOURCE = "canary";

    private static final Logger LOG = LoggerFactory.getLogger(CanaryVerticle.class);
    private static final long PERIOD = 30_000;
    private static final int LIMIT = 10_000;

    private final RequestOptions door;
    private final HttpClientOptions options;
    private final CanaryMeters meters;
    private @Nullable HttpClient client;
    private long timer;

    /**
     * @param host what the monitor listens on; the loopback address stands in for all addresses
     * @param token the credential to come with; null where none is needed
     * @param certificate the file of the certificate that the monitor shows; null where it speaks no TLS
     */
    public CanaryVerticle(
            String host, int port, @Nullable String token, @Nullable String certificate, CanaryMeters meters) {
        this.meters = meters;
        this.door = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, reachable(host)))
                .setHost("localhost")
                .setPort(port)
                .setURI("/api/v1/events")
                .putHeader("content-type", "application/json")
                .setTimeout(LIMIT);
        if (token != null) {
            door.putHeader("authorization", "Bearer " + token);
        }
        this.options = new HttpClientOptions().setKeepAlive(false).setConnectTimeout(LIMIT);
        if (certificate != null) {
            // it knows the certificate by itself, and comes by an address that the certificate need not name
            options.setSsl(true).setVerifyHost(false).setTrustOptions(new PemTrustOptions().addCertPath(certificate));
        }
    }

    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> host;
        };
    }

    @Override
    public Future<?> start() {
        HttpClient opened = vertx.createHttpClient(options);
        client = opened;
        timer = vertx.setPeriodic(PERIOD, beat -> send(opened));
        send(opened);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        return client == null ? Future.succeededFuture() : client.close();
    }

    private void send(HttpClient to) {
        to.request(door)
                .compose(request -> request.send(heartbeat()))
                .compose(CanaryVerticle::requireTaken)
                .timeout(LIMIT, TimeUnit.MILLISECONDS)
                .onSuccess(taken -> meters.seen())
                .onFailure(this::failed);
    }

    private Buffer heartbeat() {
        long now = meters.now();
        return new JsonObject()
                .put("id", SOURCE + "-" + now)
                .put("type", "source.heartbeat")
                .put("ts", now)
                .put("source", SOURCE)
                .toBuffer();
    }

    private static Future<Void> requireTaken(HttpClientResponse response) {
        return response.body()
                .compose(body ->
                        response.statusCode() == 200 && body.toJsonObject().getInteger("accepted", 0) == 1
                                ? Future.succeededFuture()
                                : Future.failedFuture("answered " + response.statusCode()));
    }

    private void failed(Throwable cause) {
        meters.failed();
        LOG.warn("the monitor did not take its own canary: {}", cause.toString());
    }
}
