package io.grouppulse.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grouppulse.testing.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus with the shipped configuration and rules, of which only the address of the monitor and the intervals
 * differ: it scrapes and evaluates every second.
 */
final class RunningPrometheus implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final URI base;

    private RunningPrometheus(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /** Returns once it answers queries. */
    static RunningPrometheus scraping(URI monitor) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("grouppulse-prometheus");
        Path config = copyOfConfig(directory, monitor);
        int port = Ports.free();
        ProcessBuilder builder = new ProcessBuilder(Tool.PROMETHEUS.command(
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile());
        RunningPrometheus prometheus =
                new RunningPrometheus(builder.start(), URI.create("http://127.0.0.1:" + port + "/"));
        prometheus.awaitReady(directory.resolve("prometheus.log"));
        return prometheus;
    }

    private static Path copyOfConfig(Path directory, URI monitor) throws IOException {
        Path rules = Files.createDirectory(directory.resolve("rules"));
        for (Path file : Shipped.files(Shipped.RULES, ".yml")) {
            Files.writeString(
                    rules.resolve(file.getFileName()), Files.readString(file).replace("interval: 1m", "interval: 1s"));
        }
        String shipped = Files.readString(Shipped.PROMETHEUS_CONFIG);
        String copy = shipped.replace("localhost:8080", monitor.getAuthority())
                .replace("_interval: 10s", "_interval: 1s")
                .replace("scrape_timeout: 5s", "scrape_timeout: 1s");
        return Files.writeString(directory.resolve("prometheus.yml"), copy);
    }

    /** What an expression gives now: a list of series with their values. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("api/v1/query?query=" + encoded(expression)).path("result");
    }

    JsonNode rules() throws IOException, InterruptedException {
        return get("api/v1/rules").path("groups");
    }

    JsonNode targets() throws IOException, InterruptedException {
        return get("api/v1/targets").path("activeTargets");
    }

    /** Lets a little time pass; fails if Prometheus ends meanwhile. */
    void pause() throws InterruptedException {
        if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Prometheus ended with " + process.exitValue());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady()) {
            if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - limit > 0) {
                close();
                throw new IllegalStateException("Prometheus did not start:\n" + Files.readString(log));
            }
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send("-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(path);
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException(path + ": " + response.body());
        }
        return json.readTree(response.body()).path("data");
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
