package io.grouppulse.publish.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The people of a day over HTTP: a week in two groups that share a member, told day by day. */
class PeopleTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    /** Noon of a day in Shanghai. */
    private static final long NOON = Instant.parse("2026-11-11T04:00:00Z").toEpochMilli();

    private MonitorInProcess monitor;
    private int nextId;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of("clock", "event"));
        monitor.send("PUT", "/api/v1/groups/g1", "{\"orgs\":[\"bbg/a\"],\"capacity\":10}");
        monitor.send("PUT", "/api/v1/groups/g2", "{\"orgs\":[\"bbg/b\"]}");
    }

    @AfterEach
    void stop() throws Exception {
        monitor.close();
    }

    @Test
    void people_ofTwoGroups_areCountedOnceAtTheirNode() throws Exception {
        monitor.events(act("message.sent", "g1", "old", NOON - 7 * DAY)
                + act("message.sent", "g1", "ann", NOON - 6 * DAY)
                + act("message.sent", "g1", "bob", NOON - DAY)
                + act("share.opened", "g2", "bob", NOON - HOUR)
                + act("message.sent", "g1", "bob", NOON)
                + act("message.sent", "g2", "cat", NOON));

        assertThat(people("scope=org:bbg")).isEqualTo("2 of 3");
        assertThat(people("scope=group:g1")).isEqualTo("1 of 2");
        assertThat(people("scope=org:bbg/b")).isEqualTo("2 of 2");
        assertThat(people("day=" + dayOf(NOON - DAY))).isEqualTo("1 of 3");
        assertThat(monitor.get("/api/v1/people").getJsonObject("stickiness").getDouble("value"))
                .isEqualTo(2 / 3.0);
    }

    @Test
    void membership_tellsJoinsInvitesAndWhoStayed() throws Exception {
        monitor.events(join("g1", "m1", "ann", "sms", NOON - DAY)
                + join("g1", "m2", "ann", null, NOON - DAY)
                + act("message.sent", "g1", "m1", NOON - 2 * HOUR)
                + join("g1", "m3", "ann", "sms", NOON - HOUR)
                + join("g2", "m4", "bob", null, NOON - HOUR)
                + join("g2", "m5", null, "sms", NOON - HOUR)
                + join("g1", "m6", "m6", "organic", NOON - HOUR)
                + act("member.left", "g1", "m2", NOON - HOUR)
                + act("member.left", "g2", "m4", NOON));

        JsonObject all = monitor.get("/api/v1/membership?scope=org:bbg");
        assertThat(all.getLong("members")).isEqualTo(4);
        assertThat(all.getLong("joins")).isEqualTo(4);
        assertThat(all.getLong("leaves")).isEqualTo(2);
        assertThat(all.getJsonArray("byChannel"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject().put("channel", "sms").put("joins", 2L))
                        .add(new JsonObject().put("channel", "organic").put("joins", 1L))
                        .add(new JsonObject().put("channel", "unknown").put("joins", 1L)));
        assertThat(all.getLong("invites")).as("nobody invites itself").isEqualTo(2);
        assertThat(ratio(all, "kFactor")).isEqualTo("1/2");
        assertThat(ratio(all, "fill")).isEqualTo("3/10");
        assertThat(all.getLong("etaFull")).isNull();
        JsonObject d1 = all.getJsonObject("retention").getJsonObject("d1");
        assertThat(ratio(d1, "member")).isEqualTo("1/2");
        assertThat(ratio(d1, "active")).isEqualTo("1/2");
        assertThat(ratio(all.getJsonObject("retention").getJsonObject("d7"), "member"))
                .isEqualTo("0/0");
        JsonArray decay = all.getJsonObject("retention").getJsonArray("decay");
        assertThat(decay).hasSize(7);
        assertThat(ratio(decay.getJsonObject(0), "member")).isEqualTo("1/2");
        assertThat(decay.getJsonObject(6).getLong("days")).isEqualTo(7);
        JsonObject one = monitor.get("/api/v1/membership?scope=group:g1");
        assertThat(one.getLong("etaFull")).as("7 places at one a half day").isEqualTo(NOON + 1 + 7 * (DAY / 2 + 1));
    }

    @Test
    void breadth_ofADayACampaignAndSinceTheStart_isThatOfItsMessages() throws Exception {
        monitor.send(
                "PUT",
                "/api/v1/campaigns/sale",
                "{\"name\":\"Sale\",\"groups\":[\"g1\"],\"from\":" + (NOON - DAY) + ",\"to\":" + NOON + "}");
        monitor.events(act("message.sent", "g1", "m1", NOON - DAY)
                + act("message.sent", "g1", "m1", NOON - DAY + 1)
                + act("message.sent", "g1", "m2", NOON - HOUR)
                + act("message.sent", "g2", "m3", NOON));

        JsonObject today = monitor.get("/api/v1/breadth?scope=org:bbg");
        assertThat(today.getDouble("effectiveSpeakers")).isEqualTo(2.0);
        assertThat(ratio(today, "lurkers")).isEqualTo("1/3");
        JsonObject yesterday = monitor.get("/api/v1/breadth?scope=group:g1&at=" + (NOON - DAY));
        assertThat(ratio(yesterday, "lurkers")).isEqualTo("0/1");
        JsonObject sale = monitor.get("/api/v1/breadth?scope=campaign:sale");
        assertThat(ratio(sale, "top3Share")).isEqualTo("3/3");
        assertThat(sale.getDouble("effectiveSpeakers")).isEqualTo(9.0 / 5);
        JsonObject all = monitor.get("/api/v1/breadth?period=start");
        assertThat(all.getDouble("effectiveSpeakers")).isEqualTo(16.0 / 6);
        for (String bad :
                new String[] {"period=week", "period=start&at=1", "at=" + (NOON + 2 * DAY), "scope=campaign:sale&at=1"
                }) {
            assertThat(monitor.exchange("GET", "/api/v1/breadth?" + bad, "").statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(monitor.exchange("GET", "/api/v1/breadth?scope=campaign:none", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void fission_tellsTheTreeItsPaceRewardsAndGifts() throws Exception {
        monitor.events(join("g1", "m1", "ann", null, NOON - DAY)
                + join("g1", "m2", "m1", null, NOON - HOUR)
                + join("g1", "m3", "m2", null, NOON - HOUR + 1)
                + join("g1", "m4", "ann", null, NOON - HOUR)
                + act("member.left", "g1", "m4", NOON - 1)
                + act("coupon.claimed", "g1", "m1", NOON - 2)
                + act("redpacket.claimed", "g1", "m2", NOON)
                + paid("g1", "m1", NOON)
                + paid("g1", "m2", NOON - 1));

        JsonObject all = monitor.get("/api/v1/fission?scope=org:bbg&from=" + (NOON - 2 * HOUR));
        assertThat(all.getLong("depth")).isEqualTo(2);
        assertThat(all.getJsonArray("levels")).isEqualTo(new JsonArray().add(2).add(1));
        assertThat(ratio(all, "growth")).isEqualTo("3/1");
        assertThat(all.getLong("doublingMillis")).isBetween(HOUR, 2 * HOUR);
        assertThat(ratio(all, "giftConversion")).isEqualTo("1/2");
        assertThat(all.getLong("rewards")).isEqualTo(100);
        assertThat(monitor.get("/api/v1/fission").getLong("depth")).isEqualTo(3);
        JsonArray items = monitor.get("/api/v1/fission?limit=2").getJsonArray("items");
        assertThat(items).hasSize(2);
        assertThat(items.getJsonObject(0).getLong("invites")).isEqualTo(2);
        assertThat(items.getJsonObject(0).getLong("reward")).isEqualTo(50);
        assertThat(monitor.exchange("GET", "/api/v1/fission?from=" + (NOON + 1), "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(monitor.exchange("GET", "/api/v1/fission?scope=group:none", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void referrers_areRankedByWhomTheyBroughtForGood() throws Exception {
        monitor.events(join("g1", "m1", "ann-1", null, NOON)
                + join("g1", "m2", "ann-1", null, NOON)
                + join("g2", "m3", "bob-2", null, NOON)
                + act("member.left", "g1", "m1", NOON)
                + act("member.left", "g1", "m2", NOON + HOUR));

        JsonArray board = monitor.get("/api/v1/boards/referrers").getJsonArray("items");
        assertThat(board)
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("referrer", "b***2")
                                .put("invites", 1L)
                                .put("stayed", 1L)
                                .put("rank", 1))
                        .add(new JsonObject()
                                .put("referrer", "a***1")
                                .put("invites", 2L)
                                .put("stayed", 0L)
                                .put("rank", 2)));
        assertThat(monitor.get("/api/v1/boards/referrers?by=invites")
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("referrer"))
                .isEqualTo("a***1");
    }

    private String people(String query) throws Exception {
        JsonObject answer = monitor.get("/api/v1/people?" + query);
        return answer.getLong("dau") + " of " + answer.getLong("wau");
    }

    private static String ratio(JsonObject of, String name) {
        JsonObject ratio = of.getJsonObject(name);
        return ratio.getLong("num") + "/" + ratio.getLong("den");
    }

    private static LocalDate dayOf(long ts) {
        return Instant.ofEpochMilli(ts).atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
    }

    private String join(String group, String member, @Nullable String inviter, @Nullable String channel, long ts) {
        JsonObject join = event("member.joined", group, member, ts);
        if (inviter != null) {
            join.put("inviter", inviter);
        }
        if (channel != null) {
            join.put("channel", channel);
        }
        return join.encode() + "\n";
    }

    private String act(String type, String group, String member, long ts) {
        return event(type, group, member, ts).encode() + "\n";
    }

    private String paid(String group, String member, long ts) {
        return event("order.paid", group, member, ts)
                        .put("order", "o-" + member)
                        .encode() + "\n";
    }

    private JsonObject event(String type, String group, String member, long ts) {
        nextId++;
        return new JsonObject()
                .put("id", "e" + nextId)
                .put("type", type)
                .put("ts", ts)
                .put("group", group)
                .put("member", member);
    }
}
