package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorInProcess;
import io.grouppulse.testing.RunningAlertmanager;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager is told that something fires, and that it has ended. */
class AlertmanagerIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void alertmanager_hearsOfAFiringAlert_andOfItsEnd(@TempDir Path directory) throws Exception {
        try (RunningAlertmanager alertmanager = RunningAlertmanager.start(directory);
                MonitorInProcess monitor = MonitorInProcess.start(
                        directory.resolve("data"),
                        Map.of(
                                "clock", "system",
                                "alerts.pending", "1ms",
                                "webhooks.am.type", "alertmanager",
                                "webhooks.am.url", alertmanager.address()))) {
            monitor.events(event("late", System.currentTimeMillis() - 120_000));
            assertThat(Deadline.in(LIMIT).until(() -> !alertmanager.alerts().isEmpty()))
                    .as("told")
                    .isTrue();
            JsonObject alert = alertmanager.alerts().getJsonObject(0);
            assertThat(alert.getJsonObject("labels"))
                    .isEqualTo(new JsonObject()
                            .put("alertname", "GroupPulseSourceDown")
                            .put("severity", "warning")
                            .put("source", "wecom"));
            assertThat(alert.getJsonObject("annotations").getString("description"))
                    .matches("expected events at most 60 s old, its newest came 1[2-9][0-9] s late;.*");
            assertThat(alert.getJsonObject("status").getString("state")).isNotEqualTo("suppressed");

            monitor.events(event("fresh", System.currentTimeMillis()));
            assertThat(Deadline.in(LIMIT).until(() -> alertmanager.alerts().isEmpty()))
                    .as("ended")
                    .isTrue();
        }
    }

    private static String event(String id, long ts) {
        return "{\"id\":\"" + id + "\",\"type\":\"message.sent\",\"source\":\"wecom\",\"group\":\"g1\","
                + "\"member\":\"m1\",\"ts\":" + ts + "}";
    }
}
