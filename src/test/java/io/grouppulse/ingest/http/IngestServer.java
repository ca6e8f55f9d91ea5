package io.grouppulse.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grouppulse.access.Visibility;
import io.grouppulse.eventlog.embedded.FileDocument;
import io.grouppulse.eventlog.embedded.FileJournal;
import io.grouppulse.http.ProblemHandlers;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.decode.TimeRule;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;

/** The ingest paths on a real socket before a fake intake. */
final class IngestServer implements AutoCloseable {
    static final TimeRule TIMES = new TimeRule(TimeRule.Mode.SYSTEM, 48 * 3_600_000L);

    final FakeIntake intake = new FakeIntake();
    final Vertx vertx = Vertx.vertx();
    final Rejects rejects;
    final CampaignRegistry campaigns;
    final IngestRoutes routes;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    IngestServer(Path dir, IngestSettings settings) throws Exception {
        rejects = Rejects.open(
                FileJournal.in(dir.resolve("rejects"), "rejects", Rejects.CAPACITY),
                () -> FakeIntake.T + 1,
                (source, code) -> {});
        campaigns = CampaignRegistry.open(FileDocument.in(dir, "campaigns.json"));
        routes = new IngestRoutes(
                settings,
                intake,
                rejects,
                campaigns,
                () -> FakeIntake.T + 1,
                new Visibility(group -> List.of(), id -> null));
        Router router = Router.router(vertx);
        routes.mount(router);
        ProblemHandlers.install(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    static IngestServer open(Path dir) throws Exception {
        return new IngestServer(dir, IngestSettings.defaults(TIMES));
    }

    int port() {
        return server.actualPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    Answer post(String contentType, String body) throws Exception {
        return send(request("/api/v1/events", contentType).POST(BodyPublishers.ofString(body)));
    }

    Answer send(String method, String path, String body) throws Exception {
        return send(request(path, "application/json").method(method, BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path, String contentType) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", contentType);
    }

    Answer send(HttpRequest.Builder request) throws Exception {
        return new Answer(client.send(request.build(), BodyHandlers.ofString()));
    }

    static String event(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"message.sent\",\"ts\":" + FakeIntake.T
                + ",\"group\":\"g1\",\"member\":\"m1\"}";
    }

    static byte[] zip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        }
        return bytes.toByteArray();
    }

    static byte[] zip(String body) throws IOException {
        return zip(body.getBytes(UTF_8));
    }

    /** Waits until something that another thread does has happened. */
    static void until(BooleanSupplier happened) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not happen");
            }
            LockSupport.parkNanos(500_000);
        }
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        rejects.close();
    }

    /** An answer read whole. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonObject json() {
            return new JsonObject(response.body());
        }
    }
}
