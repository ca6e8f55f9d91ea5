package io.grouppulse.dashboards;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped rules and dashboards with the real tools: checked by them, and evaluated over the running demo. */
@Tag("long")
class PrometheusRulesIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SCRAPES = 3;
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");
    private static final Pattern SAMPLE_NAME = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)[{ ]");
    private static final Pattern ROUTE = Pattern.compile("\\b(team|dead-mans-switch)\\b");

    /** Series that Prometheus makes itself, of every scrape and every alert. */
    private static final Set<String> OF_PROMETHEUS =
            Set.of("up", "scrape_duration_seconds", "scrape_samples_post_metric_relabeling", "ALERTS");

    private static final String NEEDS_HISTORY = "compares with what was over five minutes ago; this test runs shorter";
    /** Shown by a monitor whose store is a Redis; RedisStoreIT and NodesIT see them there. */
    private static final Set<String> ON_REDIS =
            Set.of("grouppulse_redis_up", "grouppulse_log_regressions_total", "grouppulse_shards_without_owner");

    private static final String NOTHING_WRONG = "there is something only while the monitor or a sale is in trouble";

    /** Expressions and selectors that may give nothing in this test, with the reason; all others must give data. */
    private static final Map<String, String> MAY_BE_EMPTY = Map.ofEntries(
            entry("org:grouppulse_orders_per_minute:median30m", NEEDS_HISTORY),
            entry("org:grouppulse_orders_per_minute:ratio_median30m", NEEDS_HISTORY),
            entry("org:grouppulse_active_members:median30m", NEEDS_HISTORY),
            entry("org:grouppulse_active_members:ratio_median30m", NEEDS_HISTORY),
            entry("max(org:grouppulse_orders_per_minute:median30m{org=\"$org\"})", NEEDS_HISTORY),
            entry(
                    "max by (org) (org:grouppulse_orders_per_minute:ratio_median30m * on (job, org) group_left (parent)"
                            + " org:grouppulse_parent:info{parent=\"$org\"})",
                    NEEDS_HISTORY),
            entry("org:grouppulse_sale_behind:ratio_median30m", NOTHING_WRONG),
            entry("org:grouppulse_groups_dead_rising:rise1d", NOTHING_WRONG),
            entry("org:grouppulse_groups_silent:own", NOTHING_WRONG),
            entry("vertx_http_server_requests_total{method=\"POST\",code=~\"429|5..\"}", NOTHING_WRONG),
            entry("grouppulse_redis_up", "the demo's store is in files"),
            entry("grouppulse_log_regressions_total", "the demo's store is in files"),
            entry("grouppulse_shards_without_owner", "the demo's store is in files"),
            entry("grouppulse_members{org=\"other\"}", "the demo has fewer organisation nodes than metrics.orgs"),
            entry(
                    "max by (alertname, severity, org, source) (ALERTS{alertstate=\"firing\",severity!=\"none\"})",
                    NOTHING_WRONG),
            entry(
                    "changes(process_start_time_seconds{job=\"grouppulse\"}[1m]) > 0",
                    "the monitor is not started again in this test"));

    private static @Nullable RunningServer server;
    private static @Nullable RunningPrometheus prometheus;
    private static @Nullable InputStream watcher;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        RunningServer demo =
                RunningServer.start(ServerOptions.demo().with("webhooks.ops.url", "http://127.0.0.1:9/nobody"));
        server = demo;
        // Somebody watches, else nothing is said of the feed.
        watcher = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(demo.baseUrl().resolve("api/v1/feed?topic=org:"))
                                .build(),
                        BodyHandlers.ofInputStream())
                .body();
        RunningPrometheus scraping = RunningPrometheus.scraping(demo.baseUrl());
        prometheus = scraping;
        awaitData(scraping, "count_over_time(up{job=\"grouppulse\"}[5m]) >= " + SCRAPES);
    }

    @AfterAll
    static void stop() throws IOException {
        // Any of the three is missing when start() failed before it.
        if (prometheus != null) {
            prometheus.close();
        }
        if (watcher != null) {
            watcher.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void promtool_acceptsConfigurationAndRules() {
        assertThat(Tool.PROMTOOL.run("check", "config", Shipped.PROMETHEUS_CONFIG))
                .contains(Shipped.files(Shipped.RULES, ".yml").stream()
                        .map(Path::toString)
                        .toArray(String[]::new));
        assertThat(Tool.PROMTOOL.run(
                        with(Shipped.files(Shipped.RULES, ".yml"), "check", "rules", "--lint=all", "--lint-fatal")))
                .contains("SUCCESS");
    }

    @Test
    void promtool_passesTheUnitTestsOfTheRules() {
        assertThat(Tool.PROMTOOL.run(with(Shipped.files(Shipped.RULE_TESTS, ".yml"), "test", "rules")))
                .contains("SUCCESS");
    }

    @Test
    void amtool_acceptsTheAlertmanagersConfiguration() {
        assertThat(Tool.AMTOOL.run("check-config", Shipped.ALERTMANAGER_CONFIG)).contains("SUCCESS");
    }

    @Test
    void alertmanager_sendsTheWatchdogToTheDeadMansSwitch_andTheRestToTheTeam() {
        assertThat(receiverOf("alertname=Watchdog", "severity=none")).isEqualTo("dead-mans-switch");
        for (JsonNode alert : Shipped.alerts()) {
            String name = alert.path("alert").asText();
            if (!name.equals("Watchdog")) {
                String severity = alert.path("labels").path("severity").asText();
                assertThat(receiverOf("alertname=" + name, "severity=" + severity))
                        .as(name)
                        .isEqualTo("team");
            }
        }
    }

    @Test
    void expressionsOfPanels_areAcceptedAsRules(@TempDir Path directory) throws IOException {
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        int number = 0;
        for (String expression : panelExpressions().keySet()) {
            rules.append("      - record: panel:expression_")
                    .append(number++)
                    .append(":value\n        expr: '")
                    .append(substituted(expression, Map.of()).replace("'", "''"))
                    .append("'\n");
        }
        Path file = Files.writeString(directory.resolve("panels.yml"), rules.toString());

        assertThat(Tool.PROMTOOL.run("check", "rules", file)).contains(number + " rules found");
    }

    @Test
    void monitor_isScrapedWithTheShippedLimits() throws IOException, InterruptedException {
        // A scrape may take longer than the second that it is given here, on a busy machine; limits it breaks each
        // time.
        assertThat(awaitHealth("up", () -> running().targets())).hasSize(1).allSatisfy(target -> {
            assertThat(target.path("health").asText())
                    .as(target.path("lastError").asText())
                    .isEqualTo("up");
            assertThat(target.path("labels").path("job").asText()).isEqualTo("grouppulse");
        });
    }

    @Test
    void everyExpressionOfEveryPanel_givesData() throws IOException, InterruptedException {
        for (Map.Entry<String, JsonNode> asked : panelExpressions().entrySet()) {
            Map<String, String> values = valuesOfVariables(asked.getValue());
            assertGivesData(asked.getKey(), substituted(asked.getKey(), values));
        }
    }

    @Test
    void everyAnnotation_canBeAsked() throws IOException, InterruptedException {
        for (JsonNode dashboard : Shipped.dashboards().values()) {
            for (JsonNode annotation : dashboard.path("annotations").path("list")) {
                String expression = annotation.path("expr").asText();
                assertGivesData(expression, expression);
            }
        }
    }

    @Test
    void everyRecordingRule_givesData() throws IOException, InterruptedException {
        for (JsonNode rule : Shipped.recordings()) {
            String name = rule.path("record").asText();
            assertGivesData(name, name);
        }
    }

    @Test
    void everySelectorOfEveryRule_findsSeries() throws IOException, InterruptedException {
        Set<String> selectors = new LinkedHashSet<>();
        ruleExpressions().forEach(expression -> selectors.addAll(Promql.selectors(expression)));

        assertThat(selectors).hasSizeGreaterThan(40);
        for (String selector : selectors) {
            assertGivesData(selector, selector);
        }
    }

    @Test
    void everyRule_isHealthy_andTheWatchdogFires() throws IOException, InterruptedException {
        awaitData(running(), "ALERTS{alertname=\"Watchdog\",alertstate=\"firing\"}");
        Set<String> names = new TreeSet<>();
        for (JsonNode rule : awaitHealth("ok", PrometheusRulesIT::rules)) {
            names.add(rule.path("name").asText());
            assertThat(rule.path("health").asText())
                    .as("%s: %s", rule.path("name"), rule.path("lastError"))
                    .isEqualTo("ok");
        }

        assertThat(names).hasSize(Shipped.alerts().size() + Shipped.recordings().size());
    }

    @Test
    void everyMetricName_isShownByTheMonitorOrRecorded() throws IOException, InterruptedException {
        List<String> expressions = new ArrayList<>(ruleExpressions());
        expressions.addAll(panelExpressions().keySet());
        Set<String> asked = new TreeSet<>();
        for (String expression : expressions) {
            Promql.selectors(expression).forEach(selector -> asked.add(Promql.metricOf(selector)));
        }
        // Some are there once something has happened that they count.
        long limit = System.nanoTime() + LIMIT.toNanos();
        Set<String> known = known();
        while (!known.containsAll(asked) && System.nanoTime() - limit < 0) {
            running().pause();
            known = known();
        }

        assertThat(known).containsAll(asked);
    }

    private static Set<String> known() throws IOException, InterruptedException {
        Set<String> known = new TreeSet<>(OF_PROMETHEUS);
        known.addAll(ON_REDIS);
        Shipped.recordings().forEach(rule -> known.add(rule.path("record").asText()));
        Matcher samples = SAMPLE_NAME.matcher(exposition());
        while (samples.find()) {
            known.add(samples.group(1));
        }
        return known;
    }

    @Test
    void reasonsForBeingEmpty_areGivenOnlyForWhatIsAsked() {
        Set<String> asked = new TreeSet<>(panelExpressions().keySet());
        Shipped.recordings().forEach(rule -> asked.add(rule.path("record").asText()));
        ruleExpressions().forEach(expression -> asked.addAll(Promql.selectors(expression)));
        for (JsonNode dashboard : Shipped.dashboards().values()) {
            dashboard
                    .path("annotations")
                    .path("list")
                    .forEach(annotation -> asked.add(annotation.path("expr").asText()));
        }

        assertThat(asked).containsAll(MAY_BE_EMPTY.keySet());
    }

    private static RunningPrometheus running() {
        if (prometheus == null) {
            throw new IllegalStateException("not started");
        }
        return prometheus;
    }

    private static String exposition() throws IOException, InterruptedException {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        URI metrics = server.baseUrl().resolve("metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
    }

    private static String receiverOf(String... labels) {
        String said = Tool.AMTOOL.run(
                with(List.of(labels), "config", "routes", "test", "--config.file=" + Shipped.ALERTMANAGER_CONFIG));
        Matcher receiver = ROUTE.matcher(said);
        assertThat(receiver.find()).as(said).isTrue();
        return receiver.group(1);
    }

    private static Object[] with(List<?> last, Object... first) {
        List<Object> all = new ArrayList<>(List.of(first));
        all.addAll(last);
        return all.toArray();
    }

    /** Each expression of a panel, with the dashboard that asks it. */
    private static Map<String, JsonNode> panelExpressions() {
        Map<String, JsonNode> expressions = new LinkedHashMap<>();
        for (JsonNode dashboard : Shipped.dashboards().values()) {
            Shipped.panels(dashboard)
                    .forEach(panel -> panel.path("targets")
                            .forEach(target ->
                                    expressions.put(target.path("expr").asText(), dashboard)));
        }
        return expressions;
    }

    private static List<String> ruleExpressions() {
        List<String> expressions = new ArrayList<>();
        Shipped.recordings().forEach(rule -> expressions.add(rule.path("expr").asText()));
        Shipped.alerts().forEach(rule -> expressions.add(rule.path("expr").asText()));
        expressions.remove("vector(1)");
        return expressions;
    }

    /** What Grafana would put in: the current value, all, or the first that the variable's query finds. */
    private static Map<String, String> valuesOfVariables(JsonNode dashboard) throws IOException, InterruptedException {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            if (variable.path("type").asText().equals("query")) {
                Set<String> found = labelValues(
                        substituted(variable.path("query").path("query").asText(), values));
                String current = variable.path("current").path("value").asText("");
                String value = variable.path("includeAll").asBoolean()
                        ? variable.path("allValue").asText()
                        : found.contains(current) ? current : found.iterator().next();
                values.put(variable.path("name").asText(), value);
            }
        }
        return values;
    }

    private static Set<String> labelValues(String query) throws IOException, InterruptedException {
        Matcher matcher = LABEL_VALUES.matcher(query);
        assertThat(matcher.matches()).as(query).isTrue();
        // a group in which nothing happened yet has no last interaction to show
        String alive = matcher.group(1) + " > 0";
        awaitData(running(), alive);
        Set<String> values = new TreeSet<>();
        running()
                .query(alive)
                .forEach(sample ->
                        values.add(sample.path("metric").path(matcher.group(2)).asText()));
        assertThat(values).as(query).isNotEmpty();
        return values;
    }

    private static String substituted(String expression, Map<String, String> values) {
        String result = expression.replace("$__rate_interval", "1m");
        for (Map.Entry<String, String> value : values.entrySet()) {
            result = result.replace("$" + value.getKey(), value.getValue());
        }
        return result;
    }

    private static void assertGivesData(String key, String expression) throws IOException, InterruptedException {
        if (MAY_BE_EMPTY.containsKey(key)) {
            running().query(expression);
        } else {
            awaitData(running(), expression);
        }
    }

    /** Each rule of each group. */
    private static List<JsonNode> rules() throws IOException, InterruptedException {
        List<JsonNode> rules = new ArrayList<>();
        running().rules().forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    private interface Answers {
        Iterable<JsonNode> get() throws IOException, InterruptedException;
    }

    /** These, once each says that its health is this; as they are if that takes too long. */
    private static Iterable<JsonNode> awaitHealth(String health, Answers answers)
            throws IOException, InterruptedException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            Iterable<JsonNode> all = answers.get();
            boolean isAll = true;
            for (JsonNode one : all) {
                isAll &= one.path("health").asText().equals(health);
            }
            if (isAll || System.nanoTime() - limit > 0) {
                return all;
            }
            running().pause();
        }
    }

    private static void awaitData(RunningPrometheus asked, String expression) throws IOException, InterruptedException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (asked.query(expression).isEmpty()) {
            assertThat(System.nanoTime() - limit)
                    .as("%s gives nothing within %s", expression, LIMIT)
                    .isNegative();
            asked.pause();
        }
    }
}
