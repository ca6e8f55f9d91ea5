package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A monitor with narrow limits: whom it turns away, whom it drops, and how it says goodbye. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
final class FeedLimitsIT {
    private static final String UNKNOWN = "{\"op\":\"" + "x".repeat(80) + "\"}";

    private static MonitorProcess monitor;
    private static Api api;
    private static Document document;
    private static Sale sale;

    @BeforeAll
    static void start() throws Exception {
        monitor = MonitorProcess.start(
                Map.of("feed.max_connections", "3", "feed.max_unread", "64KiB", "feed.max_rate", "20000"));
        api = monitor.api();
        document = Document.read(api, "/asyncapi.yaml");
        sale = new Sale(2, 100);
        api.take(sale.everyGroup());
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    private static double metric(String name) throws Exception {
        return Exposition.parse(api.get("/metrics").body()).value(name);
    }

    private static void awaitNobody() throws Exception {
        Wait.until(60, "no connection is left", () -> metric("grouppulse_feed_connections") == 0);
    }

    @Test
    @Order(1)
    void moreConnectionsThanThereMayBeAreToldToTryLater() throws Exception {
        try (FeedClient one = FeedClient.connect(monitor.port(), document);
                FeedClient two = FeedClient.connect(monitor.port(), document);
                EventStream three = new EventStream(api, document, "topic=org:");
                FeedClient four = FeedClient.connect(monitor.port(), document)) {
            assertThat(four.awaitClose()).isEqualTo(1013);
            Api.Answer answer = api.get("/api/v1/feed?topic=org:");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isNotEmpty();
            assertThat(one.answerTo("{\"op\":\"ping\",\"n\":1}").getString("op"))
                    .isEqualTo("pong");
            assertThat(three.contentType()).isEqualTo("text/event-stream");
            assertThat(two.subprotocol()).isEmpty();
        }
        awaitNobody();
        try (FeedClient again = FeedClient.connect(monitor.port(), document)) {
            assertThat(again.answerTo("{\"op\":\"ping\",\"n\":1}").getString("op"))
                    .isEqualTo("pong");
        }
        awaitNobody();
    }

    @Test
    @Order(2)
    void whoLeavesTooMuchUnreadIsDroppedWith1013AndCostsNothingMore() throws Exception {
        double before = metric("grouppulse_feed_refused_total");
        try (RawFeed deaf = new RawFeed(monitor.port())) {
            // each time it subscribes again it is sent a snapshot: more than the buffers of the network hold
            Wait.until(60, "it is dropped", () -> {
                try {
                    for (int group = 0; group < 100; group++) {
                        deaf.subscribe("group:g" + group, 50);
                    }
                } catch (java.io.IOException dropped) {
                    // It is: in the midst of asking.
                }
                return metric("grouppulse_feed_refused_total") > before;
            });
            awaitNobody();
            assertThat(metric("grouppulse_feed_unread_bytes")).isZero();
        }
    }

    @Test
    @Order(3)
    void whoAsksAndNeverReadsTheAnswersIsDropped() throws Exception {
        try (RawFeed deaf = new RawFeed(monitor.port())) {
            Wait.until(60, "it is connected", () -> metric("grouppulse_feed_connections") == 1);
            Wait.until(60, "the one who does not read is dropped", () -> {
                try {
                    for (int i = 0; i < 2_000; i++) {
                        deaf.send(UNKNOWN);
                    }
                } catch (java.io.IOException dropped) {
                    return true;
                }
                return metric("grouppulse_feed_connections") == 0;
            });
        }
        awaitNobody();
    }

    @Test
    @Order(4)
    void whoSendsTooManyFramesIsClosedWith1008() throws Exception {
        double before = metric("grouppulse_feed_refused_total");
        try (RawFeed hasty = new RawFeed(monitor.port())) {
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 1_000_000; i++) {
                        hasty.send("{}");
                    }
                } catch (java.io.IOException closed) {
                    // as it should be
                }
            });
            sender.start();
            String text = hasty.next();
            while (!text.isEmpty()) {
                text = hasty.next();
            }
            assertThat(hasty.closeCode()).isEqualTo(1008);
            sender.join();
        }
        awaitNobody();
        assertThat(metric("grouppulse_feed_refused_total")).isEqualTo(before + 1);
    }

    @Test
    @Order(5)
    void onSigtermFeedsAreClosedWith1001AndTheExitCodeIs0() throws Exception {
        try (FeedClient client = FeedClient.connect(monitor.port(), document);
                EventStream events = new EventStream(api, document, "topic=org:")) {
            client.subscribe("org:", 50);
            Wait.until(
                    20,
                    "frames",
                    () -> client.ledger().size() > 0 && events.ledger().size() > 0);
            monitor.terminate();
            assertThat(client.awaitClose()).isEqualTo(1001);
            assertThat(monitor.awaitEnd(10)).isZero();
            assertThat(events.awaitEnd()).isTrue();
        }
    }
}
