package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two monitors on one Redis, whose T is the wall clock: what is said to one is seen at the other, and feeds go on there. */
@Tag("long")
class NodesFeedIT {
    private static final long SECONDS = 120;
    private static final int GROUPS = 12;
    private static final List<String> TOPICS = List.of("org:c", "group:g1", "group:g2", "group:g3", "orders:");

    @TempDir
    Path directory;

    @Test
    void feedOfANodeThatDies_goesOnAtAnother_andWhatOneIsToldTheOtherKnows() throws Exception {
        try (RedisServer redis = RedisServer.start(directory, "--appendonly", "yes");
                MonitorProcess first = node(redis);
                MonitorProcess second = node(redis)) {
            Document document = Document.read(first.api(), "/asyncapi.yaml");
            for (int group = 0; group < GROUPS; group++) {
                JsonObject profile = new JsonObject().put("orgs", List.of("c/" + group % 2));
                put(api(group, first, second), "/api/v1/groups/g" + group, profile);
            }
            tellsOneAndAsksTheOther(first.api(), second.api());
            pay(first.api(), 1);
            pay(second.api(), 2);

            try (FeedClient before = FeedClient.connect(first.port(), document);
                    FeedClient elsewhere = FeedClient.connect(second.port(), document)) {
                TOPICS.forEach(topic -> before.subscribe(topic, 50));
                TOPICS.forEach(topic -> elsewhere.subscribe(topic, 50));
                awaitPaid(before, 2);
                awaitPaid(elsewhere, 2);
                pay(second.api(), 3);
                awaitPaid(before, 3);
                awaitPaid(elsewhere, 3);

                first.kill();
                assertThat(before.ledger().faults()).isEmpty();
                try (FeedClient after = FeedClient.connect(second.port(), document)) {
                    for (String topic : TOPICS) {
                        String epoch = before.ledger().read(topic, TopicState::epoch);
                        after.resume(topic, 50, epoch, before.ledger().read(topic, TopicState::seq));
                    }
                    Wait.until(SECONDS, "the other node is ready", () -> isReady(second));
                    pay(second.api(), 4);
                    awaitPaid(after, 4);
                    awaitPaid(elsewhere, 4);
                    for (String topic : TOPICS) {
                        assertThat(after.ledger().read(topic, TopicState::kinds).get(0))
                                .as(topic)
                                .isEqualTo("snapshot");
                    }
                    assertThat(after.ledger().faults()).isEmpty();
                    assertThat(elsewhere.ledger().faults()).isEmpty();
                }
            }
        }
    }

    private static MonitorProcess node(RedisServer redis) throws Exception {
        return MonitorProcess.start(Map.of("store", redis.address(), "shards", "4", "clock", "system"));
    }

    private static Api api(int i, MonitorProcess first, MonitorProcess second) {
        return i % 2 == 0 ? first.api() : second.api();
    }

    private static void tellsOneAndAsksTheOther(Api one, Api other) throws Exception {
        long now = System.currentTimeMillis();
        JsonObject sale = new JsonObject()
                .put("name", "Sale")
                .put("org", "c")
                .put("from", now - 60_000)
                .put("to", now + 3_600_000);
        put(one, "/api/v1/campaigns/s", sale);
        put(other, "/api/v1/campaigns/t", sale);
        String bad = "{\"type\":\"nonsense\",\"id\":\"bad\",\"ts\":1,\"group\":\"g1\"}";
        one.send("POST", "/api/v1/events", bad, "Content-Type", "application/json");

        for (Api each : List.of(one, other)) {
            for (String campaign : List.of("s", "t")) {
                Wait.until(
                        SECONDS,
                        "campaign " + campaign,
                        () -> each.get("/api/v1/campaigns/" + campaign).status() == 200);
            }
            Wait.until(
                    SECONDS,
                    "the reject",
                    () -> each.get("/api/v1/rejects").body().contains("\"bad\""));
            Wait.until(SECONDS, "all groups", () -> groupsOf(each) == GROUPS);
            Wait.until(SECONDS, "alerts", () -> each.get("/api/v1/alerts").status() == 200);
        }
    }

    /** Puts the same again while a part of the monitor is on its way to the node that has just joined. */
    private static void put(Api api, String path, JsonObject body) throws Exception {
        Wait.until(SECONDS, path, () -> {
            int status = api.put(path, body).status();
            assertThat(status).as(path).isIn(200, 503);
            return status == 200;
        });
    }

    private static int groupsOf(Api api) throws Exception {
        Api.Answer answer = api.get("/api/v1/orgs/c");
        return answer.status() == 200 ? answer.json().getJsonObject("groups").getInteger("total") : -1;
    }

    /** One order of an amount of its own in each of three groups; returns once every query shows them. */
    private static void pay(Api api, int round) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int group = 1; group <= 3; group++) {
            lines.append(new JsonObject()
                            .put("id", "paid-" + round + "-" + group)
                            .put("type", "order.paid")
                            .put("ts", System.currentTimeMillis())
                            .put("group", "g" + group)
                            .put("member", "m" + round)
                            .put("order", "o-" + round + "-" + group)
                            .put("amount", round)
                            .encode())
                    .append('\n');
        }
        Wait.until(SECONDS, "orders are taken", () -> isTaken(api, lines.toString()));
    }

    private static boolean isTaken(Api api, String lines) throws InterruptedException {
        try {
            return api.send("POST", "/api/v1/events?wait=applied", lines, "Content-Type", "application/x-ndjson")
                            .status()
                    == 200;
        } catch (IOException late) {
            return false;
        }
    }

    private static void awaitPaid(FeedClient client, int rounds) throws Exception {
        Wait.until(SECONDS, rounds + " rounds of orders in the rain", () -> rained(client) == 3L * rounds);
        for (int group = 1; group <= 3; group++) {
            String topic = "group:g" + group;
            Wait.until(
                    SECONDS,
                    topic,
                    () -> client.ledger()
                                    .read(topic, TopicState::data)
                                    .getJsonObject("total", new JsonObject())
                                    .getInteger("ordersPaid", 0)
                            == rounds);
        }
        Wait.until(
                SECONDS,
                "org:c",
                () -> client.ledger()
                                .read("org:c", TopicState::data)
                                .getJsonObject("total", new JsonObject())
                                .getInteger("ordersPaid", 0)
                        == 3 * rounds);
    }

    private static long rained(FeedClient client) {
        return client.ledger().read("orders:", TopicState::items).stream()
                .map(item -> item.getString("group") + " " + item.getLong("amount"))
                .distinct()
                .count();
    }

    private static boolean isReady(MonitorProcess monitor) throws Exception {
        return monitor.api().get("/health/ready").status() == 200;
    }
}
