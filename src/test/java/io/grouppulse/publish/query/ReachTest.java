package io.grouppulse.publish.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReachTest {
    private static final long TEN = Instant.parse("2026-11-23T02:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;

    private MonitorInProcess monitor;
    private int next;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
        monitor.send("PUT", "/api/v1/groups/g1", "{\"orgs\":[\"bbg/a\"]}");
        StringBuilder events = new StringBuilder();
        for (String member : new String[] {"ann", "bob", "cat", "dan"}) {
            events.append(event("member.joined", member, TEN - MINUTE, ""));
        }
        events.append(event("share.posted", null, TEN, ",\"share\":\"s1\",\"item\":\"tea\""));
        events.append(touch("ann", TEN + MINUTE, "sms"));
        events.append(touch("ann", TEN + 2 * MINUTE, "sms"));
        events.append(touch("bob", TEN + 6 * MINUTE, "store_material"));
        events.append(paid("ann", TEN + 9 * MINUTE, 300, "s1"));
        events.append(paid("dan", TEN + 10 * MINUTE, 100, null));
        events.append(event("member.left", "cat", TEN + 29 * MINUTE, ""));
        events.append(event("member.left", "dan", TEN + 30 * MINUTE, ""));
        events.append(event("message.sent", "ann", TEN + 32 * MINUTE, ""));
        monitor.events(events.toString());
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
    }

    @Test
    void reach_ofAPostedShare_tellsOpenersGuidedOrdersAndLeaves() throws Exception {
        JsonObject row =
                monitor.get("/api/v1/reach?scope=org:bbg").getJsonArray("items").getJsonObject(0);

        assertThat(row.getString("share")).isEqualTo("s1");
        assertRatio(row, "reach", 2, 4);
        assertThat(row.getLong("ordersPaid")).isEqualTo(1);
        assertRatio(row, "guidedOrders", 1, 2);
        assertRatio(row, "guidedGmv", 300, 400);
        assertThat(row.getLong("leaves")).isEqualTo(1);
        assertThat(monitor.get("/api/v1/reach?from=" + (TEN + 1)).getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void conversions_byCohort_growWithTheTimeSinceTheTouch() throws Exception {
        JsonArray rows = monitor.get("/api/v1/conversions?scope=group:g1").getJsonArray("items");

        assertThat(rows).hasSize(2);
        JsonObject first = rows.getJsonObject(0);
        assertThat(first.getLong("from")).isEqualTo(TEN);
        assertThat(first.getJsonArray("within").getJsonObject(0).getLong("num")).isZero();
        assertThat(first.getJsonArray("within").getJsonObject(1).getLong("num")).isEqualTo(1);
        assertThat(first.getJsonArray("within")).hasSize(6);
        assertRatio(first, "conversion", 1, 1);
        assertRatio(first, "maturedConversion", 1, 1);
        assertRatio(rows.getJsonObject(1), "conversion", 0, 1);
        assertRatio(rows.getJsonObject(1), "maturedConversion", 0, 0);
    }

    @Test
    void conversions_byWhatTouched_standBesideItsOrders() throws Exception {
        JsonArray rows = monitor.get("/api/v1/conversions?by=channel").getJsonArray("items");

        assertThat(rows.getJsonObject(0).getString("channel")).isEqualTo("sms");
        assertRatio(rows.getJsonObject(0), "conversion", 1, 1);
        assertThat(rows.getJsonObject(2).getString("channel")).isEqualTo("unknown");
        assertThat(rows.getJsonObject(2).getLong("gmvPaid")).isEqualTo(400);
        JsonObject tea =
                monitor.get("/api/v1/conversions?by=item").getJsonArray("items").getJsonObject(0);
        assertThat(tea.getString("item")).isEqualTo("tea");
        assertRatio(tea, "conversion", 1, 2);
        assertThat(tea.getLong("ordersPaid")).isEqualTo(2);
        assertThat(monitor.get("/api/v1/conversions?by=share")
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getLong("gmvPaid"))
                .isEqualTo(300);
    }

    @Test
    void groupBuys_oneShortOfWhatFormed_areTold() throws Exception {
        String tea = ",\"item\":\"tea\"";
        monitor.events(event("groupbuy.opened", "ann", TEN, tea)
                + event("groupbuy.joined", "bob", TEN + 1, tea)
                + event("groupbuy.formed", null, TEN + 2, tea)
                + event("groupbuy.opened", "cat", TEN + 3, tea)
                + event("groupbuy.failed", null, TEN + 4, tea)
                + event("groupbuy.opened", "bob", TEN + 5, ""));

        JsonArray rows = monitor.get("/api/v1/groupbuys?scope=org:bbg").getJsonArray("items");
        JsonObject row = rows.getJsonObject(0);
        assertThat(row.getString("item")).isEqualTo("tea");
        assertThat(row.getLong("opened")).isEqualTo(2);
        assertThat(row.getLong("joined")).isEqualTo(1);
        assertThat(row.getLong("failed")).isEqualTo(1);
        assertThat(row.getLong("oneShort")).isEqualTo(1);
        assertRatio(row, "success", 1, 2);
        assertThat(rows.getJsonObject(1).getValue("item")).isNull();
        assertThat(rows.getJsonObject(1).getLong("open")).isEqualTo(1);
    }

    @Test
    void stimuli_tellTheActivityBeforeAndAfterThem() throws Exception {
        JsonObject row = monitor.get("/api/v1/stimuli?scope=org:bbg&span=9m")
                .getJsonArray("items")
                .getJsonObject(0);

        assertThat(row.getString("type")).isEqualTo("share.posted");
        assertThat(row.getJsonObject("before").getLong("interactions")).isZero();
        assertThat(row.getJsonObject("after").getLong("interactions")).isEqualTo(3);
        assertThat(row.getJsonObject("after").getLong("active")).isEqualTo(2);
        assertRatio(row, "lift", 3, 0);
        assertThat(row.getJsonObject("after").getLong("ordersPaid")).isZero();
        assertThat(row.getBoolean("complete")).isTrue();
        JsonObject longer =
                monitor.get("/api/v1/stimuli?span=40m").getJsonArray("items").getJsonObject(0);
        assertThat(longer.getJsonObject("after").getLong("gmvPaid")).isEqualTo(400);
        assertThat(longer.getBoolean("complete")).isFalse();
        assertThat(monitor.exchange("GET", "/api/v1/stimuli?span=25h", "").statusCode())
                .isEqualTo(400);
    }

    /** Each is counted in its minute whatever the order in which they came; an end of a sale is no start. */
    @Test
    void history_countsWhatOperatorsDid() throws Exception {
        monitor.events(event("flash.started", null, TEN + 61_000, ",\"item\":\"tea\"")
                + event("redpacket.sent", null, TEN + 2, "")
                + event("flash.ended", null, TEN + 119_000, ",\"item\":\"tea\"")
                + event("redpacket.sent", null, TEN + 1, "")
                + event("broadcast.sent", null, TEN + 60_000, "")
                + event("live.started", null, TEN + 59_999, ""));
        String query = "&measures=flashes,redPackets,broadcasts,lives&from=" + TEN + "&to=" + (TEN + 120_000);

        for (String scope : new String[] {"org:bbg", "org:", "group:g1"}) {
            JsonArray minutes =
                    monitor.get("/api/v1/history?scope=" + scope + query).getJsonArray("items");
            assertThat(minutes.getJsonObject(0)).isEqualTo(acts(TEN, 0, 2, 0, 1));
            assertThat(minutes.getJsonObject(1)).isEqualTo(acts(TEN + 60_000, 1, 0, 1, 0));
        }
        JsonArray both =
                monitor.get("/api/v1/history?scope=org:bbg&step=2m" + query).getJsonArray("items");
        assertThat(both).containsExactly(acts(TEN, 1, 2, 1, 1));
    }

    private static JsonObject acts(long ts, long flashes, long redPackets, long broadcasts, long lives) {
        return new JsonObject()
                .put("ts", ts)
                .put("flashes", flashes)
                .put("redPackets", redPackets)
                .put("broadcasts", broadcasts)
                .put("lives", lives);
    }

    @Test
    void campaign_hasAFunnel_andABridgeToTheComparedOne() throws Exception {
        for (String[] plan :
                new String[][] {{"old", "" + TEN, ""}, {"c", "" + (TEN + 9 * MINUTE + 1), ",\"compareTo\":\"old\""}}) {
            long from = Long.parseLong(plan[1]);
            monitor.send(
                    "PUT",
                    "/api/v1/campaigns/" + plan[0],
                    "{\"name\":\"x\",\"org\":\"bbg\",\"from\":" + from + ",\"to\":" + (from + 9 * MINUTE + 1) + plan[2]
                            + "}");
        }
        monitor.events(touch("bob", TEN + 11 * MINUTE, "sms") + paid("bob", TEN + 12 * MINUTE, 900, null));

        JsonObject funnel = monitor.get("/api/v1/campaigns/old").getJsonObject("funnel");
        assertThat(funnel.getLong("exposed")).isEqualTo(4);
        assertRatio(funnel, "openRate", 2, 4);
        assertRatio(funnel, "buyRate", 1, 2);
        JsonObject bridge = monitor.get("/api/v1/campaigns/c").getJsonObject("bridge");
        assertThat(bridge.getLong("difference")).isEqualTo(700);
        long sum = 0;
        for (String factor : new String[] {"exposed", "openRate", "buyRate", "frequency", "basket"}) {
            sum += bridge.getLong(factor);
        }
        assertThat(sum).isEqualTo(700);
        assertThat(bridge.getLong("buyRate")).isPositive();
        assertThat(monitor.exchange("GET", "/api/v1/campaigns/c/report.csv?lang=en", "")
                        .body())
                .contains("Difference,7.00\r\n")
                .contains("Open rate,");
    }

    @Test
    void badQuestions_areRefused() throws Exception {
        for (String query : new String[] {
            "conversions?by=beauty", "conversions?scope=bbg", "conversions?from=x", "conversions?from=9&to=9",
            "conversions?at=1", "reach?by=item", "reach?limit=0", "reach?to=-1"
        }) {
            assertThat(monitor.exchange("GET", "/api/v1/" + query, "").statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(monitor.exchange("GET", "/api/v1/reach?scope=group:none", "").statusCode())
                .isEqualTo(404);
        assertThat(monitor.exchange("GET", "/api/v1/conversions?scope=org:none", "")
                        .statusCode())
                .isEqualTo(404);
    }

    private static void assertRatio(JsonObject json, String name, long num, long den) {
        assertThat(json.getJsonObject(name).getLong("num")).as(name).isEqualTo(num);
        assertThat(json.getJsonObject(name).getLong("den")).as(name).isEqualTo(den);
    }

    private String touch(String member, long ts, String channel) {
        return event("share.opened", member, ts, ",\"share\":\"s1\",\"item\":\"tea\",\"channel\":\"" + channel + "\"");
    }

    private String paid(String member, long ts, long amount, @Nullable String share) {
        String named = share == null ? "" : ",\"share\":\"" + share + "\"";
        return event(
                "order.paid", member, ts, ",\"item\":\"tea\",\"order\":\"o" + next + "\",\"amount\":" + amount + named);
    }

    private String event(String type, @Nullable String member, long ts, String more) {
        String who = member == null ? "" : ",\"member\":\"" + member + "\"";
        return "{\"id\":\"e" + next++ + "\",\"type\":\"" + type + "\",\"group\":\"g1\"" + who + ",\"ts\":" + ts + more
                + "}\n";
    }
}
