package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group that misses a sale, from the events to the alert and back. */
class SaleSilenceFlowTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long START = 1_794_362_400_000L;
    private static final int PEERS = 12;
    private static final String SILENT_GROUPS = "/api/v1/alerts?kind=group_silent&state=";

    @Test
    void group_thatMissesASale_isToldSilentAndHeardAgain(@TempDir Path data) throws Exception {
        try (MonitorInProcess monitor = monitorOfASale(data)) {
            send(monitor, past());
            send(monitor, sale());
            awaitState(monitor, "SILENT");

            JsonObject silence = monitor.get("/api/v1/groups/missing").getJsonObject("silence");
            assertThat(silence.getLong("since")).isEqualTo(START);
            assertThat(silence.getLong("deadline")).isBetween(START + MINUTE, START + 5 * MINUTE);
            assertThat(silence.getDouble("probability")).isLessThan(0.0005);
            JsonObject alert = soon(monitor, "firing");
            assertThat(alert.getString("subject")).isEqualTo("missing");
            assertThat(alert.getString("text"))
                    .startsWith("expected ")
                    .contains(" since 10:00, saw 0; " + PEERS + " of the " + PEERS + " other groups of bbg are fine");

            List<String> back = new ArrayList<>();
            for (int minute = 7; minute < 10; minute++) {
                say(back, "missing", START + minute * MINUTE + 10_000);
                everybody(back, START + minute * MINUTE + 20_000);
            }
            send(monitor, back);
            awaitState(monitor, "LIVELY");
            assertThat(soon(monitor, "resolved").getString("id")).isEqualTo(alert.getString("id"));
        }
    }

    @Test
    void silenceInASale_whateverTheOrderOfArrival_isTheSame(@TempDir Path one, @TempDir Path other) throws Exception {
        List<String> shuffled = new ArrayList<>(sale());
        Collections.shuffle(shuffled, new Random(3));
        try (MonitorInProcess ordered = monitorOfASale(one);
                MonitorInProcess disordered = monitorOfASale(other)) {
            send(ordered, past());
            send(ordered, sale());
            send(disordered, past());
            send(disordered, shuffled);
            awaitState(ordered, "SILENT");
            awaitState(disordered, "SILENT");

            assertThat(disordered.get("/api/v1/groups/missing").getJsonObject("silence"))
                    .isEqualTo(ordered.get("/api/v1/groups/missing").getJsonObject("silence"));
        }
    }

    private static MonitorInProcess monitorOfASale(Path data) throws Exception {
        MonitorInProcess monitor = MonitorInProcess.start(data, Map.of());
        for (int i = 0; i < PEERS; i++) {
            monitor.send("PUT", "/api/v1/groups/peer-" + i, "{\"orgs\":[\"bbg\"]}");
        }
        monitor.send("PUT", "/api/v1/groups/missing", "{\"orgs\":[\"bbg\"]}");
        monitor.send(
                "PUT",
                "/api/v1/campaigns/flash",
                new JsonObject()
                        .put("name", "flash")
                        .put("org", "bbg")
                        .put("from", START)
                        .put("to", START + 30 * MINUTE)
                        .encode());
        return monitor;
    }

    /** All groups talk in each of the six hours before. */
    private static List<String> past() {
        List<String> events = new ArrayList<>();
        for (int hour = 6; hour >= 1; hour--) {
            say(events, "missing", START - hour * HOUR);
            everybody(events, START - hour * HOUR);
        }
        return events;
    }

    /** All but one talk in each minute. */
    private static List<String> sale() {
        List<String> events = new ArrayList<>();
        for (int minute = 0; minute < 7; minute++) {
            everybody(events, START + minute * MINUTE + 20_000);
        }
        return events;
    }

    private static void everybody(List<String> events, long ts) {
        for (int i = 0; i < PEERS; i++) {
            say(events, "peer-" + i, ts);
        }
    }

    private static void say(List<String> events, String group, long ts) {
        events.add(new JsonObject()
                .put("id", group + "-" + ts)
                .put("type", "message.sent")
                .put("ts", ts)
                .put("group", group)
                .put("member", "m")
                .encode());
    }

    private static void send(MonitorInProcess monitor, List<String> events) throws Exception {
        monitor.events(String.join("\n", events) + "\n");
    }

    private static void awaitState(MonitorInProcess monitor, String state) throws Exception {
        assertThat(Deadline.in(Duration.ofSeconds(30))
                        .until(() -> monitor.get("/api/v1/groups/missing")
                                .getString("state")
                                .equals(state)))
                .as(() -> "state " + state)
                .isTrue();
    }

    /** The one alert in this state, as soon as there is one. */
    private static JsonObject soon(MonitorInProcess monitor, String state) throws Exception {
        assertThat(Deadline.in(Duration.ofSeconds(30))
                        .until(() -> monitor.get(SILENT_GROUPS + state)
                                        .getJsonArray("items")
                                        .size()
                                == 1))
                .as(state)
                .isTrue();
        return monitor.get(SILENT_GROUPS + state).getJsonArray("items").getJsonObject(0);
    }
}
