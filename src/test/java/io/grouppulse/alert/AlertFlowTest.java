package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.HookServer;
import io.grouppulse.testing.HookServer.Call;
import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole monitor whose source lags, is restarted meanwhile, and catches up. */
class AlertFlowTest {
    @Test
    void lateSource_firesOnce_outlivesARestart_andResolvesItself(@TempDir Path data) throws Exception {
        try (HookServer hook = new HookServer()) {
            Map<String, String> settings = Map.of(
                    "clock", "system",
                    "alerts.pending", "1ms",
                    "alerts.group_wait", "1ms",
                    "webhooks.ops.url", hook.url("/hook").toString(),
                    "webhooks.ops.secret", "hush");
            String id;
            String key;
            try (MonitorInProcess monitor = MonitorInProcess.start(data, settings)) {
                monitor.events(event("late", System.currentTimeMillis() - 120_000));
                Call fired = hook.next();
                key = String.valueOf(fired.headers().get("idempotency-key"));
                JsonObject alert =
                        new JsonObject(fired.body()).getJsonArray("alerts").getJsonObject(0);
                id = alert.getString("id");
                assertThat(alert.getString("kind")).isEqualTo("source_down");
                assertThat(alert.getString("subject")).isEqualTo("wecom");
                assertThat(monitor.get("/api/v1/alerts?state=firing").getJsonArray("items"))
                        .containsExactly(alert);
                assertThat(monitor.get("/api/v1/alerts?kind=source_down&subject=wecom")
                                .getJsonArray("items"))
                        .containsExactly(alert);
                for (String others : List.of("state=resolved", "kind=group_silent", "kind=source_down&subject=shop")) {
                    assertThat(monitor.get("/api/v1/alerts?" + others).getJsonArray("items"))
                            .as(others)
                            .isEmpty();
                }
                assertThat(monitor.exchange("GET", "/metrics", "").body())
                        .contains("grouppulse_alerts{kind=\"source_down\",state=\"firing\"} 1.0");
            }
            assertThat(hook.unread()).isZero();
            try (MonitorInProcess monitor = MonitorInProcess.start(data, settings);
                    Stream<String> feed = feedOf(monitor)) {
                Iterator<String> frames = feed.filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring("data:".length()))
                        .iterator();
                assertThat(alertOf(frames, "snapshot").getString("state")).isEqualTo("firing");
                monitor.events(event("fresh", System.currentTimeMillis()));
                Call resolved = firstOther(hook, key);
                JsonObject alert =
                        new JsonObject(resolved.body()).getJsonArray("alerts").getJsonObject(0);
                assertThat(alert.getString("id")).isEqualTo(id);
                assertThat(alert.getString("state")).isEqualTo("resolved");
                assertThat(alertOf(frames, "append")).isEqualTo(alert);
                assertThat(Deadline.in(Duration.ofSeconds(60))
                                .until(() -> monitor.get("/api/v1/alerts?state=firing")
                                        .getJsonArray("items")
                                        .isEmpty()))
                        .isTrue();
                assertThat(monitor.get("/api/v1/alerts?limit=1").getJsonArray("items"))
                        .hasSize(1);
            }
            assertThat(hook.unread()).isZero();
        }
    }

    private static Stream<String> feedOf(MonitorInProcess monitor) throws Exception {
        URI feed = URI.create("http://127.0.0.1:" + monitor.port() + "/api/v1/feed?topic=alerts:&every=50");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(feed).build(), BodyHandlers.ofLines())
                .body();
    }

    /** The one alert in the next frame of this kind. */
    private static JsonObject alertOf(Iterator<String> frames, String kind) {
        JsonObject frame = new JsonObject(frames.next());
        while (!frame.getString("kind").equals(kind)) {
            frame = new JsonObject(frames.next());
        }
        assertThat(frame.getJsonArray("data")).hasSize(1);
        return frame.getJsonArray("data").getJsonObject(0);
    }

    /** At least once: what was taken just before the end may come again, under the same key. */
    private static Call firstOther(HookServer hook, String key) throws InterruptedException {
        Call call = hook.next();
        return key.equals(call.headers().get("idempotency-key")) ? hook.next() : call;
    }

    private static String event(String id, long ts) {
        return "{\"id\":\"" + id + "\",\"type\":\"message.sent\",\"source\":\"wecom\",\"group\":\"g1\","
                + "\"member\":\"m1\",\"ts\":" + ts + "}";
    }
}
