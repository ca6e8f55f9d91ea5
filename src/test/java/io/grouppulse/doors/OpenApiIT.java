package io.grouppulse.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.WeComCaller;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The server does what its OpenAPI document says: every path and method, every answer held against its schema. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OpenApiIT {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String ODD = "a/b ../秒杀 😀 %2F?#+";

    private static MonitorProcess monitor;
    private static Api api;
    private static Checked checked;

    @BeforeAll
    static void start() throws Exception {
        monitor = MonitorProcess.start(settings());
        api = monitor.api();
        checked = new Checked(api, Document.read(api, "/openapi.yaml"));
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(WeComCaller.MAIN.settings("wecom", "main"));
        settings.putAll(WeComCaller.MAIN.settings("channels", "mini"));
        settings.put("ingest.max_body", "1MiB");
        return settings;
    }

    private static JsonObject ok(String method, String template, String path, String body, String... headers)
            throws Exception {
        Api.Answer answer = checked.send(method, template, path, body, headers);
        assertThat(answer.status())
                .as(method + " " + path + " " + answer.body())
                .isEqualTo(200);
        return answer.json();
    }

    private static JsonObject get(String template, String query) throws Exception {
        return ok("GET", template, template + query, "");
    }

    private static void refused(int status, String code, String method, String template, String path, String... body)
            throws Exception {
        String type = body.length > 1 ? body[1] : "application/json";
        Api.Answer answer = checked.send(method, template, path, body.length == 0 ? "" : body[0], "Content-Type", type);
        assertThat(answer.status())
                .as(method + " " + path + " " + answer.body())
                .isEqualTo(status);
        assertThat(answer.json().getString("code")).isEqualTo(code);
    }

    @Test
    @Order(1)
    void aMonitorThatHasSeenNothingAnswers() throws Exception {
        assertThat(get("/api/v1/orgs", "").getValue("asOf")).isNull();
        for (String path : List.of("groups", "orders", "sources", "rejects")) {
            assertThat(get("/api/v1/" + path, "").getJsonArray("items")).isEmpty();
        }
        get("/api/v1/history", "");
        get("/health/live", "");
        get("/health/ready", "");
    }

    @Test
    @Order(2)
    void eventsAreTakenAsDocumented() throws Exception {
        String path = "/api/v1/events";
        String event =
                "{\"id\":\"x1\",\"type\":\"message.sent\",\"ts\":1795399200000,\"group\":\"g1\",\"member\":\"m\"}";
        ok("POST", path, path, event, "Content-Type", "application/json");
        JsonObject some = ok(
                "POST",
                path,
                path + "?wait=applied",
                "[" + event + ",{\"id\":\"x2\",\"type\":\"nope\",\"ts\":1},{\"id\":5},7]",
                "Content-Type",
                "application/json");
        assertThat(some.getInteger("accepted")).isEqualTo(1);
        assertThat(some.getInteger("rejected")).isEqualTo(3);
        assertThat(some.getInteger("duplicates")).isEqualTo(1);
        ok("POST", path, path, event + "\n" + event, "Content-Type", "application/x-ndjson");
        String cloud = "{\"specversion\":\"1.0\",\"id\":\"c1\",\"source\":\"s\",\"type\":\"message.sent\","
                + "\"time\":\"2026-11-23T10:00:00+08:00\",\"data\":{\"group\":\"g1\",\"member\":\"m\"}}";
        ok("POST", path, path, cloud, "Content-Type", "application/cloudevents+json");
        ok("POST", path, path, "[" + cloud + "]", "Content-Type", "application/cloudevents-batch+json");
        refused(400, "malformed_json", "POST", path, path, "nothing of the kind");
        refused(400, "bad_field", "POST", path, path + "?wait=forever", event);
        refused(415, "unsupported_media_type", "POST", path, path, event, "text/csv");
        refused(413, "too_large", "POST", path, path, "[" + " ".repeat(1 << 20) + "]");
        assertThat(get("/api/v1/rejects", "?limit=2").getJsonArray("items")).hasSize(2);
        refused(400, "bad_field", "GET", "/api/v1/rejects", "/api/v1/rejects?limit=0");
    }

    @Test
    @Order(2)
    void callbacksAreTakenFromThoseWhoSign() throws Exception {
        String template = "/callbacks/wecom/{source}";
        String path = "/callbacks/wecom/main";
        WeComCaller caller = WeComCaller.MAIN;
        long now = System.currentTimeMillis() / 1_000;
        String sealed = caller.encrypt(caller.change("chat", "change_name", now, "", ""));
        String query = caller.query(now, "n", sealed);
        assertThat(checked.send("GET", template, path + caller.question(now, "n", "hello"), "")
                        .body())
                .isEqualTo("hello");
        assertThat(checked.send("POST", template, path + query, caller.envelope(sealed))
                        .status())
                .isEqualTo(200);
        refused(403, "bad_signature", "POST", template, path + query, caller.envelope(caller.encrypt("<xml/>")));
        refused(400, "malformed", "POST", template, path, "<");
        refused(413, "too_large", "POST", template, path, "x".repeat(300_000));
        refused(404, "not_found", "POST", template, "/callbacks/wecom/nobody");
        String shop = "/callbacks/shop/{source}";
        String asked =
                "?signature=" + caller.sign(Long.toString(now), "n", "") + "&timestamp=" + now + "&nonce=n&echostr=e";
        assertThat(checked.send("GET", shop, "/callbacks/shop/mini" + asked, "").body())
                .isEqualTo("e");
        String news = caller.encrypt("{\"Event\":\"channels_ec_brand_update\"}");
        assertThat(checked.send(
                                "POST",
                                shop,
                                "/callbacks/shop/mini" + caller.query(now, "n", news),
                                new JsonObject().put("Encrypt", news).encode())
                        .body())
                .isEqualTo("success");
        refused(404, "not_found", "POST", shop, "/callbacks/shop/nobody");
    }

    @Test
    @Order(3)
    void theRegistryAnswersWhatIsStored() throws Exception {
        String group = "/api/v1/groups/{id}";
        String odd = "/api/v1/groups/" + Api.encode(ODD);
        JsonObject profile = new JsonObject()
                .put("name", "麓谷一店")
                .put("orgs", List.of("bbg/hunan", "b b/ü"))
                .put("capacity", 500)
                .put("tags", List.of("fresh"))
                .put("owner", "li");
        assertThat(ok("PUT", group, odd, profile.encode(), "Content-Type", "application/json"))
                .isEqualTo(profile.copy().put("group", ODD));
        JsonObject read = ok("GET", group, odd, "");
        assertThat(read.getString("group")).isEqualTo(ODD);
        assertThat(read.getJsonArray("orgs")).isEqualTo(profile.getJsonArray("orgs"));
        JsonObject roster = new JsonObject("{\"members\":[{\"id\":\"m1\"},{\"id\":\"s1\",\"role\":\"staff\"}]}");
        ok("PUT", group + "/roster", odd + "/roster", roster.encode(), "Content-Type", "application/json");
        assertThat(ok("GET", group, odd, "").getInteger("members")).isEqualTo(1);
        assertThat(ok("GET", "/api/v1/orgs/{path}", "/api/v1/orgs/" + Api.encode("b b/ü"), "")
                        .getString("org"))
                .isEqualTo("b b/ü");
        assertThat(ok("GET", "/api/v1/orgs/{path}", "/api/v1/orgs/b%20b", "").getJsonArray("children"))
                .hasSize(1);
        refused(400, "bad_field", "PUT", group, odd, "{\"nome\":1}");
        refused(400, "malformed_json", "PUT", group + "/roster", odd + "/roster", "{");
        assertThat(checked.send("DELETE", "/api/v1/members/{id}", "/api/v1/members/m1", "")
                        .status())
                .isEqualTo(204);
        refused(400, "bad_field", "DELETE", "/api/v1/members/{id}", "/api/v1/members/" + "x".repeat(129), "");
        refused(415, "unsupported_media_type", "PUT", group, odd, "{}", "text/plain");
        refused(413, "too_large", "PUT", group, odd, "{\"name\":\"" + "x".repeat(300_000) + "\"}");
        assertThat(checked.send("DELETE", group, odd, "").status()).isEqualTo(204);
        assertThat(checked.send("DELETE", group, odd, "").status()).isEqualTo(204);
        refused(404, "not_found", "GET", group, odd);
    }

    @Test
    @Order(4)
    void campaignsStandAsTheyWereDefined() throws Exception {
        String template = "/api/v1/campaigns/{id}";
        String path = "/api/v1/campaigns/" + Api.encode("c/1");
        String plan =
                "{\"name\":\"n\",\"org\":\"\",\"from\":1,\"to\":\"2026-11-23T11:00:00+08:00\",\"targets\":{\"gmv\":5}}";
        JsonObject stored = ok("PUT", template, path, plan, "Content-Type", "application/json");
        JsonObject standing = ok("GET", template, path, "");
        assertThat(standing.getString("id")).isEqualTo("c/1");
        assertThat(get("/api/v1/campaigns", "?org=&limit=1000")
                        .getJsonArray("items")
                        .encode())
                .contains("\"id\":\"c/1\"");
        get("/api/v1/repurchase", "?scope=" + Api.encode("campaign:c/1"));
        for (String form : List.of("", ".html", ".csv")) {
            String report = "/report" + form;
            assertThat(checked.send("GET", template + report, path + report + "?lang=en", "")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(standing.getValue("targets")).isEqualTo(stored.getValue("targets"));
        assertThat(get("/api/v1/orgs", "").getJsonArray("campaigns")).contains("c/1");
        refused(400, "missing_field", "PUT", template, path, "{}");
        refused(415, "unsupported_media_type", "PUT", template, path, plan, "text/plain");
        refused(413, "too_large", "PUT", template, path, "{\"name\":\"" + "x".repeat(9 << 20) + "\"}");
        assertThat(checked.send("DELETE", template, path, "").status()).isEqualTo(204);
        refused(404, "not_found", "GET", template, path);
    }

    @Test
    @Order(5)
    void queriesAnswerInTheirShapes() throws Exception {
        Sale sale = new Sale(5, 300);
        for (int group = 0; group < 300; group++) {
            api.put("/api/v1/groups/g" + group, new JsonObject().put("orgs", List.of("c/" + group % 3)));
        }
        api.take(sale.everyGroup());
        api.take(sale.next(3_000, 100));
        assertThat(get("/api/v1/orgs", "").containsKey("unattributed")).isTrue();
        ok("GET", "/api/v1/orgs/{path}", "/api/v1/orgs/c/1", "");
        get("/api/v1/groups", "?org=c/1&state=LIVELY&limit=1000");
        get("/api/v1/groups", "?fields=group,windows.5m.active,rain,asOf&limit=3");
        get("/api/v1/orders", "?org=c&limit=20");
        get("/api/v1/rain", "?scope=org:c&curve=true&limit=5");
        get("/api/v1/repurchase", "?scope=org:c&period=month");
        get("/api/v1/slots", "?scope=org:c&day=2026-11-23&slots=09:30,20:00");
        for (String by : List.of("cohort", "channel", "share", "item")) {
            get("/api/v1/conversions", "?scope=org:c&limit=5&by=" + by);
        }
        get("/api/v1/reach", "?scope=org:c/1");
        get("/api/v1/stimuli", "?scope=org:c&span=5m");
        get("/api/v1/fission", "?scope=org:c");
        get("/api/v1/groupbuys", "?scope=org:c");
        get("/api/v1/breadth", "?scope=org:c&period=start");
        String boards = "/api/v1/boards/{kind}";
        for (String kind : List.of("groups", "items", "shares", "channels")) {
            JsonObject board = ok("GET", boards, "/api/v1/boards/" + kind + "?scope=org:c&window=30m&limit=5", "");
            assertThat(board.getJsonArray("items")).isNotEmpty();
        }
        ok("GET", boards, "/api/v1/boards/referrers?scope=org:c&by=invites", "");
        ok("GET", "/api/v1/people", "/api/v1/people?scope=org:c", "");
        refused(400, "bad_field", "GET", "/api/v1/people", "/api/v1/people?day=tomorrow");
        ok("GET", "/api/v1/membership", "/api/v1/membership?scope=group:g1", "");
        refused(404, "not_found", "GET", "/api/v1/membership", "/api/v1/membership?scope=group:none");
        refused(404, "not_found", "GET", boards, "/api/v1/boards/beauty");
        refused(400, "bad_field", "GET", boards, "/api/v1/boards/items?by=beauty");
        assertThat(checked.send("GET", "/api/v1/ledger", "/api/v1/ledger?scope=org:c", "")
                        .body()
                        .lines())
                .isNotEmpty();
        refused(404, "not_found", "GET", "/api/v1/ledger", "/api/v1/ledger?scope=group:nobody");
        refused(400, "bad_field", "GET", "/api/v1/ledger", "/api/v1/ledger?from=2&to=1");
        refused(404, "not_found", "GET", "/api/v1/rain", "/api/v1/rain?scope=group:nobody");
        get("/api/v1/alerts", "?state=resolved&limit=5");
        get("/api/v1/sources", "");
        get("/api/v1/history", "?scope=group:g7&measures=ordersPaid,active,buyers,gmvNet,unpaid&step=1m");
        JsonObject day =
                get("/api/v1/history", "?scope=org:c/1&measures=messages&step=1h&from=1795392000000&to=1795478400000");
        assertThat(day.getJsonArray("items")).hasSize(24);
        refused(404, "not_found", "GET", "/api/v1/orgs/{path}", "/api/v1/orgs/nowhere");
        refused(404, "not_found", "GET", "/api/v1/groups", "/api/v1/groups?org=nowhere");
        refused(404, "not_found", "GET", "/api/v1/orders", "/api/v1/orders?org=nowhere");
        refused(404, "not_found", "GET", "/api/v1/history", "/api/v1/history?scope=group:nobody");
        for (String bad : List.of(
                "groups?limit=0",
                "groups?limit=1001",
                "groups?limit=x",
                "groups?sort=nothing",
                "groups?window=7m",
                "groups?state=HAPPY",
                "groups?cursor=nonsense",
                "groups?cursor=WzEsMl0",
                "groups?color=red",
                "groups?limit=1&limit=2",
                "orders?limit=-1",
                "sources?x=1",
                "history?scope=planet:mars",
                "history?measures=active&step=5m",
                "history?measures=nothing",
                "history?step=90s",
                "history?step=0m",
                "history?from=x",
                "history?from=5&to=4",
                "history?from=0&to=1795399200000",
                "history?to=99999999999999999999")) {
            refused(400, "bad_field", "GET", "/api/v1/" + bad.replaceAll("\\?.*", ""), "/api/v1/" + bad);
        }
        refused(400, "bad_field", "GET", "/api/v1/orgs", "/api/v1/orgs?x=1");
        refused(400, "bad_field", "GET", "/api/v1/feed", "/api/v1/feed?topic=nonsense");
        refused(400, "bad_request", "GET", "/feed", "/feed");
    }

    @Test
    @Order(6)
    void documentsMetricsAndTheScreenAreServed() throws Exception {
        for (String path : List.of("/openapi.yaml", "/asyncapi.yaml", "/metrics", "/")) {
            assertThat(checked.send("GET", path, path, "").status()).as(path).isEqualTo(200);
        }
    }

    @Test
    @Order(7)
    void pagesTogetherShowEachGroupOnce() throws Exception {
        for (String sort : List.of(
                "-gmvPaid",
                "gmvPaid",
                "group",
                "-group",
                "members",
                "-lastInteraction",
                "conversion",
                "-conversion",
                "aov",
                "-pulse",
                "speakFrequency",
                "joinLeave",
                "-activeness",
                "maturedConversion",
                "-gmvNet")) {
            for (String window : List.of("5m", "today")) {
                List<String> ids = pages("?limit=37&fields=group&window=" + window + "&sort=" + sort);
                assertThat(ids).as(sort).doesNotHaveDuplicates().hasSize(all().size());
            }
        }
        assertThat(pages("?limit=100&fields=group&sort=-group").stream()
                        .sorted()
                        .toList())
                .isEqualTo(pages("?limit=1000&fields=group&sort=group").stream()
                        .sorted()
                        .toList());
        assertThat(pages("?org=c/2&limit=7&fields=group")).hasSize(100);
    }

    @Test
    @Order(8)
    void ratiosWithoutAValueComeLastWhateverTheDirection() throws Exception {
        for (String sort : List.of("conversion", "-conversion")) {
            List<Object> values =
                    get("/api/v1/groups", "?limit=1000&window=1m&sort=" + sort).getJsonArray("items").stream()
                            .map(item -> ((JsonObject) item)
                                    .getJsonObject("windows")
                                    .getJsonObject("1m")
                                    .getJsonObject("conversion")
                                    .getValue("value"))
                            .toList();
            int firstNull = values.indexOf(null);
            assertThat(values.subList(Math.max(0, firstNull), values.size()).stream()
                            .filter(value -> firstNull >= 0 && value != null))
                    .as(sort)
                    .isEmpty();
        }
    }

    private static Set<String> all() throws Exception {
        return new TreeSet<>(pages("?limit=1000&fields=group"));
    }

    private static List<String> pages(String query) throws Exception {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = get("/api/v1/groups", query + cursor);
            page.getJsonArray("items").forEach(item -> ids.add(((JsonObject) item).getString("group")));
            String next = page.getString("cursor");
            cursor = next == null ? "" : "&cursor=" + Api.encode(next);
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    @Order(9)
    void wrongMethodsAre405WithAllowAndUnknownPaths404() throws Exception {
        for (String template :
                checked.document().content().getJsonObject("paths").fieldNames()) {
            Set<String> known = checked.methods(template);
            String path = template.replace("{id}", "g1")
                    .replace("{path}", "c/1")
                    .replace("{kind}", "items")
                    .replace("{source}", "main");
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW")) {
                if (!known.contains(method)) {
                    Api.Answer answer = checked.send(method, template, path, "");
                    assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
                    assertThat(answer.header("allow")).as(method + " " + path).contains(known);
                }
            }
            Api.Answer options = api.send("OPTIONS", path, "");
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.header("allow")).contains(known);
            if (known.contains("GET") && !template.endsWith("/feed")) {
                Api.Answer head = api.send("HEAD", path, "");
                assertThat(head.status())
                        .as("HEAD " + path)
                        .isEqualTo(api.get(path).status());
                assertThat(head.body()).isEmpty();
            }
        }
        for (String path :
                List.of("/nope", "/api/v1", "/api/v1/", "/api/v2/groups", "/js/nope.js", "/api/v1/groups/g1/x")) {
            for (String method : List.of("GET", "POST", "DELETE", "HEAD", "OPTIONS")) {
                Api.Answer answer = api.send(method, path, "");
                assertThat(answer.status()).as(method + " " + path).isEqualTo(404);
                assertThat(answer.mediaType()).isEqualTo("application/problem+json");
            }
        }
        assertThat(api.send("POST", "/index.html", "").status()).isEqualTo(405);
    }

    @Test
    @Order(10)
    void everythingDocumentedWasAskedFor() {
        Set<String> documented = new TreeSet<>();
        for (Map.Entry<String, Object> path : checked.document().content().getJsonObject("paths")) {
            ((JsonObject) path.getValue())
                    .fieldNames().stream()
                            .filter(METHODS::contains)
                            .forEach(method ->
                                    documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()));
        }
        documented.remove("GET /api/v1/feed");
        documented.remove("GET /feed");
        assertThat(checked.answered()).containsAll(documented);
    }
}
