package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed by Server-Sent Events: the same frames as by WebSocket, and where a client that comes back goes on. */
final class EventStreamIT {
    private static final List<String> TOPICS = List.of("org:", "orders:", "group:g1");

    private static MonitorProcess monitor;
    private static Api api;
    private static Document document;
    private static Sale sale;

    @BeforeAll
    static void start() throws Exception {
        monitor = MonitorProcess.start(Map.of());
        api = monitor.api();
        document = Document.read(api, "/asyncapi.yaml");
        sale = new Sale(3, 20);
        api.take(sale.everyGroup());
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    private static List<JsonObject> numbered(FeedLedger ledger) {
        return ledger.frames().stream()
                .filter(frame -> !"tick".equals(frame.getString("kind")))
                .toList();
    }

    @Test
    void itCarriesTheSameFramesAsTheWebSocket() throws Exception {
        try (FeedClient socket = FeedClient.connect(monitor.port(), document);
                EventStream events =
                        new EventStream(api, document, "topic=org:&topic=orders:&topic=group:g1&every=250")) {
            assertThat(events.contentType()).isEqualTo("text/event-stream");
            for (String topic : TOPICS) {
                socket.subscribe(topic, 250);
                Wait.until(
                        60,
                        topic,
                        () -> socket.ledger().read(topic, TopicState::seq) > 0
                                && events.ledger().read(topic, TopicState::seq) > 0);
            }
            for (int batch = 0; batch < 10; batch++) {
                api.take(sale.next(30, 200));
            }
            api.take(sale.everyGroup());
            // Each may hear of one topic before the other does: as many frames need not be the same ones.
            Wait.until(
                    60,
                    "the newest frame of each topic",
                    () -> events.ledger().read("org:", TopicState::asOf) == sale.now()
                            && numbered(events.ledger()).size() >= 6
                            && TOPICS.stream()
                                    .allMatch(topic -> socket.ledger()
                                            .read(topic, TopicState::seq)
                                            .equals(events.ledger().read(topic, TopicState::seq))));
            assertThat(numbered(events.ledger())).containsExactlyInAnyOrderElementsOf(numbered(socket.ledger()));
            assertThat(events.ledger().faults()).isEmpty();
            assertThat(socket.ledger().faults()).isEmpty();
            // A tick may come now and then: the ids first, so that each has its frame.
            List<String> ids = events.ids();
            List<JsonObject> frames = events.ledger().frames();
            for (int i = 0; i < ids.size(); i++) {
                String topic = frames.get(i).getString("topic");
                String expected = frames.get(i).containsKey("seq")
                        ? events.ledger().read(topic, TopicState::epoch) + "/"
                                + frames.get(i).getLong("seq")
                        : "";
                assertThat(ids.get(i)).isEqualTo(expected);
            }
        }
    }

    @Test
    void whoComesBackWithTheLastIdGoesOnThere() throws Exception {
        String last;
        try (EventStream events = new EventStream(api, document, "topic=org:&every=50")) {
            Wait.until(60, "a frame", () -> !events.ids().isEmpty());
            last = events.ids().get(0);
        }
        api.take(sale.everyGroup());
        try (EventStream again = new EventStream(api, document, "topic=org:&every=50", "Last-Event-ID", last)) {
            Wait.until(
                    60, "a frame with a number", () -> !numbered(again.ledger()).isEmpty());
            assertThat(numbered(again.ledger()).get(0).getString("kind")).isEqualTo("delta");
        }
        for (String useless : List.of("other/3", "nonsense", "/", last + "000", last + "x", "a/b/c")) {
            try (EventStream fresh = new EventStream(api, document, "topic=org:&every=50", "Last-Event-ID", useless)) {
                Wait.until(60, "a frame", () -> fresh.ledger().size() > 0);
                assertThat(fresh.ledger().frames().get(0).getString("kind"))
                        .as(useless)
                        .isEqualTo("snapshot");
            }
        }
    }

    @Test
    void aTopicThatIsNoneIsToldInAFrame() throws Exception {
        try (EventStream events = new EventStream(api, document, "topic=group:nobody&topic=org:")) {
            Wait.until(60, "two frames", () -> events.ledger().size() >= 2);
            assertThat(events.ledger().frames())
                    .anyMatch(frame -> "unknown_topic".equals(frame.getString("code")))
                    .anyMatch(frame -> "snapshot".equals(frame.getString("kind")));
            assertThat(events.ledger().faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?topic=", "?topic=nonsense", "?topic=org:&every=51", "?topic=org:&every=x", "?every=50"})
    void whatCannotBeReadIsAProblem(String query) throws Exception {
        Api.Answer answer = api.get("/api/v1/feed" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    }
}
