package io.grouppulse.testing;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real Alertmanager on a free port that tells nobody. */
public final class RunningAlertmanager implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Process process;

    private RunningAlertmanager(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Keeps its files there; returns once it answers. */
    public static RunningAlertmanager start(Path directory) throws Exception {
        int port = Ports.free();
        Path config = Files.writeString(
                directory.resolve("am.yml"), "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n");
        Process process = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + config,
                        "--storage.path=" + directory.resolve("am"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("am.log").toFile())
                .start();
        RunningAlertmanager alertmanager = new RunningAlertmanager(port, process);
        if (!Deadline.in(START_LIMIT).until(alertmanager::isAnswering)) {
            alertmanager.close();
            throw new AssertionError("not started:\n" + Files.readString(directory.resolve("am.log")));
        }
        return alertmanager;
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** The alerts that are active. */
    public JsonArray alerts() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address() + "/api/v2/alerts")).build();
        return new JsonArray(http.send(request, BodyHandlers.ofString()).body());
    }

    private boolean isAnswering() throws InterruptedException {
        try {
            return alerts().isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
