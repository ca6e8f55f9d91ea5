package io.grouppulse.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorInProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The canary at the door of a monitor, and at doors that do not take it. */
class CanaryVerticleTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long OLD = 1_700_000_000_000L;
    private static final String CANARY = "{'id':'c%d','type':'source.heartbeat','ts':%d,'source':'canary'}";
    private static final String MESSAGE =
            "{'id':'m1','type':'message.sent','ts':%d,'source':'chat','group':'g1','member':'a'}";

    /** What a door does with a canary that it does not take. */
    enum Door {
        BUSY,
        SHUT,
        REFUSING,
        MUMBLING;

        void answer(HttpServerRequest request) {
            switch (this) {
                case BUSY -> request.response().setStatusCode(503).end();
                case SHUT -> request.connection().close();
                case REFUSING -> request.response().end("{\"accepted\":0}");
                case MUMBLING -> request.response().end("taken");
            }
        }
    }

    @Test
    void startedMonitor_takesItsCanary(@TempDir Path directory) throws Exception {
        try (MonitorInProcess monitor = MonitorInProcess.start(directory, Map.of())) {
            awaitCanary(monitor);

            assertThat(metric(monitor, "age_seconds")).isBetween(0.0, LIMIT.toSeconds() + 1.0);
            assertThat(metric(monitor, "last_seen_timestamp_seconds"))
                    .isBetween(System.currentTimeMillis() / 1_000.0 - 60, System.currentTimeMillis() / 1_000.0);
            assertThat(metric(monitor, "failures_total")).isZero();
        }
    }

    @Test
    void canary_movesNoT_andIsNoSource(@TempDir Path directory) throws Exception {
        try (MonitorInProcess monitor = MonitorInProcess.start(directory, Map.of())) {
            awaitCanary(monitor);
            monitor.events(MESSAGE.formatted(OLD).replace('\'', '"'));
            long now = System.currentTimeMillis();

            JsonObject receipt = monitor.events(CANARY.formatted(now, now).replace('\'', '"'));

            assertThat(receipt.getInteger("accepted")).isEqualTo(1);
            JsonObject sources = monitor.get("/api/v1/sources");
            assertThat(sources.getLong("asOf")).isEqualTo(OLD);
            assertThat(sources.getJsonArray("items"))
                    .extracting(source -> ((JsonObject) source).getString("source"))
                    .containsExactly("chat");
            assertThat(monitor.exchange("GET", "/metrics", "").body()).doesNotContain("source=\"canary\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void canary_notTaken_isAFailure(Door door) throws Exception {
        Vertx vertx = Vertx.vertx();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try {
            HttpServer server =
                    await(vertx.createHttpServer().requestHandler(door::answer).listen(0, "127.0.0.1"));
            CanaryMeters meters = new CanaryMeters(registry, System::currentTimeMillis);

            await(vertx.deployVerticle(new CanaryVerticle("0.0.0.0", server.actualPort(), null, null, meters)));

            assertThat(Deadline.in(LIMIT).until(() -> failures(registry) == 1)).isTrue();
            assertThat(registry.get("grouppulse.canary.age").gauge().value()).isNaN();
            assertThat(registry.get("grouppulse.canary.last.seen.timestamp")
                            .gauge()
                            .value())
                    .isNaN();
        } finally {
            await(vertx.close());
        }
    }

    private static void awaitCanary(MonitorInProcess monitor) throws Exception {
        assertThat(Deadline.in(LIMIT).until(() -> metric(monitor, "age_seconds") >= 0))
                .isTrue();
    }

    private static double metric(MonitorInProcess monitor, String name) throws IOException, InterruptedException {
        String text = monitor.exchange("GET", "/metrics", "").body();
        Matcher sample =
                Pattern.compile("(?m)^grouppulse_canary_" + name + " (\\S+)$").matcher(text);
        assertThat(sample.find()).as(name).isTrue();
        return Double.parseDouble(sample.group(1));
    }

    private static double failures(SimpleMeterRegistry registry) {
        return registry.get("grouppulse.canary.failures").counter().count();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
