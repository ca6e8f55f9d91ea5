package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The metrics of a monitor with 2,000 groups: their names, their number, their sums, and what Prometheus makes of them. */
final class MetricsIT {
    private static final int GROUPS = 2_000;
    private static final int SHOWN_GROUPS = 50;
    private static final int SHOWN_ORGS = 7;
    private static final String MISSING = " is not on this machine: apt-get install prometheus";

    private static final Map<String, Set<String>> SERIES = Map.ofEntries(
            Map.entry("events_total", Set.of("source", "type")),
            Map.entry("events_rejected_total", Set.of("source", "code")),
            Map.entry("events_duplicate_total", Set.of("source")),
            Map.entry("events_late_total", Set.of("source")),
            Map.entry("source_lag_seconds", Set.of("source")),
            Map.entry("source_up", Set.of("source")),
            Map.entry("orders_total", Set.of("org", "transition")),
            Map.entry("gmv_minor_total", Set.of("org", "transition")),
            Map.entry("active_members", Set.of("org", "window")),
            Map.entry("members", Set.of("org")),
            Map.entry("activeness_ratio", Set.of("org", "window")),
            Map.entry("orders_per_minute", Set.of("org", "window")),
            Map.entry("conversion_ratio", Set.of("org", "window")),
            Map.entry("groups", Set.of("org", "state")),
            Map.entry("group_active_members", Set.of("group", "org", "window")),
            Map.entry("group_last_interaction_timestamp_seconds", Set.of("group", "org")),
            Map.entry("group_orders_total", Set.of("group", "org")),
            Map.entry("group_series_dropped", Set.of()),
            Map.entry("event_to_feed_seconds_bucket", Set.of("le")),
            Map.entry("ingest_duration_seconds_bucket", Set.of("le")),
            Map.entry("log_append_seconds_bucket", Set.of("le")),
            Map.entry("snapshot_duration_seconds_count", Set.of()),
            Map.entry("feed_connections", Set.of()),
            Map.entry("feed_frames_total", Set.of()),
            Map.entry("feed_conflated_total", Set.of()),
            Map.entry("feed_skipped_total", Set.of()),
            Map.entry("feed_unread_bytes", Set.of()),
            Map.entry("shard_queue_depth", Set.of()),
            Map.entry("canary_age_seconds", Set.of()),
            Map.entry("canary_last_seen_timestamp_seconds", Set.of()),
            Map.entry("canary_failures_total", Set.of()),
            Map.entry("dedup_size", Set.of()));

    private static MonitorProcess monitor;
    private static Api api;
    private static Exposition metrics;
    private static String text;

    @BeforeAll
    static void start() throws Exception {
        monitor = MonitorProcess.start(
                Map.of("metrics.groups", Integer.toString(SHOWN_GROUPS), "metrics.orgs", Integer.toString(SHOWN_ORGS)));
        api = monitor.api();
        for (int group = 0; group < GROUPS; group += 20) {
            api.put(
                    "/api/v1/groups/g" + group,
                    new JsonObject()
                            .put(
                                    "orgs",
                                    group % 120 == 0 ? List.of("other", "c/9") : List.of("c/" + group % 60, "c/d")));
        }
        Sale sale = new Sale(7, GROUPS);
        api.take(sale.everyGroup());
        String some = sale.next(6_000, 50);
        api.take(some);
        api.take(some.substring(0, some.indexOf('\n')));
        api.send("POST", "/api/v1/events", "{\"id\":1}", "Content-Type", "application/json");
        try (FeedClient client = FeedClient.connect(monitor.port(), Document.read(api, "/asyncapi.yaml"))) {
            client.subscribe("org:", 50);
            Wait.until(60, "a snapshot", () -> client.ledger().size() > 0);
            api.take(sale.next(10, 50));
            Wait.until(
                    60,
                    "a delta",
                    () -> client.ledger().read("org:", TopicState::kinds).contains("delta"));
            text = api.get("/metrics").body();
            metrics = Exposition.parse(text);
        }
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    @Test
    void everySeriesIsThereWithItsLabels() {
        SERIES.forEach((name, labels) -> {
            List<Exposition.Sample> samples = metrics.samples("grouppulse_" + name);
            assertThat(samples).as(name).isNotEmpty();
            assertThat(samples)
                    .as(name)
                    .allSatisfy(sample -> assertThat(sample.labels()).containsOnlyKeys(labels));
        });
        assertThat(metrics.names()).contains("jvm_memory_used_bytes", "vertx_http_server_requests_total");
        assertThat(metrics.value("grouppulse_event_to_feed_seconds_count")).isPositive();
        assertThat(metrics.value("grouppulse_ingest_duration_seconds_count")).isPositive();
        assertThat(metrics.value("grouppulse_feed_connections")).isEqualTo(1);
    }

    @Test
    void noLabelNamesAMemberAnOrderOrAnEvent() {
        assertThat(metrics.samples())
                .flatExtracting(sample -> sample.labels().values())
                .noneMatch(value -> value.matches("[meo][0-9]+"));
        assertThat(metrics.samples())
                .flatExtracting(sample -> sample.labels().keySet())
                .doesNotContain("member", "order", "event", "path");
    }

    @Test
    void theNumberOfSeriesHasABound() throws Exception {
        assertThat(metrics.samples("grouppulse_group_orders_total")).hasSize(SHOWN_GROUPS);
        assertThat(metrics.value("grouppulse_group_series_dropped")).isEqualTo(GROUPS - SHOWN_GROUPS);
        List<Exposition.Sample> members = metrics.samples("grouppulse_members");
        assertThat(members).hasSize(SHOWN_ORGS + 1);
        assertThat(members.stream().map(sample -> sample.labels().get("org"))).contains("/", "other");
        List<Long> active =
                api.get("/api/v1/groups?sort=-active&window=5m&limit=50").json().getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item)
                                .getJsonObject("windows")
                                .getJsonObject("5m")
                                .getLong("active"))
                        .toList();
        assertThat(metrics.samples("grouppulse_group_active_members").stream()
                        .filter(sample -> "5m".equals(sample.labels().get("window")))
                        .map(sample -> (long) sample.value())
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList())
                .isEqualTo(active);
    }

    @Test
    void otherIsTheSumOfTheRestEachGroupOnce() throws Exception {
        Set<String> shown = new java.util.TreeSet<>();
        metrics.samples("grouppulse_members")
                .forEach(sample -> shown.add(sample.labels().get("org")));
        long members = 0;
        long paid = 0;
        String cursor = "";
        do {
            JsonObject page = api.get("/api/v1/groups?limit=1000&fields=orgs,members,total.ordersPaid" + cursor)
                    .json();
            for (Object item : page.getJsonArray("items")) {
                JsonObject group = (JsonObject) item;
                boolean rest = group.getJsonArray("orgs").stream()
                        .anyMatch(org -> org.equals("other") || !shown.contains((String) org));
                members += rest ? group.getLong("members") : 0;
                paid += rest ? group.getJsonObject("total").getLong("ordersPaid") : 0;
            }
            cursor = page.getString("cursor") == null ? "" : "&cursor=" + page.getString("cursor");
        } while (!cursor.isEmpty());
        assertThat(members).isPositive();
        assertThat(metrics.value("grouppulse_members", "org", "other")).isEqualTo(members);
        assertThat(metrics.value("grouppulse_orders_total", "org", "other", "transition", "paid"))
                .isEqualTo(paid);
    }

    @Test
    void eventsAddUpOverSourcesAndTypes() throws Exception {
        double taken = metrics.samples("grouppulse_events_total").stream()
                .mapToDouble(Exposition.Sample::value)
                .sum();
        assertThat(taken).isEqualTo(GROUPS + 6_000 + 1 + 10);
        double duplicates = metrics.samples("grouppulse_events_duplicate_total").stream()
                .mapToDouble(Exposition.Sample::value)
                .sum();
        assertThat(duplicates).isEqualTo(1);
        assertThat(metrics.value("grouppulse_dedup_size")).isEqualTo(taken - duplicates);
        long accepted = 0;
        for (Object item : api.get("/api/v1/sources").json().getJsonArray("items")) {
            JsonObject source = (JsonObject) item;
            accepted += source.getLong("accepted");
            assertThat(source.getLong("accepted"))
                    .isEqualTo(source.getLong("applied") + source.getLong("duplicates") + source.getLong("pending"));
        }
        assertThat((double) accepted).isEqualTo(taken);
    }

    @Test
    void theFormIsNegotiated() throws Exception {
        Api.Answer plain = api.get("/metrics", "Accept", "text/plain");
        assertThat(plain.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        Api.Answer open = api.get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(open.mediaType()).isEqualTo("application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n").contains("# TYPE grouppulse_orders counter");
        Api.Answer rather = api.get("/metrics", "Accept", "application/openmetrics-text;q=0.8,text/plain;q=0.9");
        assertThat(rather.mediaType()).isEqualTo("text/plain");
        Api.Answer never = api.get("/metrics", "Accept", "application/openmetrics-text;q=0,*/*");
        assertThat(never.mediaType()).isEqualTo("text/plain");
        Api.Answer unreadable = api.get("/metrics", "Accept", "application/openmetrics-text;q=x,;;,/");
        assertThat(unreadable.status()).isEqualTo(200);
        Exposition same = Exposition.parse(open.body());
        assertThat(same.value("grouppulse_members", "org", "/"))
                .isEqualTo(metrics.value("grouppulse_members", "org", "/"));
    }

    @Test
    void promtoolFindsNothingToComplainAbout() throws Exception {
        Path file = Files.createTempFile("metrics", ".txt");
        Files.writeString(file, text);
        Process promtool = start(
                "promtool",
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectInput(file.toFile())
                        .redirectErrorStream(true));
        String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    @Test
    void prometheusScrapesAndAnswers() throws Exception {
        Path directory = Files.createTempDirectory("grouppulse-prometheus");
        int port = Ports.free();
        Files.writeString(
                directory.resolve("prometheus.yml"),
                "global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: grouppulse\n    static_configs:\n"
                        + "      - targets: ['127.0.0.1:" + monitor.port() + "']\n");
        Process prometheus = start(
                "prometheus",
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + directory.resolve("prometheus.yml"),
                                "--storage.tsdb.path=" + directory.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("prometheus.log").toFile()));
        try {
            Api server = new Api(port);
            String query = "/api/v1/query?query=" + Api.encode("grouppulse_members{org=\"/\"}");
            Wait.until(
                    120, "Prometheus has scraped", () -> result(server, query).contains("\"grouppulse_members\""));
            double value = metrics.value("grouppulse_members", "org", "/");
            assertThat(result(server, query)).contains("\"" + (long) value + "\"");
            assertThat(result(server, "/api/v1/query?query=up")).contains("\"1\"");
        } finally {
            prometheus.destroyForcibly().waitFor();
        }
    }

    private static String result(Api server, String query) throws InterruptedException {
        try {
            return server.get(query).body();
        } catch (IOException notYet) {
            return "";
        }
    }

    private static Process start(String tool, ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(tool + MISSING, e);
        }
    }
}
