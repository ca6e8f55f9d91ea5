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

class RepurchaseTest {
    /** A Monday, Shanghai time. */
    private static final long MONDAY = Instant.parse("2026-11-22T16:00:00Z").toEpochMilli();

    private static final long DAY = 86_400_000;

    private MonitorInProcess monitor;
    private int next;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
        for (String group : new String[] {"g1", "g2", "g3"}) {
            monitor.send("PUT", "/api/v1/groups/" + group, "{\"orgs\":[\"bbg/" + group + "\"]}");
        }
        monitor.events(paid("g1", "ann", MONDAY - 1)
                + paid("g1", "bob", MONDAY)
                + paid("g1", "bob", MONDAY + 3_600_000)
                + paid("g1", "eve", MONDAY + DAY - 1)
                + paid("g2", "ann", MONDAY + DAY)
                + paid("g2", "ann", MONDAY + DAY + 1)
                + paid("g2", "eve", MONDAY + DAY + 2));
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
    }

    @Test
    void dayWeekAndMonth_beginInTheMonitorsZone() throws Exception {
        assertThat(told("scope=group:g1&at=" + MONDAY)).isEqualTo("2 buyers of 3 orders: 1/2 1/3");
        assertThat(told("scope=group:g1&at=" + (MONDAY - 1))).isEqualTo("1 buyers of 1 orders: 0/1 0/1");
        assertThat(told("scope=group:g1&period=week")).isEqualTo("2 buyers of 3 orders: 1/2 1/3");
        assertThat(told("scope=group:g1&period=month&at=2026-11-01T00:00:00%2B08:00"))
                .isEqualTo("3 buyers of 4 orders: 1/3 1/4");
        assertThat(told("scope=group:g3&period=month")).isEqualTo("0 buyers of 0 orders: 0/0 0/0");
        JsonObject week = read("period=week");
        assertThat(week.getLong("from")).isEqualTo(MONDAY);
        assertThat(week.getLong("to")).isEqualTo(MONDAY + 7 * DAY);
        assertThat(week.getBoolean("complete")).isTrue();
        assertThat(week.getDouble("error")).isZero();
    }

    @Test
    void node_countsPeople_notMemberships() throws Exception {
        assertThat(told("scope=org:bbg&period=week")).isEqualTo("3 buyers of 6 orders: 3/3 3/6");
        assertThat(told("scope=org:bbg/g2&period=week")).isEqualTo("2 buyers of 3 orders: 1/2 1/3");
    }

    @Test
    void campaignRegisteredLate_countsItsOwnTimeAndGroups() throws Exception {
        campaign("late", "\"org\":\"bbg\"", MONDAY, MONDAY + DAY + 1);
        campaign("few", "\"groups\":[\"g2\"]", MONDAY, MONDAY + DAY + 2);

        assertThat(told("scope=campaign:late")).isEqualTo("3 buyers of 4 orders: 1/3 1/4");
        assertThat(told("scope=campaign:few")).isEqualTo("1 buyers of 2 orders: 1/1 1/2");
        assertThat(monitor.get("/api/v1/campaigns/late").getJsonObject("userRepurchase"))
                .isEqualTo(read("scope=campaign:late").getJsonObject("userRepurchase"));
    }

    @Test
    void periodThatReachesFurtherThanMemory_isCalledIncomplete() throws Exception {
        assertThat(read("period=month&at=" + (MONDAY - 60 * DAY)).getBoolean("complete"))
                .isFalse();
    }

    @Test
    void badQuestions_areRefused() throws Exception {
        for (String query : new String[] {
            "scope=bbg",
            "period=year",
            "at=soon",
            "at=99999999999999999",
            "at=%2B999999999-12-31T00:00:00Z",
            "scope=campaign:c&period=day",
            "window=5m"
        }) {
            assertThat(monitor.exchange("GET", "/api/v1/repurchase?" + query, "")
                            .statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        for (String scope : new String[] {"group:none", "org:none", "campaign:none"}) {
            assertThat(monitor.exchange("GET", "/api/v1/repurchase?scope=" + scope, "")
                            .statusCode())
                    .as(scope)
                    .isEqualTo(404);
        }
    }

    private void campaign(String id, String where, long from, long to) throws Exception {
        monitor.send(
                "PUT",
                "/api/v1/campaigns/" + id,
                "{\"name\":\"n\"," + where + ",\"from\":" + from + ",\"to\":" + to + "}");
    }

    private String told(String query) throws Exception {
        JsonObject json = read(query);
        return json.getLong("buyers") + " buyers of " + json.getLong("ordersPaid") + " orders: "
                + ratio(json.getJsonObject("userRepurchase")) + " " + ratio(json.getJsonObject("orderRepurchase"));
    }

    private static String ratio(JsonObject ratio) {
        return ratio.getLong("num") + "/" + ratio.getLong("den");
    }

    private JsonObject read(String query) throws Exception {
        return monitor.get("/api/v1/repurchase?" + query);
    }

    private String paid(String group, String member, long ts) {
        int id = next++;
        return "{\"id\":\"e" + id + "\",\"type\":\"order.paid\",\"group\":\"" + group + "\",\"member\":\"" + member
                + "\",\"order\":\"o" + id + "\",\"ts\":" + ts + ",\"amount\":100}\n";
    }
}
