package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One definition, one code path: REST, the feed and Prometheus show the same value under the same name. */
class SameValueTest {
    private static MonitorInProcess monitor;

    private static final Set<String> WITH_LIMIT = Set.of("fission", "groupbuys", "reach", "stimuli");

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
        LiveSale.play(monitor);
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    @Test
    void sampledMeasures_areTheSameEverywhere() throws Exception {
        Map<String, Double> prometheus = scrape();
        int compared = 0;
        for (String org : new String[] {"", "bbg", "bbg/hunan"}) {
            JsonObject rest = monitor.get("/api/v1/orgs" + (org.isEmpty() ? "" : "/" + org));
            JsonObject feed = snapshot("org:" + org);
            for (Map.Entry<String, String> sample : orgSamples(org).entrySet()) {
                double value = number(rest, sample.getValue());
                assertThat(number(feed, sample.getValue())).as("feed " + sample).isEqualTo(value);
                assertThat(prometheus.get(sample.getKey()))
                        .as("Prometheus " + sample)
                        .isEqualTo(value);
                compared++;
            }
        }
        for (String group : new String[] {"g1", "g2"}) {
            JsonObject rest = monitor.get("/api/v1/groups/" + group);
            JsonObject feed = snapshot("group:" + group);
            for (Map.Entry<String, String> sample : groupSamples(group).entrySet()) {
                double value = number(rest, sample.getValue());
                assertThat(number(feed, sample.getValue())).as("feed " + sample).isEqualTo(value);
                assertThat(prometheus.get(sample.getKey()))
                        .as("Prometheus " + sample)
                        .isEqualTo(value);
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(20);
    }

    @Test
    void wholeState_isTheSameOverRestAndFeed() throws Exception {
        JsonObject rest = monitor.get("/api/v1/groups/g3");
        rest.remove("asOf");

        assertThat(snapshot("group:g3")).isEqualTo(rest);
        assertThat(snapshot("campaign:c1").getLong("gmvPaid"))
                .isEqualTo(monitor.get("/api/v1/campaigns/c1").getLong("gmvPaid"));
        assertThat(snapshot("rain:org:bbg").getJsonArray("items"))
                .isEqualTo(monitor.get("/api/v1/rain?scope=org:bbg&limit=20").getJsonArray("items"));
        for (String kind : new String[] {"groups", "items", "shares", "channels", "referrers"}) {
            assertThat(snapshot("board:" + kind + ":org:bbg:today").getJsonArray("items"))
                    .isNotEmpty()
                    .isEqualTo(monitor.get("/api/v1/boards/" + kind + "?scope=org:bbg&limit=20")
                            .getJsonArray("items"));
        }
    }

    @Test
    void everyReportThatIsFollowed_saysWhatItsQuerySays() throws Exception {
        for (LiveReport.Kind kind : LiveReport.Kind.values()) {
            for (String scope : new String[] {"org:bbg", "group:g2"}) {
                assertSameReport(kind, scope);
            }
        }
        assertSameReport(LiveReport.Kind.BREADTH, "campaign:c1");
        assertSameReport(LiveReport.Kind.REPURCHASE, "campaign:c1");
        assertThat(snapshot("report:conversions-channel:campaign:c1").getJsonArray("items"))
                .isNotEmpty();
    }

    @Test
    void historyOfDays_saysOfTodayWhatTheQueriesSay() throws Exception {
        JsonObject today = monitor.get("/api/v1/history?scope=org:bbg&step=1d&from=" + LiveSale.T0
                        + "&measures=dau,retention,top3Share,orderRepurchase,conversion")
                .getJsonArray("items")
                .getJsonObject(0);

        JsonArray sums = monitor.get("/api/v1/history?scope=org:bbg&step=1d&measures=messages&from=" + LiveSale.T0)
                .getJsonArray("items");
        assertThat(sums).hasSize(1);
        assertThat(sums.getJsonObject(0).getLong("ts"))
                .as("a day of the zone, also of what is summed over minutes")
                .isEqualTo(today.getLong("ts"));
        assertThat(sums.getJsonObject(0).getLong("messages"))
                .isPositive()
                .isEqualTo(
                        monitor.get("/api/v1/orgs/bbg").getJsonObject("today").getLong("messages"));
        assertThat(today.getString("day"))
                .isEqualTo(monitor.get("/api/v1/people?scope=org:bbg").getString("day"));
        assertThat(today.getLong("dau"))
                .isPositive()
                .isEqualTo(monitor.get("/api/v1/people?scope=org:bbg").getLong("dau"));
        assertThat(today.getJsonObject("retention"))
                .isEqualTo(monitor.get("/api/v1/membership?scope=org:bbg").getJsonObject("retention"));
        assertThat(today.getJsonObject("top3Share"))
                .isEqualTo(monitor.get("/api/v1/breadth?scope=org:bbg").getJsonObject("top3Share"));
        assertThat(today.getJsonObject("conversion"))
                .isEqualTo(
                        monitor.get("/api/v1/orgs/bbg").getJsonObject("today").getJsonObject("conversion"));
        assertThat(today.getJsonObject("orderRepurchase"))
                .isEqualTo(monitor.get("/api/v1/repurchase?scope=org:bbg").getJsonObject("orderRepurchase"));
    }

    private static void assertSameReport(LiveReport.Kind kind, String scope) throws Exception {
        String name = kind.wireName();
        String query = name.startsWith("conversions-")
                ? "conversions?by=" + name.substring("conversions-".length()) + "&limit=20&scope="
                : WITH_LIMIT.contains(name) ? name + "?limit=20&scope=" : name + "?scope=";
        JsonObject rest = monitor.get("/api/v1/" + query + scope);
        JsonObject feed = snapshot("report:" + name + ":" + scope);
        assertThat(feed.fieldNames()).as(name).isNotEmpty();
        JsonObject same = new JsonObject();
        feed.fieldNames().forEach(field -> same.put(field, rest.getValue(field)));
        assertThat(feed).as(name + " of " + scope).isEqualTo(same);
    }

    private static Map<String, String> orgSamples(String org) {
        String label = "org=\"" + (org.isEmpty() ? "/" : org) + "\"";
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("grouppulse_members{" + label + "}", "members");
        for (String window : new String[] {"1m", "5m", "24h"}) {
            String labels = "{" + label + ",window=\"" + window + "\"}";
            samples.put("grouppulse_active_members" + labels, "windows." + window + ".active");
            samples.put("grouppulse_activeness_ratio" + labels, "windows." + window + ".activeness.value");
            samples.put("grouppulse_conversion_ratio" + labels, "windows." + window + ".conversion.value");
        }
        samples.put("grouppulse_orders_per_minute{" + label + ",window=\"1m\"}", "windows.1m.ordersPaid");
        samples.put("grouppulse_orders_total{" + label + ",transition=\"paid\"}", "total.ordersPaid");
        samples.put("grouppulse_gmv_minor_total{" + label + ",transition=\"paid\"}", "total.gmvPaid");
        samples.put("grouppulse_gmv_minor_total{" + label + ",transition=\"refunded\"}", "total.refunds");
        samples.put("grouppulse_groups{" + label + ",state=\"LIVELY\"}", "groups.LIVELY");
        return samples;
    }

    private static Map<String, String> groupSamples(String group) {
        String labels = "group=\"" + group + "\",org=\"bbg/hunan\"";
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("grouppulse_group_active_members{" + labels + ",window=\"5m\"}", "windows.5m.active");
        samples.put("grouppulse_group_orders_total{" + labels + "}", "total.ordersPaid");
        return samples;
    }

    private static double number(JsonObject json, String path) {
        JsonObject at = json;
        String[] steps = path.split("\\.", -1);
        for (int i = 0; i < steps.length - 1; i++) {
            at = at.getJsonObject(steps[i]);
        }
        return at.getDouble(steps[steps.length - 1]);
    }

    private static Map<String, Double> scrape() throws Exception {
        Map<String, Double> series = new LinkedHashMap<>();
        for (String line : monitor.exchange("GET", "/metrics", "").body().split("\n", -1)) {
            int space = line.lastIndexOf(' ');
            if (!line.startsWith("#") && space > 0) {
                series.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            }
        }
        return series;
    }

    /** The data of the first frame of a topic. */
    private static JsonObject snapshot(String topic) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    first.complete(text.toString());
                }
                return WebSocket.Listener.super.onText(socket, part, last);
            }
        };
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("grouppulse.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + monitor.port() + "/feed"), listener)
                .get(10, TimeUnit.SECONDS);
        String request =
                new JsonObject().put("op", "subscribe").put("topic", topic).encode();
        socket.sendText(request, true).get(10, TimeUnit.SECONDS);
        JsonObject frame = new JsonObject(first.get(10, TimeUnit.SECONDS));
        socket.abort();
        assertThat(frame.getString("kind")).as(frame.encode()).isEqualTo("snapshot");
        return frame.getJsonObject("data");
    }
}
