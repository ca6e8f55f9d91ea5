package io.grouppulse.publish.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignAndRainTest {
    private static final long T0 = 1_790_000_000_000L;
    private static final long DAY = 86_400_000;

    private MonitorInProcess monitor;
    private int next;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
        for (String group : new String[] {"g1", "g2", "g3"}) {
            monitor.send("PUT", "/api/v1/groups/" + group, "{\"orgs\":[\"bbg/" + group + "\"]}");
        }
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
    }

    @Test
    void campaign_standsAgainstItsTargetsAndAnEarlierOneAtTheSameMoment() throws Exception {
        monitor.send("PUT", "/api/v1/campaigns/old", campaign(T0 - DAY, ""));
        monitor.send(
                "PUT",
                "/api/v1/campaigns/new",
                campaign(T0, ",\"targets\":{\"gmv\":10000,\"orders\":10},\"compareTo\":\"old\""));
        monitor.events(paid("g1", "m1", T0 - DAY + 1_000, 100)
                + paid("g2", "m2", T0 - DAY + 2_000, 200)
                + paid("g2", "m3", T0 - DAY + 3_000, 300)
                + paid("g2", "m4", T0 - DAY + 1_900_000, 400)
                + paid("g1", "m1", T0 - 1, 999)
                + paid("g1", "m1", T0, 1_000)
                + paid("g1", "m1", T0 + 60_000, 2_000)
                + paid("g3", "m9", T0 + 1_800_000, 500));

        JsonObject json = monitor.get("/api/v1/campaigns/new");

        assertThat(json.getLong("asOf")).isEqualTo(T0 + 1_800_000);
        assertThat(json.getString("state")).isEqualTo("running");
        assertThat(json.getLong("ordersPaid")).isEqualTo(3);
        assertThat(json.getLong("gmvPaid")).isEqualTo(3_500);
        assertThat(json.getLong("buyers")).isEqualTo(2);
        assertThat(json.getJsonObject("progress").getJsonObject("gmv").getDouble("value"))
                .isEqualTo(0.35);
        assertThat(json.getJsonObject("pace").getJsonObject("orders").getDouble("value"))
                .isEqualTo(0.6);
        JsonObject compared = json.getJsonObject("compared");
        assertThat(compared.getLong("ordersPaid")).isEqualTo(3);
        assertThat(compared.getLong("gmvPaid")).isEqualTo(600);
        JsonArray behind = json.getJsonArray("behind");
        assertThat(behind).hasSize(1);
        assertThat(behind.getJsonObject(0).getString("group")).isEqualTo("g2");
        assertThat(behind.getJsonObject(0).getJsonObject("gap"))
                .isEqualTo(new JsonObject("{\"orders\":2,\"gmv\":500}"));
        assertThat(monitor.exchange("GET", "/api/v1/campaigns/none", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void campaign_tellsNetMoneyBesideGross_andTheLargestGapInMoneyFirst() throws Exception {
        monitor.send("PUT", "/api/v1/campaigns/old", campaign(T0 - DAY, ""));
        monitor.send("PUT", "/api/v1/campaigns/new", campaign(T0, ",\"compareTo\":\"old\""));
        monitor.events(paid("g1", "m1", T0 - DAY + 1, 500)
                + paid("g2", "m1", T0 - DAY + 2, 100)
                + paid("g2", "m1", T0 - DAY + 3, 100)
                + paid("g3", "m1", T0 - DAY + 4, 100)
                + of("paid", "g1", "a", T0 + 1, ",\"amount\":400")
                + of("refunded", "g1", "a", T0 + 2, ",\"amount\":30")
                + of("paid", "g2", "b", T0 + 3, ",\"amount\":70")
                + of("cancelled", "g2", "b", T0 + 4, "")
                + of("paid", "g3", "c", T0 + 5, "")
                + of("created", "g3", "d", T0 + 6, ",\"amount\":90"));

        JsonObject json = monitor.get("/api/v1/campaigns/new");

        assertThat(json.getLong("gmvPaid")).isEqualTo(470);
        assertThat(json.getLong("refunds")).isEqualTo(30);
        assertThat(json.getLong("gmvCancelled")).isEqualTo(70);
        assertThat(json.getLong("gmvNet")).isEqualTo(370);
        assertThat(json.getLong("unpriced")).isEqualTo(1);
        assertThat(json.getLong("unpaid")).isEqualTo(1);
        assertThat(json.getLong("buyers")).isEqualTo(3);
        assertThat(json.getJsonObject("people").getLong("buyers")).isEqualTo(1);
        assertThat(json.getJsonArray("behind").stream()
                        .map(row -> ((JsonObject) row).getString("group") + ((JsonObject) row).getJsonObject("gap")))
                .containsExactly(
                        "g2{\"orders\":1,\"gmv\":130}", "g1{\"orders\":0,\"gmv\":100}", "g3{\"orders\":0,\"gmv\":100}");
    }

    private String of(String transition, String group, String order, long ts, String more) {
        return event("order." + transition, group, ts, ",\"member\":\"m1\",\"order\":\"" + order + "\"" + more);
    }

    @Test
    void campaignOfListedGroups_countsTheseAlone() throws Exception {
        monitor.send(
                "PUT",
                "/api/v1/campaigns/few",
                "{\"name\":\"n\",\"groups\":[\"g2\"],\"from\":" + T0 + ",\"to\":" + (T0 + DAY) + "}");
        monitor.events(paid("g1", "m1", T0 + 1, 100) + paid("g2", "m2", T0 + 2, 200));

        JsonObject json = monitor.get("/api/v1/campaigns/few");

        assertThat(json.getLong("gmvPaid")).isEqualTo(200);
        assertThat(json.getValue("compared")).isNull();
        assertThat(json.getJsonObject("pace").getValue("gmv")).isNull();
    }

    @Test
    void history_ofACampaign_isThatOfItsGroupsInItsTime() throws Exception {
        long from = T0 - T0 % 120_000;
        monitor.send(
                "PUT",
                "/api/v1/campaigns/two",
                "{\"name\":\"n\",\"groups\":[\"g1\",\"g2\"],\"from\":" + from + ",\"to\":" + (from + 180_000) + "}");
        monitor.events(paid("g1", "m1", from - 1, 1)
                + paid("g1", "m1", from, 10)
                + paid("g3", "m3", from + 1, 100)
                + paid("g2", "m2", from + 120_000, 1_000)
                + paid("g2", "m2", from + 180_000, 10_000)
                + paid("g1", "m1", from + 400_000, 100_000));

        assertThat(gmvByMinute("scope=campaign:two", from)).isEqualTo("0=10 1=0 2=1000 ");
        assertThat(gmvByMinute("scope=campaign:two&step=2m", from)).isEqualTo("0=10 2=1000 ");
        assertThat(gmvByMinute("scope=campaign:two&from=" + (from - 60_000) + "&to=" + (from + 240_000), from))
                .isEqualTo("-1=0 0=10 1=0 2=1000 3=0 ");
        assertThat(gmvByMinute("scope=org:bbg&from=" + (from - 60_000) + "&to=" + (from + 240_000), from))
                .isEqualTo("-1=1 0=110 1=0 2=1000 3=10000 ");
    }

    @Test
    void history_ofACampaignThatRuns_endsAtT() throws Exception {
        long from = T0 - T0 % 60_000;
        monitor.send("PUT", "/api/v1/campaigns/c", campaign(from, ""));
        monitor.events(paid("g1", "m1", from, 10) + paid("g1", "m1", from + 60_000, 20));

        assertThat(gmvByMinute("scope=campaign:c", from)).isEqualTo("0=10 1=20 ");
    }

    private String gmvByMinute(String query, long from) throws Exception {
        StringBuilder text = new StringBuilder();
        for (Object item :
                monitor.get("/api/v1/history?measures=gmvPaid&" + query).getJsonArray("items")) {
            JsonObject minute = (JsonObject) item;
            text.append((minute.getLong("ts") - from) / 60_000)
                    .append('=')
                    .append(minute.getLong("gmvPaid"))
                    .append(' ');
        }
        return text.toString();
    }

    @Test
    void campaigns_areListedByNode_thoseThatBeginLastFirst_pageByPage() throws Exception {
        monitor.send("PUT", "/api/v1/campaigns/a", campaign(T0, ""));
        monitor.send("PUT", "/api/v1/campaigns/b", campaign(T0, ""));
        monitor.send("PUT", "/api/v1/campaigns/over", campaign(T0 - DAY, ""));
        monitor.send("PUT", "/api/v1/campaigns/soon", campaign(T0 + DAY, ""));
        monitor.send(
                "PUT", "/api/v1/campaigns/below", campaign(T0 - 2 * DAY, "").replace("\"bbg\"", "\"bbg/g1\""));
        monitor.events(paid("g1", "m1", T0 + 60_000, 100));

        assertThat(listed("")).containsExactly("soon", "a", "b", "over", "below");
        assertThat(listed("?org=bbg/g1")).containsExactly("soon", "a", "b", "over", "below");
        assertThat(listed("?org=bbg/g2")).containsExactly("soon", "a", "b", "over");
        assertThat(listed("?state=running")).containsExactly("a", "b");
        assertThat(listed("?state=planned")).containsExactly("soon");
        assertThat(listed("?state=closed")).containsExactly("over", "below");
        assertThat(listed("?limit=2")).containsExactly("soon", "a");
        String cursor = monitor.get("/api/v1/campaigns?limit=2").getString("cursor");
        assertThat(listed("?limit=3&cursor=" + cursor)).containsExactly("b", "over", "below");
        assertThat(monitor.get("/api/v1/campaigns?limit=5").getValue("cursor")).isNull();
    }

    private List<String> listed(String query) throws Exception {
        return monitor.get("/api/v1/campaigns" + query).getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("id"))
                .toList();
    }

    @Test
    void rain_namesItsTriggerAndItsGroups() throws Exception {
        monitor.send("PUT", "/api/v1/groups/g2", "{\"name\":\"Two\",\"orgs\":[\"bbg\"]}");
        StringBuilder events =
                new StringBuilder(event("share.posted", "g2", T0 + 595_500, ",\"share\":\"s1\",\"item\":\"tea\""));
        for (int i = 0; i < 6; i++) {
            events.append(paid(i < 4 ? "g2" : "g1", "m" + i, T0 + 600_000 + i * 1_000L, 100));
        }
        monitor.events(events.toString());

        JsonArray items = monitor.get("/api/v1/rain?scope=org:bbg&curve=true").getJsonArray("items");

        assertThat(items).hasSize(1);
        JsonObject episode = items.getJsonObject(0);
        assertThat(episode.getLong("start")).isEqualTo(T0 + 604_000);
        assertThat(episode.getLong("orders")).isEqualTo(6);
        assertThat(episode.getLong("gmv")).isEqualTo(600);
        assertThat(episode.getLong("buyers")).isEqualTo(6);
        JsonObject trigger = episode.getJsonObject("trigger");
        assertThat(trigger.getString("type")).isEqualTo("share.posted");
        assertThat(trigger.getString("group")).isEqualTo("g2");
        assertThat(trigger.getString("name")).isEqualTo("Two");
        assertThat(trigger.getString("item")).isEqualTo("tea");
        assertThat(trigger.getLong("secondsToFirstOrder")).isEqualTo(4);
        assertThat(episode.getJsonArray("topGroups").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"group\":\"g2\",\"orders\":4}"));
        assertThat(episode.getJsonArray("curve").stream()
                        .mapToLong(n -> ((Number) n).longValue())
                        .sum())
                .isEqualTo(6);
        assertThat(monitor.get("/api/v1/rain?scope=group:g1").getJsonArray("items"))
                .isEmpty();
        assertThat(monitor.exchange("GET", "/api/v1/rain?scope=group:none", "").statusCode())
                .isEqualTo(404);
        assertThat(monitor.exchange("GET", "/api/v1/rain?scope=bbg", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void rainThatBeginsInTheSecondOfAnAction_isTriggeredByIt() throws Exception {
        StringBuilder events = new StringBuilder(event("share.posted", "g2", T0 + 599_000, ""))
                .append(event("flash.started", "g1", T0 + 600_400, ""))
                .append(event("broadcast.sent", "g1", T0 + 601_000, ""));
        for (int i = 0; i < 5; i++) {
            events.append(paid("g1", "m" + i, T0 + 600_500 + i, 100));
        }
        monitor.events(events + event("broadcast.sent", "g1", T0 + 700_000, ""));

        JsonObject episode =
                monitor.get("/api/v1/rain?scope=org:bbg").getJsonArray("items").getJsonObject(0);

        assertThat(episode.getLong("start")).isEqualTo(T0 + 600_000);
        JsonObject trigger = episode.getJsonObject("trigger");
        assertThat(trigger.getString("type")).isEqualTo("flash.started");
        assertThat(trigger.getLong("ts")).isEqualTo(T0 + 600_400);
        assertThat(episode.getLong("end")).isEqualTo(T0 + 660_000);
        assertThat(episode.getLong("halfLifeSeconds")).isEqualTo(60);
        assertThat(trigger.getLong("secondsBefore")).isZero();
        assertThat(trigger.getLong("secondsToFirstOrder")).isZero();
    }

    @Test
    void orderWithoutAGroup_isUnattributed_andInNoGroup() throws Exception {
        monitor.events(paid("g1", "m1", T0, 100) + "{\"id\":\"x\",\"type\":\"order.paid\",\"ts\":" + T0
                + ",\"member\":\"m9\",\"order\":\"ox\",\"amount\":7}\n");

        JsonObject root = monitor.get("/api/v1/orgs");

        assertThat(root.getJsonObject("unattributed").getLong("ordersPaid")).isEqualTo(1);
        assertThat(root.getJsonObject("unattributed").getLong("gmvPaid")).isEqualTo(7);
        assertThat(root.getJsonObject("total").getLong("ordersPaid")).isEqualTo(1);
        assertThat(monitor.get("/api/v1/groups").getJsonArray("items")).hasSize(3);
    }

    private static String campaign(long from, String more) {
        return "{\"name\":\"n\",\"org\":\"bbg\",\"from\":" + from + ",\"to\":" + (from + 3_600_000) + more + "}";
    }

    private String paid(String group, String member, long ts, long amount) {
        return event(
                "order.paid",
                group,
                ts,
                ",\"member\":\"" + member + "\",\"order\":\"o" + next + "\",\"amount\":" + amount);
    }

    private String event(String type, String group, long ts, String more) {
        return "{\"id\":\"e" + next++ + "\",\"type\":\"" + type + "\",\"group\":\"" + group + "\",\"ts\":" + ts + more
                + "}\n";
    }
}
