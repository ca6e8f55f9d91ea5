package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.time.Durations;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** One definition, one value: what REST answers, what the feed's frames add up to, and what Prometheus scrapes. */
final class SameValueIT {
    private static final List<String> WINDOWS = List.of("1m", "5m", "30m", "24h");
    private static final List<String> ORGS = List.of("", "c", "c/0", "c/1", "team");
    private static final List<String> GROUPS = List.of("g0", "g3", "g11");

    @Test
    void restFeedAndPrometheusSayTheSame() throws Exception {
        Sale sale = new Sale(6, 12);
        try (MonitorProcess monitor = MonitorProcess.start(Map.of())) {
            Api api = monitor.api();
            for (int group = 0; group < 12; group++) {
                api.put("/api/v1/groups/g" + group, new JsonObject().put("orgs", List.of("c/" + group % 2, "team")));
            }
            for (int batch = 0; batch < 8; batch++) {
                api.take(sale.next(500, 1_500));
            }
            Document document = Document.read(api, "/asyncapi.yaml");
            try (FeedClient client = FeedClient.connect(monitor.port(), document)) {
                ORGS.forEach(org -> client.subscribe("org:" + org, 50));
                GROUPS.forEach(group -> client.subscribe("group:" + group, 50));
                api.take(sale.everyGroup());
                compare(api, client, sale);
            }
        }
    }

    private static void compare(Api api, FeedClient client, Sale sale) throws Exception {
        Exposition metrics = Exposition.parse(api.get("/metrics").body());
        SoftAssertions soft = new SoftAssertions();
        AtomicInteger compared = new AtomicInteger();
        for (String org : ORGS) {
            JsonObject rest =
                    api.get("/api/v1/orgs" + (org.isEmpty() ? "" : "/" + org)).json();
            JsonObject feed = awaitFeed(client, "org:" + org, rest);
            assertThat(rest.getLong("asOf")).isEqualTo(sale.now());
            new Comparison(metrics, soft, compared, "org", org.isEmpty() ? "/" : org).org(rest, feed);
        }
        for (String group : GROUPS) {
            JsonObject rest = api.get("/api/v1/groups/" + group).json();
            JsonObject feed = awaitFeed(client, "group:" + group, rest);
            new Comparison(metrics, soft, compared, "group", group).group(rest, feed);
        }
        soft.assertAll();
        assertThat(compared.get()).as("values compared").isGreaterThan(150);
    }

    private static JsonObject awaitFeed(FeedClient client, String topic, JsonObject rest) throws Exception {
        JsonObject total = rest.getJsonObject("total");
        Wait.until(
                20,
                topic,
                () -> total.equals(client.ledger().read(topic, TopicState::data).getJsonObject("total")));
        Wait.until(
                20,
                topic,
                () -> TopicState.withoutNulls(rest.getJsonObject("windows"))
                        .equals(client.ledger().read(topic, TopicState::data).getJsonObject("windows")));
        return client.ledger().read(topic, TopicState::data);
    }

    /** Compares the values of one node or group. */
    private record Comparison(
            Exposition metrics, SoftAssertions soft, AtomicInteger compared, String kind, String label) {

        void org(JsonObject rest, JsonObject feed) {
            same(rest.getLong("members"), feed.getLong("members"), metrics.value("grouppulse_members", "org", label));
            for (String state : List.of("LIVELY", "NORMAL", "DEAD")) {
                same(
                        rest.getJsonObject("groups").getLong(state),
                        feed.getJsonObject("groups").getLong(state),
                        metrics.value("grouppulse_groups", "org", label, "state", state));
            }
            for (String window : WINDOWS) {
                JsonObject one = rest.getJsonObject("windows").getJsonObject(window);
                JsonObject other = feed.getJsonObject("windows").getJsonObject(window);
                windowed("active_members", window, one.getLong("active"), other.getLong("active"));
                windowed("activeness_ratio", window, value(one, "activeness"), value(other, "activeness"));
                windowed("conversion_ratio", window, value(one, "conversion"), value(other, "conversion"));
                double minutes = Durations.parseMillis(window) / 60_000.0;
                windowed(
                        "orders_per_minute",
                        window,
                        one.getLong("ordersPaid") / minutes,
                        other.getLong("ordersPaid") / minutes);
            }
            for (String transition : List.of("Created", "Paid", "Cancelled", "Refunded")) {
                total(rest, feed, "orders_total", "orders" + transition, transition);
            }
            total(rest, feed, "gmv_minor_total", "gmvCreated", "Created");
            total(rest, feed, "gmv_minor_total", "gmvPaid", "Paid");
            total(rest, feed, "gmv_minor_total", "refunds", "Refunded");
        }

        private void windowed(String series, String window, Number rest, Number feed) {
            same(rest, feed, metrics.value("grouppulse_" + series, "org", label, "window", window));
        }

        private void total(JsonObject rest, JsonObject feed, String series, String name, String transition) {
            same(
                    rest.getJsonObject("total").getLong(name),
                    feed.getJsonObject("total").getLong(name),
                    metrics.value(
                            "grouppulse_" + series,
                            "org",
                            label,
                            "transition",
                            transition.toLowerCase(java.util.Locale.ROOT)));
        }

        void group(JsonObject rest, JsonObject feed) {
            String org = rest.getJsonArray("orgs").getString(0);
            for (String window : WINDOWS) {
                same(
                        rest.getJsonObject("windows").getJsonObject(window).getLong("active"),
                        feed.getJsonObject("windows").getJsonObject(window).getLong("active"),
                        metrics.value("grouppulse_group_active_members", "group", label, "org", org, "window", window));
            }
            same(
                    rest.getJsonObject("total").getLong("ordersPaid"),
                    feed.getJsonObject("total").getLong("ordersPaid"),
                    metrics.value("grouppulse_group_orders_total", "group", label, "org", org));
            same(
                    rest.getLong("lastInteraction") / 1_000.0,
                    feed.getLong("lastInteraction") / 1_000.0,
                    metrics.value("grouppulse_group_last_interaction_timestamp_seconds", "group", label, "org", org));
        }

        private static double value(JsonObject measures, String ratio) {
            return measures.getJsonObject(ratio).getDouble("value");
        }

        private void same(Number rest, Number feed, double scraped) {
            compared.incrementAndGet();
            soft.assertThat(feed.doubleValue()).as(kind + " " + label).isEqualTo(rest.doubleValue());
            soft.assertThat(scraped).as(kind + " " + label).isEqualTo(rest.doubleValue());
        }
    }
}
