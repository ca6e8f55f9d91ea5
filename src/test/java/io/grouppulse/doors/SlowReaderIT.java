package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A client that stops reading for a minute of the sale: it costs bounded memory, delays nobody, and is right again after
 * one frame a topic when it reads again.
 */
final class SlowReaderIT {
    private static final int GROUPS = 400;
    private static final long MINUTE = 60_000;
    private static final long ENOUGH_SECONDS = 15;
    private static final long MOST_UNREAD = 1 << 20;
    /** The heap it is given, and what a virtual machine needs beside it. */
    private static final long MOST_MEMORY = 700L << 20;

    private final Sale sale = new Sale(4, GROUPS);

    @Test
    void aClientThatStopsReadingForAMinuteHarmsNobodyAndIsRightAgain() throws Exception {
        try (MonitorProcess monitor = MonitorProcess.start(Map.of("feed.max_unread", "1MiB"))) {
            Api api = monitor.api();
            Document document = Document.read(api, "/asyncapi.yaml");
            api.take(sale.everyGroup());
            load(api, 5, monitor, new Peak());
            try (RawFeed deaf = new RawFeed(monitor.port());
                    FeedClient reader = FeedClient.connect(monitor.port(), document)) {
                List<String> topics = new ArrayList<>(List.of("org:", "orders:"));
                for (int group = 0; group < 200; group++) {
                    topics.add("group:g" + group);
                }
                for (String topic : topics) {
                    deaf.subscribe(topic, 50);
                }
                reader.subscribe("org:", 50);
                reader.subscribe("orders:", 50);
                Wait.until(20, "both hear", () -> reader.ledger().size() >= 2);
                Peak peak = new Peak();
                load(api, ENOUGH_SECONDS, monitor, peak);
                assertHarmless(peak, reader);
                assertRightAgain(api, deaf, reader, new FeedLedger(document));
            }
        }
    }

    /** What the load cost at most. */
    private static final class Peak {
        private double unread;
        private double conflated;
        private long memory;
        private long slowestAnswer;
    }

    /** At least a minute of the sale, for at least so many seconds. */
    private void load(Api api, long seconds, MonitorProcess monitor, Peak peak) throws Exception {
        long begun = System.nanoTime();
        long from = sale.now();
        while (sale.now() - from < MINUTE
                || System.nanoTime() - begun < Duration.ofSeconds(seconds).toNanos()) {
            long sent = System.nanoTime();
            api.take(sale.next(500, 2));
            peak.slowestAnswer = Math.max(peak.slowestAnswer, System.nanoTime() - sent);
            Exposition metrics = Exposition.parse(api.get("/metrics").body());
            peak.unread = Math.max(peak.unread, metrics.value("grouppulse_feed_unread_bytes"));
            peak.conflated = metrics.value("grouppulse_feed_conflated_total");
            peak.memory = Math.max(peak.memory, monitor.residentBytes());
        }
    }

    private static void assertHarmless(Peak peak, FeedClient reader) {
        assertThat(peak.conflated)
                .as("frames not sent to the one who does not read")
                .isPositive();
        assertThat(peak.unread).as("bytes left unread").isPositive().isLessThan(MOST_UNREAD);
        assertThat(peak.memory).as("memory of the process").isLessThan(MOST_MEMORY);
        assertThat(Duration.ofNanos(peak.slowestAnswer))
                .as("slowest ingest answer")
                .isLessThan(Duration.ofSeconds(5));
        assertThat(reader.longestPause())
                .as("longest pause of the other reader")
                .isLessThan(Duration.ofSeconds(3));
        assertThat(reader.ledger().faults()).isEmpty();
        assertThat(reader.ledger().read("org:", TopicState::kinds)).containsOnlyOnce("snapshot");
        assertThat(reader.ledger().read("orders:", TopicState::skipped)).isZero();
    }

    /** Reads what was on its way; what comes after it must at once be the newest state. */
    private void assertRightAgain(Api api, RawFeed deaf, FeedClient reader, FeedLedger ledger) throws Exception {
        JsonObject expected =
                TopicState.withoutNulls(api.get("/api/v1/groups/g7").json());
        expected.remove("asOf");
        Map<String, String> lastKind = new HashMap<>();
        while (!ledger.read("group:g7", TopicState::data).equals(expected)
                || !ledger.read("org:", TopicState::data).equals(reader.ledger().read("org:", TopicState::data))
                || amounts(ledger).isEmpty()
                || amounts(ledger).get(amounts(ledger).size() - 1) != sale.paid()) {
            String frame = deaf.next();
            assertThat(deaf.closeCode()).isZero();
            ledger.take(frame);
            JsonObject json = new JsonObject(frame);
            if (!"tick".equals(json.getString("kind"))) {
                lastKind.put(json.getString("topic"), json.getString("kind"));
            }
        }
        assertThat(ledger.faults()).isEmpty();
        assertThat(lastKind.get("org:")).as("the frame that made it right").isEqualTo("snapshot");
        assertThat(lastKind.get("orders:")).isEqualTo("append");
        assertThat(ledger.read("orders:", TopicState::skipped)).isPositive();
        List<Long> amounts = amounts(ledger);
        assertThat(amounts).doesNotHaveDuplicates();
        long first = amounts.stream().min(Long::compare).orElseThrow();
        assertThat(ledger.read("orders:", TopicState::skipped) + amounts.size()).isEqualTo(sale.paid() - first + 1);
    }

    private static List<Long> amounts(FeedLedger ledger) {
        return ledger.read("orders:", TopicState::items).stream()
                .map(order -> order.getLong("amount"))
                .toList();
    }
}
