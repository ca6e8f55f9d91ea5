package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager is told that something fires, and that it has ended. */
class AlertmanagerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void alertmanager_hearsOfAFiringAlert_andOfItsEnd(@TempDir Path directory) throws Exception {
        int port = freePort();
        Process alertmanager = alertmanager(directory, port);
        URI alerts = URI.create("http://127.0.0.1:" + port + "/api/v2/alerts");
        try (MonitorInProcess monitor = MonitorInProcess.start(
                directory.resolve("data"),
                Map.of(
                        "clock", "system",
                        "alerts.pending", "1ms",
                        "webhooks.am.type", "alertmanager",
                        "webhooks.am.url", "http://127.0.0.1:" + port))) {
            assertThat(Deadline.in(LIMIT).until(() -> isAnswering(alerts)))
                    .as("started")
                    .isTrue();
            monitor.events(event("late", System.currentTimeMillis() - 120_000));
            assertThat(Deadline.in(LIMIT).until(() -> !read(alerts).isEmpty()))
                    .as("told")
                    .isTrue();
            JsonObject alert = read(alerts).getJsonObject(0);
            assertThat(alert.getJsonObject("labels"))
                    .isEqualTo(new JsonObject()
                            .put("alertname", "GroupPulseSourceDown")
                            .put("severity", "warning")
                            .put("source", "wecom"));
            assertThat(alert.getJsonObject("annotations").getString("description"))
                    .matches("expected events at most 60 s old, its newest came 1[2-9][0-9] s late;.*");
            assertThat(alert.getJsonObject("status").getString("state")).isNotEqualTo("suppressed");

            monitor.events(event("fresh", System.currentTimeMillis()));
            assertThat(Deadline.in(LIMIT).until(() -> read(alerts).isEmpty()))
                    .as("ended")
                    .isTrue();
        } finally {
            alertmanager.destroyForcibly().onExit().join();
        }
    }

    private static Process alertmanager(Path directory, int port) throws IOException {
        Path config = Files.writeString(
                directory.resolve("am.yml"), "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n");
        return new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("am"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("am.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isAnswering(URI alerts) throws InterruptedException {
        try {
            return read(alerts).isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    private JsonArray read(URI alerts) throws IOException, InterruptedException {
        return new JsonArray(http.send(HttpRequest.newBuilder(alerts).build(), BodyHandlers.ofString())
                .body());
    }

    private static String event(String id, long ts) {
        return "{\"id\":\"" + id + "\",\"type\":\"message.sent\",\"source\":\"wecom\",\"group\":\"g1\","
                + "\"member\":\"m1\",\"ts\":" + ts + "}";
    }
}
