package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The live feed by WebSocket: what its frames add up to, how a client comes back, and what it may not do. */
final class FeedIT {
    private static final int GROUPS = 300;
    private static final long SECONDS = 60;

    private static MonitorProcess monitor;
    private static Api api;
    private static Document document;
    private static Sale sale;

    @BeforeAll
    static void start() throws Exception {
        monitor = MonitorProcess.start(Map.of());
        api = monitor.api();
        document = Document.read(api, "/asyncapi.yaml");
        sale = new Sale(1, GROUPS);
        for (int group = 0; group < 10; group++) {
            JsonObject profile = new JsonObject().put("orgs", List.of("c/" + group % 2, "team-" + group % 3));
            assertThat(api.put("/api/v1/groups/g" + group, profile).status()).isEqualTo(200);
        }
        api.take(sale.everyGroup());
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    private static void feed(int batches) throws Exception {
        for (int batch = 0; batch < batches; batch++) {
            api.take(sale.next(40, 400));
        }
    }

    private static JsonObject rest(String topic) throws Exception {
        String name = topic.substring(topic.indexOf(':') + 1);
        JsonObject body;
        if (topic.equals("sources")) {
            body = new JsonObject();
            for (Object item : api.get("/api/v1/sources").json().getJsonArray("items")) {
                JsonObject source = ((JsonObject) item).copy();
                String id = (String) source.remove("source");
                body.put(id, source);
            }
            return TopicState.withoutNulls(new JsonObject().put("items", body));
        }
        String path = topic.startsWith("org:") ? "/api/v1/orgs" : "/api/v1/groups";
        body = api.get(path + (name.isEmpty() ? "" : "/" + name)).json();
        body.remove("asOf");
        if (body.remove("children") instanceof io.vertx.core.json.JsonArray children) {
            body.put(
                    "childOrgs",
                    new io.vertx.core.json.JsonArray(children.stream()
                            .map(child -> ((JsonObject) child).getString("org"))
                            .toList()));
        }
        return TopicState.withoutNulls(body);
    }

    private static void awaitRest(FeedClient client, String topic) throws Exception {
        try {
            Wait.until(
                    SECONDS,
                    topic,
                    () -> client.ledger().read(topic, TopicState::data).equals(rest(topic)));
        } catch (AssertionError e) {
            assertThat(client.ledger().read(topic, TopicState::data)).as(topic).isEqualTo(rest(topic));
        }
    }

    @Test
    void snapshotAndDeltasAddUpToWhatRestAnswers() throws Exception {
        List<String> topics = List.of("org:", "org:c", "org:c/1", "org:team-2", "group:g1", "group:g4", "sources");
        try (FeedClient fast = FeedClient.connect(monitor.port(), document);
                FeedClient slow = FeedClient.connect(monitor.port(), document)) {
            topics.forEach(topic -> fast.subscribe(topic, 50));
            fast.subscribe("rain:org:c", 250);
            fast.subscribe("rain:group:g1", 50);
            topics.forEach(topic -> slow.subscribe(topic, 1_000));
            feed(25);
            for (String topic : topics) {
                awaitRest(fast, topic);
                awaitRest(slow, topic);
                List<String> kinds = fast.ledger().read(topic, TopicState::kinds);
                assertThat(kinds.get(0)).isEqualTo("snapshot");
                assertThat(kinds.subList(1, kinds.size())).doesNotContain("snapshot");
                assertThat(kinds).contains("delta");
            }
            Wait.until(SECONDS, "the newest moment", () -> fast.ledger().read("org:", TopicState::asOf) == sale.now());
            assertThat(fast.ledger().faults()).isEmpty();
            assertThat(slow.ledger().faults()).isEmpty();
        }
    }

    @Test
    void eachPaidOrderRainsOnce() throws Exception {
        int before = sale.paid();
        try (FeedClient fast = FeedClient.connect(monitor.port(), document);
                FeedClient late = FeedClient.connect(monitor.port(), document)) {
            fast.subscribe("orders:", 50);
            Wait.until(SECONDS, "a snapshot", () -> fast.ledger().size() > 0);
            feed(5);
            late.subscribe("orders:", 250);
            feed(15);
            List<Long> expected =
                    LongStream.rangeClosed(before + 1, sale.paid()).boxed().toList();
            Wait.until(SECONDS, "all orders", () -> amounts(fast).containsAll(expected));
            Wait.until(SECONDS, "the last order", () -> amounts(late).contains((long) sale.paid()));
            assertThat(amounts(fast)).doesNotHaveDuplicates();
            List<Long> tail = amounts(late);
            assertThat(tail).doesNotHaveDuplicates();
            long oldest = tail.stream().min(Long::compare).orElseThrow();
            assertThat(tail)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(oldest, sale.paid()).boxed().toList());
            assertThat(tail.size()).isGreaterThan(50);
            assertThat(fast.ledger().faults()).isEmpty();
            assertThat(late.ledger().faults()).isEmpty();
            assertThat(fast.ledger().read("orders:", TopicState::skipped)).isZero();
        }
    }

    private static List<Long> amounts(FeedClient client) {
        return client.ledger().read("orders:", TopicState::items).stream()
                .map(order -> order.getLong("amount"))
                .toList();
    }

    @Test
    void whoComesBackGetsWhatItMissed() throws Exception {
        try (FeedClient stays = FeedClient.connect(monitor.port(), document)) {
            stays.subscribe("org:", 50);
            stays.subscribe("orders:", 50);
            awaitRest(stays, "org:");
            Wait.until(SECONDS, "orders", () -> stays.ledger().read("orders:", TopicState::seq) > 0);
            String epoch = stays.ledger().read("org:", TopicState::epoch);
            long seq = stays.ledger().read("org:", TopicState::seq);
            String ordersEpoch = stays.ledger().read("orders:", TopicState::epoch);
            long ordersSeq = stays.ledger().read("orders:", TopicState::seq);
            int paid = sale.paid();
            for (int batch = 0; batch < 4; batch++) {
                feed(1);
                awaitRest(stays, "org:");
            }
            Wait.until(SECONDS, "orders", () -> amounts(stays).contains((long) sale.paid()));
            try (FeedClient back = FeedClient.connect(monitor.port(), document)) {
                back.resume("org:", 50, epoch, seq);
                back.resume("orders:", 50, ordersEpoch, ordersSeq);
                Wait.until(
                        SECONDS,
                        "deltas",
                        () -> back.ledger().read("org:", TopicState::seq)
                                >= stays.ledger().read("org:", TopicState::seq));
                assertThat(back.ledger().frames())
                        .filteredOn(frame -> "org:".equals(frame.getString("topic")))
                        .first()
                        .extracting(frame -> frame.getLong("seq"))
                        .isEqualTo(seq + 1);
                assertThat(back.ledger().read("org:", TopicState::kinds)).doesNotContain("snapshot");
                List<Long> missed =
                        LongStream.rangeClosed(paid + 1, sale.paid()).boxed().toList();
                Wait.until(SECONDS, "missed orders", () -> amounts(back).size() >= missed.size());
                assertThat(amounts(back)).containsExactlyInAnyOrderElementsOf(missed);
            }
            for (JsonObject since : List.of(
                    new JsonObject().put("epoch", "other").put("seq", seq),
                    new JsonObject().put("epoch", epoch).put("seq", -1),
                    new JsonObject().put("epoch", epoch).put("seq", Long.MAX_VALUE))) {
                try (FeedClient stranger = FeedClient.connect(monitor.port(), document)) {
                    stranger.resume("org:", 50, since.getString("epoch"), since.getLong("seq"));
                    awaitRest(stranger, "org:");
                    assertThat(stranger.ledger().frames().get(0).getString("kind"))
                            .isEqualTo("snapshot");
                }
            }
        }
    }

    @Test
    void aTopicNobodyWatchedForAWhileIsNotStaleWhenResumed() throws Exception {
        String epoch;
        long seq;
        try (FeedClient first = FeedClient.connect(monitor.port(), document)) {
            first.subscribe("group:g5", 50);
            awaitRest(first, "group:g5");
            epoch = first.ledger().read("group:g5", TopicState::epoch);
            seq = first.ledger().read("group:g5", TopicState::seq);
        }
        api.take(sale.everyGroup());
        try (FeedClient second = FeedClient.connect(monitor.port(), document);
                FeedClient third = FeedClient.connect(monitor.port(), document)) {
            second.subscribe("group:g5", 50);
            awaitRest(second, "group:g5");
            third.resume("group:g5", 50, epoch, seq);
            Wait.until(SECONDS, "a frame", () -> third.ledger().size() > 0);
            assertThat(third.ledger().frames().get(0).getString("kind")).isEqualTo("delta");
        }
    }

    @Test
    void aSubscriptionMayComeBeforeWhatItIsAbout() throws Exception {
        List<String> topics = List.of(
                "group:early",
                "org:dawn",
                "orders:dawn",
                "alerts:dawn",
                "rain:org:dawn",
                "board:items:org:dawn:today",
                "board:groups:org:dawn:5m:refunds",
                "campaign:sunrise");
        try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
            topics.forEach(topic -> client.subscribe(topic, 50));
            Wait.until(SECONDS, "an error for each", () -> client.ledger().size() == topics.size());
            assertThat(client.ledger().frames())
                    .allSatisfy(frame -> assertThat(frame.getString("code")).isEqualTo("unknown_topic"))
                    .extracting(frame -> frame.getString("topic"))
                    .containsExactlyInAnyOrderElementsOf(topics);
            api.send("PUT", "/api/v1/groups/early", "{\"orgs\":[\"dawn\"]}");
            api.send("PUT", "/api/v1/campaigns/sunrise", "{\"name\":\"Sunrise\",\"org\":\"dawn\",\"from\":1,\"to\":2}");
            for (String topic : topics) {
                Wait.until(SECONDS, topic, () -> client.ledger().read(topic, TopicState::seq) > 0);
                assertThat(client.ledger().read(topic, TopicState::kinds))
                        .as(topic)
                        .startsWith("snapshot");
            }
            assertThat(client.ledger().faults()).isEmpty();
        }
    }

    @Test
    void aGroupJustRegisteredCanBeWatchedAtOnce() throws Exception {
        try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
            for (int i = 0; i < 5; i++) {
                String topic = "group:fresh" + i;
                api.send("PUT", "/api/v1/groups/fresh" + i, "{\"orgs\":[\"fresh\"]}");
                client.subscribe(topic, 50);
                Wait.until(SECONDS, topic, () -> client.ledger().read(topic, TopicState::seq) > 0);
            }
            assertThat(client.ledger().frames()).noneMatch(frame -> "error".equals(frame.getString("op")));
        }
    }

    @Test
    void aGroupThatIsDeletedIsSaidToBeGone() throws Exception {
        api.take(sale.next(1, 0)
                + new JsonObject()
                        .put("id", "gone-1")
                        .put("type", "message.sent")
                        .put("ts", sale.now())
                        .put("group", "gone")
                        .put("member", "m")
                        .encode());
        try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
            client.subscribe("group:gone", 50);
            Wait.until(SECONDS, "a snapshot", () -> client.ledger().size() > 0);
            assertThat(api.send("DELETE", "/api/v1/groups/gone", "").status()).isEqualTo(204);
            Wait.until(
                    SECONDS,
                    "an error",
                    () -> "error".equals(client.ledger().last().getString("op")));
            assertThat(client.ledger().last().getString("code")).isEqualTo("unknown_topic");
            assertThat(client.ledger().faults()).isEmpty();
        }
    }

    @Test
    void afterUnsubscribingNothingComes() throws Exception {
        try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
            client.subscribe("org:", 50);
            awaitRest(client, "org:");
            client.send("{\"op\":\"unsubscribe\",\"topic\":\"org:\"}");
            client.subscribe("group:g2", 50);
            Wait.until(SECONDS, "group", () -> client.ledger().read("group:g2", TopicState::seq) > 0);
            int frames = client.ledger().read("org:", TopicState::kinds).size();
            feed(3);
            awaitRest(client, "group:g2");
            assertThat(client.ledger().read("org:", TopicState::kinds)).hasSize(frames);
        }
    }

    @Test
    void silenceLooksAlive() throws Exception {
        try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
            client.subscribe("group:g250", 50);
            client.subscribe("orders:", 50);
            Wait.until(
                    SECONDS,
                    "ticks",
                    () -> client.ledger().read("group:g250", TopicState::kinds).contains("tick")
                            && client.ledger()
                                    .read("orders:", TopicState::kinds)
                                    .contains("tick"));
            assertThat(client.ledger().faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{\"op\":\"ping\"; malformed_json",
                "nonsense; malformed_json",
                "null; malformed_json",
                "[1]; malformed_json",
                "\"op\"; malformed_json",
                "42; malformed_json",
                "{} {}; malformed_json",
                "{\"op\":\"ping\",\"n\":1,\"n\":2}; malformed_json",
                "{\"op\":\"ping\",\"n\":1,\"x\":{\"a\":1,\"a\":1}}; malformed_json",
                "{}; missing_field",
                "{\"op\":null}; missing_field",
                "{\"op\":7}; bad_field",
                "{\"op\":{}}; bad_field",
                "{\"op\":\"dance\"}; unknown_op",
                "{\"op\":\"ping\"}; missing_field",
                "{\"op\":\"ping\",\"n\":\"1\"}; bad_field",
                "{\"op\":\"ping\",\"n\":{}}; bad_field",
                "{\"op\":\"ping\",\"n\":1.5}; bad_field",
                "{\"op\":\"ping\",\"n\":1e400}; bad_field",
                "{\"op\":\"ping\",\"n\":1e32000000000000000000}; malformed_json",
                "{\"op\":\"ping\",\"n\":1e-999999999}; bad_field",
                "{\"op\":\"ping\",\"n\":99999999999999999999}; bad_field",
                "{\"op\":\"auth\"}; missing_field",
                "{\"op\":\"auth\",\"token\":1}; bad_field",
                "{\"op\":\"subscribe\"}; missing_field",
                "{\"op\":\"subscribe\",\"topic\":5}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":[\"org:\"]}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"\"}; unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"orgs:\"}; unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"group:\"}; unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"group:nobody\"}; unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"org:nowhere\"}; unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"orders:nowhere\"}; unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"every\":\"50\"}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"every\":51}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"every\":50.5}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"every\":4294967346}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"every\":-50}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"every\":true}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"since\":5}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"since\":{}}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"since\":{\"epoch\":1,\"seq\":1}}; bad_field",
                "{\"op\":\"subscribe\",\"topic\":\"org:\",\"since\":{\"epoch\":\"a\",\"seq\":\"1\"}}; bad_field",
                "{\"op\":\"unsubscribe\"}; missing_field",
                "{\"op\":\"unsubscribe\",\"topic\":{}}; bad_field",
            })
    void whatCannotBeReadIsAnsweredAndTheConnectionLives(String command, String code) throws Exception {
        try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
            JsonObject answer = client.answerTo(command);
            assertThat(answer.getString("op")).isEqualTo("error");
            assertThat(answer.getString("code")).isEqualTo(code);
            assertThat(client.answerTo("{\"op\":\"ping\",\"n\":12}"))
                    .isEqualTo(new JsonObject().put("op", "pong").put("n", 12));
            assertThat(client.ledger().faults()).isEmpty();
        }
    }

    @Test
    void binaryFramesAndDeepNestingAreRefused() throws Exception {
        try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
            client.sendBinary("{\"op\":\"ping\",\"n\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            Wait.until(SECONDS, "an error", () -> client.ledger().size() == 1);
            assertThat(client.ledger().last().getString("code")).isEqualTo("malformed_json");
            JsonObject answer = client.answerTo("[".repeat(20_000));
            assertThat(answer.getString("code")).isEqualTo("malformed_json");
            String longTopic = "group:" + "x".repeat(40_000);
            client.subscribe(longTopic, 50);
            Wait.until(SECONDS, "an error", () -> client.ledger().size() == 3);
            assertThat(client.ledger().last().getString("code")).isEqualTo("unknown_topic");
            assertThat(client.ledger().last().getString("topic")).hasSizeLessThan(600);
        }
    }

    @Test
    void aFrameOrMessageOfMoreThan64KibClosesWith1009() throws Exception {
        // Its head is enough: whoever still sends the rest when the server closes may hear of nothing but the broken
        // connection.
        try (RawFeed whole = new RawFeed(monitor.port());
                FeedClient parts = FeedClient.connect(monitor.port(), document)) {
            whole.begin(65 * 1024);
            assertThat(whole.next()).isEmpty();
            assertThat(whole.closeCode()).isEqualTo(1009);
            for (int part = 0; part < 5; part++) {
                parts.sendPart("x".repeat(15 * 1024));
            }
            assertThat(parts.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void aConnectionHas256TopicsAtMost() throws Exception {
        try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
            IntStream.range(0, 257).forEach(group -> client.subscribe("group:g" + group, 5_000));
            // Some topics tick while others are not yet answered, so the frames cannot be counted.
            Wait.until(
                    SECONDS,
                    "all answers",
                    () -> client.ledger().frames().stream().anyMatch(frame -> frame.containsKey("op"))
                            && IntStream.range(0, 256)
                                    .allMatch(group -> client.ledger().read("group:g" + group, TopicState::seq) > 0));
            List<JsonObject> errors = client.ledger().frames().stream()
                    .filter(frame -> frame.containsKey("op"))
                    .toList();
            assertThat(errors).hasSize(1);
            assertThat(errors.get(0).getString("code")).isEqualTo("too_many_topics");
            assertThat(errors.get(0).getString("topic")).isEqualTo("group:g256");
            client.send("{\"op\":\"unsubscribe\",\"topic\":\"group:g0\"}");
            client.subscribe("group:g256", 5_000);
            awaitRest(client, "group:g256");
            assertThat(client.ledger().faults()).isEmpty();
        }
    }

    @Test
    void theSubprotocolIsSelectedWhereOffered() {
        try (FeedClient with = FeedClient.connect(monitor.port(), document, "grouppulse.v1");
                FeedClient without = FeedClient.connect(monitor.port(), document)) {
            assertThat(with.subprotocol()).isEqualTo("grouppulse.v1");
            assertThat(without.subprotocol()).isEmpty();
        }
    }

    @Test
    void pagesOfAnotherOriginAreRefused() {
        assertThat(FeedClient.statusFor(monitor.port(), document, "https://evil.example"))
                .isEqualTo(403);
        assertThat(FeedClient.statusFor(monitor.port(), document, "null")).isEqualTo(403);
        assertThat(FeedClient.statusFor(monitor.port(), document, "http://127.0.0.1:1"))
                .isEqualTo(403);
        assertThat(FeedClient.statusFor(monitor.port(), document, "http://127.0.0.1:" + monitor.port()))
                .isEqualTo(101);
    }
}
