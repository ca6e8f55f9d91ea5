package io.grouppulse.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules for dashboards, rules and runbooks, on the files alone. */
class DashboardsTest {
    private static final String DATASOURCE = "${datasource}";
    private static final Pattern COUNTER = Pattern.compile("\\b\\w+_(total|bucket|count|sum)\\b(?!:)");
    private static final Pattern RATED = Pattern.compile("\\b(rate|irate|increase)\\(\\s*(\\w+)");
    private static final Pattern RANGE = Pattern.compile("\\[([^]\"]+)]");
    private static final Pattern RUNBOOK_LINK = Pattern.compile("\\$\\{runbooks}/(\\w+)\\.md");
    private static final Pattern DASHBOARD_LINK = Pattern.compile("/d/([\\w-]+)");
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern RECORDED_NAME =
            Pattern.compile("(source|org|job|instance):[a-z_0-9]+:[a-z]+[a-z0-9_]*");
    private static final Set<String> SEVERITIES = Set.of("none", "info", "warning", "critical");
    private static final Set<String> FIRE_AT_ONCE =
            Set.of("Watchdog", "LogAppendFailing", "AlertsDropped", "LogRegressed");

    /** It always fires: there is no case in which it does not. */
    private static final Set<String> NEVER_SILENT = Set.of("Watchdog");

    private static final List<String> RUNBOOK_SECTIONS = List.of(
            "## What it means", "## What the customer sees", "## How to check", "## How to fix", "## When to escalate");

    static Stream<String> dashboardNames() {
        return Shipped.dashboards().keySet().stream();
    }

    static Stream<String> alertNames() {
        return Shipped.alerts().stream().map(alert -> alert.path("alert").asText());
    }

    @Test
    void shippedDashboards_areTheseFive() {
        assertThat(dashboardNames())
                .containsExactly(
                        "group-drilldown.json",
                        "live-sale.json",
                        "monitor-health.json",
                        "silence.json",
                        "sources.json");
        assertThat(uids()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("dashboardNames")
    void dashboard_isFixedAndReadOnly(String name) {
        JsonNode dashboard = dashboard(name);

        assertThat(dashboard.path("uid").asText()).matches("[a-z-]{1,40}").isEqualTo("grouppulse-" + stem(name));
        assertThat(dashboard.has("id")).isTrue();
        assertThat(dashboard.path("id").isNull()).isTrue();
        assertThat(dashboard.path("editable").asBoolean(true)).isFalse();
        assertThat(dashboard.path("title").asText()).startsWith("GroupPulse / ");
        assertThat(dashboard.path("description").asText()).isNotBlank();
        assertThat(dashboard.path("schemaVersion").asInt()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("dashboardNames")
    void everyQuery_asksTheChosenDatasource(String name) {
        JsonNode dashboard = dashboard(name);

        JsonNode first = dashboard.path("templating").path("list").path(0);
        assertThat(first.path("type").asText()).isEqualTo("datasource");
        assertThat(first.path("name").asText()).isEqualTo("datasource");
        assertThat(first.path("query").asText()).isEqualTo("prometheus");
        for (JsonNode panel : Shipped.panels(dashboard)) {
            assertThat(uidOf(panel)).as(titleOf(panel)).isEqualTo(DATASOURCE);
            panel.path("targets")
                    .forEach(target ->
                            assertThat(uidOf(target)).as(titleOf(panel)).isEqualTo(DATASOURCE));
        }
        assertThat(dashboard.findValuesAsText("uid").stream().distinct())
                .containsExactlyInAnyOrder(dashboard.path("uid").asText(), DATASOURCE);
    }

    @ParameterizedTest
    @MethodSource("dashboardNames")
    void panel_saysWhatItShowsAndInWhichUnit(String name) {
        for (JsonNode panel : Shipped.panels(dashboard(name))) {
            assertThat(titleOf(panel)).isNotBlank();
            assertThat(panel.path("description").asText()).as(titleOf(panel)).isNotBlank();
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                    .as(titleOf(panel))
                    .isNotBlank();
            assertThat(panel.path("targets")).as(titleOf(panel)).isNotEmpty();
            panel.path("targets").forEach(target -> {
                assertThat(target.path("expr").asText()).as(titleOf(panel)).isNotBlank();
                assertThat(target.path("legendFormat").asText())
                        .as(titleOf(panel))
                        .isNotBlank();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("dashboardNames")
    void counter_isShownAsRate_overTheIntervalGrafanaChooses(String name) {
        for (String expression : expressions(dashboard(name))) {
            Set<String> rated = new HashSet<>();
            Matcher rates = RATED.matcher(expression);
            while (rates.find()) {
                rated.add(rates.group(2));
            }
            Matcher counters = COUNTER.matcher(STRING.matcher(expression).replaceAll(""));
            while (counters.find()) {
                assertThat(rated).as(expression).contains(counters.group());
            }
            Matcher ranges = RANGE.matcher(STRING.matcher(expression).replaceAll(""));
            while (ranges.find()) {
                assertThat(ranges.group(1)).as(expression).isEqualTo("$__rate_interval");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboardNames")
    void variables_comeFromRollups_andGroupsOnlyOnTheDrilldown(String name) {
        for (JsonNode variable : dashboard(name).path("templating").path("list")) {
            if (variable.path("type").asText().equals("query")) {
                String query = variable.path("query").path("query").asText();
                assertThat(query).isEqualTo(variable.path("definition").asText());
                assertThat(uidOf(variable)).isEqualTo(DATASOURCE);
                if (name.equals("group-drilldown.json")
                        && variable.path("name").asText().equals("group")) {
                    assertThat(query).startsWith("label_values(grouppulse_group_active_members{");
                } else {
                    assertThat(query)
                            .matches("label_values\\((org:grouppulse_groups:sum(\\{.*})?, org"
                                    + "|grouppulse_source_up, source)\\)");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboardNames")
    void panels_haveDistinctIdsAndPlaces(String name) {
        Set<Integer> ids = new HashSet<>();
        Set<List<Integer>> cells = new HashSet<>();
        for (JsonNode panel : dashboard(name).path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).as(titleOf(panel)).isTrue();
            JsonNode place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    int column = place.path("x").asInt() + x;
                    assertThat(column).as(titleOf(panel)).isBetween(0, 23);
                    assertThat(cells.add(List.of(column, place.path("y").asInt() + y)))
                            .as(titleOf(panel))
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboardNames")
    void dashboard_leadsToTheOthers_toRunbooks_andMarksStartsAndAlerts(String name) {
        JsonNode dashboard = dashboard(name);

        assertThat(texts(dashboard.path("tags"))).contains("grouppulse");
        assertThat(dashboard.path("links").toString())
                .contains("\"type\":\"dashboards\",\"tags\":[\"grouppulse\"]")
                .contains("\"url\":\"${runbooks}\"");
        assertThat(Shipped.panels(dashboard).stream()
                        .flatMap(panel -> panel.path("links").findValuesAsText("url").stream())
                        .filter(url -> RUNBOOK_LINK.matcher(url).matches()))
                .isNotEmpty();
        assertThat(dashboard.path("annotations").path("list"))
                .extracting(annotation -> annotation.path("name").asText())
                .containsExactly("Monitor started", "Alerts");
    }

    @Test
    void everyLink_leadsSomewhere() throws IOException {
        for (Path file : Shipped.files(Shipped.GRAFANA, ".json")) {
            String text = Files.readString(file);
            Matcher runbooks = RUNBOOK_LINK.matcher(text);
            while (runbooks.find()) {
                assertThat(Shipped.RUNBOOKS.resolve(runbooks.group(1) + ".md")).isRegularFile();
            }
            Matcher dashboards = DASHBOARD_LINK.matcher(text);
            while (dashboards.find()) {
                assertThat(uids()).contains(dashboards.group(1));
            }
        }
    }

    @Test
    void runbooks_standAtOneAddress() {
        String address = Shipped.yaml(Shipped.PROMETHEUS_CONFIG)
                .path("global")
                .path("external_labels")
                .path("runbooks")
                .asText();

        for (JsonNode dashboard : Shipped.dashboards().values()) {
            assertThat(dashboard.path("templating").path("list")).anySatisfy(variable -> {
                assertThat(variable.path("name").asText()).isEqualTo("runbooks");
                assertThat(variable.path("type").asText()).isEqualTo("constant");
                assertThat(variable.path("query").asText()).isEqualTo(address);
            });
        }
    }

    @Test
    void grafanaReads_whatPrometheusWrites_asOftenAsItScrapes() {
        JsonNode prometheus = Shipped.yaml(Shipped.PROMETHEUS_CONFIG);
        JsonNode datasource = Shipped.yaml(Shipped.GRAFANA.resolve("provisioning/datasources/grouppulse.yaml"))
                .path("datasources")
                .path(0);
        JsonNode provider = Shipped.yaml(Shipped.GRAFANA.resolve("provisioning/dashboards/grouppulse.yaml"))
                .path("providers")
                .path(0);

        assertThat(datasource.path("type").asText()).isEqualTo("prometheus");
        assertThat(datasource.path("jsonData").path("timeInterval"))
                .isEqualTo(prometheus.path("global").path("scrape_interval"));
        assertThat(provider.path("allowUiUpdates").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("alertNames")
    void alert_saysWhatWasSeen_howBad_andWhereToLook(String name) {
        JsonNode alert = alert(name);
        JsonNode annotations = alert.path("annotations");

        assertThat(name).matches("([A-Z][a-z]+)+");
        assertThat(SEVERITIES).contains(alert.path("labels").path("severity").asText());
        assertThat(annotations.path("summary").asText()).isNotBlank();
        assertThat(annotations.path("description").asText())
                .hasSizeGreaterThan(40)
                .endsWith(".");
        assertThat(annotations.path("runbook_url").asText())
                .isEqualTo("{{ $externalLabels.runbooks }}/" + name + ".md");
        Matcher link = DASHBOARD_LINK.matcher(annotations.path("dashboard").asText());
        assertThat(link.find()).isTrue();
        assertThat(uids()).contains(link.group(1));
        assertThat(alert.has("for")).isNotEqualTo(FIRE_AT_ONCE.contains(name));
    }

    @ParameterizedTest
    @MethodSource("alertNames")
    void alert_hasARunbook(String name) throws IOException {
        Path runbook = Shipped.RUNBOOKS.resolve(name + ".md");

        assertThat(runbook).isRegularFile();
        assertThat(Files.readString(runbook)).startsWith("# " + name + "\n").contains(RUNBOOK_SECTIONS);
    }

    @Test
    void runbooks_areOnlyThoseOfAlerts() {
        List<String> expected = alertNames().map(name -> name + ".md").sorted().toList();

        assertThat(Shipped.files(Shipped.RUNBOOKS, ".md"))
                .extracting(file -> file.getFileName().toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("alertNames")
    void alert_hasAFiringAndASilentTest(String name) {
        List<Boolean> fires = new ArrayList<>();
        for (JsonNode test : Shipped.ruleTests()) {
            // The last check of a case is the one it is about: firing cases may look before the time is up as well.
            JsonNode checks = test.path("alert_rule_test");
            JsonNode last = checks.path(checks.size() - 1);
            if (last.path("alertname").asText().equals(name)) {
                fires.add(!last.path("exp_alerts").isEmpty());
            }
        }

        assertThat(fires).contains(true);
        assertThat(fires.contains(false)).isNotEqualTo(NEVER_SILENT.contains(name));
    }

    @Test
    void recordingRules_areNamedByLevelMetricAndOperation_andEachHasATest() {
        Set<String> tested = new TreeSet<>();
        for (JsonNode test : Shipped.ruleTests()) {
            test.path("promql_expr_test").forEach(check -> {
                if (!check.path("exp_samples").isEmpty()) {
                    tested.add(check.path("expr").asText());
                }
            });
        }
        Set<String> recorded = new TreeSet<>();
        Shipped.recordings().forEach(rule -> recorded.add(rule.path("record").asText()));

        assertThat(recorded).allMatch(name -> RECORDED_NAME.matcher(name).matches());
        assertThat(tested).isEqualTo(recorded);
    }

    private static JsonNode dashboard(String name) {
        return Shipped.json(Shipped.GRAFANA.resolve(name));
    }

    private static JsonNode alert(String name) {
        return Shipped.alerts().stream()
                .filter(alert -> alert.path("alert").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> uids() {
        Set<String> uids = new TreeSet<>();
        Shipped.dashboards()
                .values()
                .forEach(dashboard -> uids.add(dashboard.path("uid").asText()));
        return uids;
    }

    private static List<String> expressions(JsonNode dashboard) {
        List<String> expressions = new ArrayList<>();
        Shipped.panels(dashboard)
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> expressions.add(target.path("expr").asText())));
        return expressions;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static String uidOf(JsonNode asking) {
        return asking.path("datasource").path("uid").asText();
    }

    private static String titleOf(JsonNode panel) {
        return panel.path("title").asText();
    }

    private static String stem(String file) {
        return file.substring(0, file.indexOf('.'));
    }
}
