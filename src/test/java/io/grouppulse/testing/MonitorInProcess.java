package io.grouppulse.testing;

import io.grouppulse.Monitor;
import io.grouppulse.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A monitor with {@code clock: event} on a free port of this process. */
public final class MonitorInProcess implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Monitor monitor;

    private MonitorInProcess(Monitor monitor) {
        this.monitor = monitor;
    }

    public static MonitorInProcess start(Path dataDir, Map<String, String> changes) throws Exception {
        Map<String, String> settings = new HashMap<>(
                Map.of("http.port", "0", "data.dir", dataDir.toString(), "clock", "event", "shards", "4"));
        settings.putAll(changes);
        return new MonitorInProcess(await(Monitor.start(Settings.of(settings))));
    }

    public int port() {
        return monitor.port();
    }

    /** Sends a body, expects 200, and answers with the JSON. */
    public JsonObject send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = exchange(method, path, body);
        if (response.statusCode() != 200) {
            throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return new JsonObject(response.body());
    }

    public HttpResponse<String> exchange(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + monitor.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("content-type", path.startsWith("/api/v1/events") ? "application/x-ndjson" : "application/json")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    public JsonObject get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /** Sends events and waits until every query shows them. */
    public JsonObject events(String ndjson) throws IOException, InterruptedException {
        return send("POST", "/api/v1/events?wait=applied", ndjson);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(90, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        monitor.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(90, TimeUnit.SECONDS)
                .join();
    }
}
