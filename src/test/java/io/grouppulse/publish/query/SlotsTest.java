package io.grouppulse.publish.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotsTest {
    private static final long TEN = Instant.parse("2026-11-23T02:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private MonitorInProcess monitor;
    private int next;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
        for (String group : new String[] {"g1", "g2"}) {
            monitor.send("PUT", "/api/v1/groups/" + group, "{\"orgs\":[\"bbg/" + group + "\"]}");
        }
        StringBuilder events = new StringBuilder();
        events.append(paid("g2", "ann", TEN - DAY + 5_000)).append(paid("g1", "bob", TEN - DAY + 2 * HOUR));
        for (int i = 0; i < 10; i++) {
            events.append(paid("g1", i == 0 ? "ann" : i == 1 ? "bob" : "m" + i, TEN + i * 10_000L));
        }
        events.append(paid("g1", "eve", TEN + 2 * HOUR)).append(paid("g2", "eve", TEN + 9 * HOUR));
        monitor.events(events.toString());
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
    }

    @Test
    void slotsOfToday_tellHowFastTheySold_andWhoseHabitTheyAre() throws Exception {
        JsonObject json = monitor.get("/api/v1/slots?scope=org:bbg");

        assertThat(json.getString("day")).isEqualTo("2026-11-23");
        assertThat(json.getJsonArray("items").stream().map(slot -> ((JsonObject) slot).getString("slot")))
                .containsExactly("10:00", "12:00", "15:00", "18:00");
        JsonObject ten = json.getJsonArray("items").getJsonObject(0);
        assertThat(ten.getLong("from")).isEqualTo(TEN);
        assertThat(ten.getLong("to")).isEqualTo(TEN + 2 * HOUR);
        assertThat(ten.getLong("orders")).isEqualTo(10);
        assertThat(ten.getLong("gmv")).isEqualTo(1_000);
        assertThat(ten.getLong("t50")).isEqualTo(40);
        assertThat(ten.getLong("t90")).isEqualTo(80);
        assertThat(ten.getJsonObject("firstMinuteShare").getLong("num")).isEqualTo(6);
        assertThat(ten.getJsonObject("habitShare").getLong("num")).isEqualTo(1);
        assertThat(ten.getJsonObject("habitShare").getLong("den")).isEqualTo(10);
        JsonObject three = json.getJsonArray("items").getJsonObject(2);
        assertThat(three.getLong("orders")).isZero();
        assertThat(three.getValue("t50")).isNull();
        assertThat(json.getJsonArray("items").getJsonObject(3).getLong("orders"))
                .isEqualTo(1);
    }

    @Test
    void otherSlotsOfAnotherDay_canBeAskedFor() throws Exception {
        JsonObject json = monitor.get("/api/v1/slots?scope=group:g1&day=2026-11-22&slots=12:00,11:30");

        assertThat(json.getJsonArray("items").getJsonObject(0).getLong("to")).isEqualTo(TEN - DAY + 2 * HOUR);
        assertThat(json.getJsonArray("items").getJsonObject(1).getLong("buyers"))
                .isEqualTo(1);
        assertThat(monitor.get("/api/v1/slots?day=9999-12-31").getJsonArray("items"))
                .hasSize(4);
    }

    @Test
    void badQuestions_areRefused() throws Exception {
        for (String query : new String[] {
            "scope=bbg", "day=today", "day=%2B999999999-01-01", "slots=10", "slots=10:00,10:00", "slots=,", "at=1"
        }) {
            assertThat(monitor.exchange("GET", "/api/v1/slots?" + query, "").statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(monitor.exchange("GET", "/api/v1/slots?scope=group:none", "").statusCode())
                .isEqualTo(404);
    }

    private String paid(String group, String member, long ts) {
        int id = next++;
        return "{\"id\":\"e" + id + "\",\"type\":\"order.paid\",\"group\":\"" + group + "\",\"member\":\"" + member
                + "\",\"order\":\"o" + id + "\",\"ts\":" + ts + ",\"amount\":100}\n";
    }
}
