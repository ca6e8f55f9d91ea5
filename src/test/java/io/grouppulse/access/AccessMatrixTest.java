package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.publish.InterfaceDocument;
import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every path of the OpenAPI document, asked by every kind of reader about every part of the organisation: the status is
 * that of a rule written down here a second time, and no body names what its reader may not see.
 */
class AccessMatrixTest {
    private static final String ADMIN = SignedTokens.token("chief", "admin ingest read", null);
    private static final Map<String, List<String>> GROUPS = Map.of(
            "in-a-one", List.of("a/1"),
            "in-a-ten", List.of("a/10"),
            "in-b-two", List.of("b/2"),
            "in-both", List.of("a/1", "b/2"));
    private static final Map<String, String> CAMPAIGNS =
            Map.of("sale-a-one", "a/1", "sale-a-ten", "a/10", "sale-b", "b");
    private static final List<String> ORGS = List.of("", "a", "a/1", "a/10", "b", "b/2");
    private static final List<String> SCOPES = List.of("read", "ingest", "admin", "admin read", "ingest read");
    private static final Set<String> OPEN =
            Set.of("/", "/feed", "/health/live", "/health/ready", "/openapi.yaml", "/asyncapi.yaml");
    private static final Set<String> OF_ALL = Set.of("/metrics", "/api/v1/rejects", "/api/v1/sources");
    private static final long TS = 1_795_399_200_000L;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static MonitorInProcess monitor;

    /** A credential as a test has it. */
    private record Reader(String scope, @Nullable List<String> orgs) {
        String token() {
            return SignedTokens.token("reader", scope, orgs);
        }

        boolean has(String right) {
            return List.of(scope.split(" ", -1)).contains(right);
        }

        /** By the names of the path, one by one. */
        boolean covers(String path) {
            return orgs == null || orgs.stream().anyMatch(top -> startsWith(path.split("/", -1), top.split("/", -1)));
        }

        private static boolean startsWith(String[] path, String[] top) {
            return path.length >= top.length && Arrays.equals(path, 0, top.length, top, 0, top.length);
        }

        boolean sees(String group) {
            return orgs == null
                    || GROUPS.getOrDefault(group, List.of()).stream().anyMatch(this::covers);
        }
    }

    /** A request, and whether a reader of the right scope may ask it. */
    private record Ask(String path, boolean allowed) {}

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of("auth.jwt.secret", SignedTokens.SECRET, "auth.rate", "1000000"));
        for (Map.Entry<String, List<String>> group : GROUPS.entrySet()) {
            put("/api/v1/groups/" + group.getKey(), new JsonObject().put("orgs", group.getValue()));
        }
        for (Map.Entry<String, String> campaign : CAMPAIGNS.entrySet()) {
            JsonObject plan = new JsonObject()
                    .put("name", campaign.getKey())
                    .put("org", campaign.getValue())
                    .put("from", TS - 1_000)
                    .put("to", TS + 3_600_000);
            if (!campaign.getKey().equals("sale-b")) {
                plan.put("compareTo", "sale-b");
            }
            put("/api/v1/campaigns/" + campaign.getKey(), plan);
        }
        StringBuilder events = new StringBuilder();
        for (String group : GROUPS.keySet()) {
            events.append(order(group)).append('\n').append(invited(group)).append('\n');
        }
        assertThat(send("POST", "/api/v1/events?wait=applied", ADMIN, events.toString())
                        .body())
                .contains("\"accepted\":8");
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    private static String order(String group) {
        return new JsonObject()
                .put("id", "paid-" + group)
                .put("type", "order.paid")
                .put("ts", TS)
                .put("group", group)
                .put("member", "buyer-" + group)
                .put("order", "order-" + group)
                .put("item", "item-" + group)
                .put("amount", 100)
                .encode();
    }

    private static String invited(String group) {
        return new JsonObject()
                .put("id", "joined-" + group)
                .put("type", "member.joined")
                .put("ts", TS)
                .put("group", group)
                .put("member", "buyer-of-" + group)
                .put("inviter", "friend-" + group)
                .encode();
    }

    private static void put(String path, JsonObject body) throws Exception {
        assertThat(send("PUT", path, ADMIN, body.encode()).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> send(String method, String path, @Nullable String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + monitor.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("content-type", path.contains("events") ? "application/x-ndjson" : "application/json");
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        for (String scope : SCOPES) {
            for (List<String> orgs :
                    List.of(List.of("a/1"), List.of("a/10"), List.of("b"), List.of("a/1", "b/2"), List.<String>of())) {
                readers.add(new Reader(scope, orgs));
            }
            readers.add(new Reader(scope, null));
        }
        return readers;
    }

    /** What can be asked at a path of the document; an unknown path is nothing this test can tell the rule of. */
    private static List<Ask> asks(String template, Reader reader) {
        return switch (template) {
            case "/api/v1/orgs" -> List.of(new Ask(template, true));
            case "/api/v1/orgs/{path}" -> orgs(reader, "/api/v1/orgs/", false);
            case "/api/v1/groups", "/api/v1/orders", "/api/v1/alerts", "/api/v1/campaigns" ->
                orgs(reader, template + "?org=", true);
            case "/api/v1/groups/{id}" ->
                GROUPS.keySet().stream()
                        .map(id -> new Ask("/api/v1/groups/" + id, reader.sees(id)))
                        .toList();
            case "/api/v1/rain",
                    "/api/v1/ledger",
                    "/api/v1/people",
                    "/api/v1/membership",
                    "/api/v1/slots",
                    "/api/v1/fission",
                    "/api/v1/conversions",
                    "/api/v1/reach",
                    "/api/v1/groupbuys",
                    "/api/v1/stimuli" -> scopes(reader, template + "?scope=");
            case "/api/v1/history", "/api/v1/breadth", "/api/v1/repurchase" ->
                Stream.concat(
                                scopes(reader, template + "?scope=").stream(),
                                campaigns(reader, template + "?scope=campaign:{id}").stream())
                        .toList();
            case "/api/v1/boards/{kind}" ->
                Stream.of("items", "referrers", "channels", "shares")
                        .flatMap(kind -> scopes(reader, "/api/v1/boards/" + kind + "?scope=").stream())
                        .toList();
            case "/api/v1/campaigns/{id}",
                    "/api/v1/campaigns/{id}/report",
                    "/api/v1/campaigns/{id}/report.html",
                    "/api/v1/campaigns/{id}/report.csv" -> campaigns(reader, template);
            default -> OF_ALL.contains(template) ? List.of(new Ask(template, reader.orgs() == null)) : List.of();
        };
    }

    private static List<Ask> campaigns(Reader reader, String template) {
        return CAMPAIGNS.entrySet().stream()
                .map(known -> new Ask(template.replace("{id}", known.getKey()), reader.covers(known.getValue())))
                .toList();
    }

    private static List<Ask> orgs(Reader reader, String before, boolean withRoot) {
        return ORGS.stream()
                .filter(org -> withRoot || !org.isEmpty())
                .map(org -> new Ask(before + org, org.isEmpty() || reader.covers(org)))
                .toList();
    }

    private static List<Ask> scopes(Reader reader, String before) {
        boolean oneRoot = reader.orgs() == null || reader.orgs().size() == 1;
        Stream<Ask> nodes =
                ORGS.stream().map(org -> new Ask(before + "org:" + org, org.isEmpty() ? oneRoot : reader.covers(org)));
        return Stream.concat(
                        nodes, GROUPS.keySet().stream().map(id -> new Ask(before + "group:" + id, reader.sees(id))))
                .toList();
    }

    @Test
    void everyPath_forEveryReader_answersByTheRule_andNamesNothingOfOthers() throws Exception {
        Set<String> unknown = new TreeSet<>();
        int asked = 0;
        for (String template : paths()) {
            for (Reader reader : readers()) {
                List<Ask> asks = asks(template, reader);
                if (asks.isEmpty()) {
                    unknown.add(template);
                }
                for (Ask ask : asks) {
                    check(ask, reader);
                    asked++;
                }
            }
        }
        unknown.removeAll(OPEN);
        unknown.removeIf(path -> path.startsWith("/callbacks/"));
        unknown.removeAll(
                Set.of("/api/v1/events", "/api/v1/feed", "/api/v1/groups/{id}/roster", "/api/v1/members/{id}"));
        for (String path : unknown) {
            String concrete = path.replaceAll("\\{[^}]*}", "x");
            assertThat(send("GET", concrete, new Reader("read", List.of("a/1")).token(), "")
                            .statusCode())
                    .as("what has no rule of its own is closed to readers of a subtree: %s", path)
                    .isEqualTo(403);
        }
        assertThat(asked).isGreaterThan(2_000);
    }

    @Test
    void everyTopic_forEveryReader_isDecidedByTheRule_andNamesNothingOfOthers() throws Exception {
        String document = send("GET", "/asyncapi.yaml", null, "").body();
        String pattern = InterfaceDocument.ofYaml(document)
                .content()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("Topic")
                .getString("pattern");
        Set<String> topics = new TreeSet<>();
        Choices.of(pattern.substring(1, pattern.length() - 1)).forEach(shape -> topics.addAll(topicsOf(shape)));
        int asked = 0;
        for (Reader reader : readers()) {
            if (reader.has("read")) {
                Map<String, String> answers = TopicAnswers.of(monitor.port(), reader.token(), topics);
                topics.forEach(topic -> check(topic, String.valueOf(answers.get(topic)), reader));
                asked += topics.size();
            }
        }
        assertThat(asked).isGreaterThan(1_000);
    }

    private static List<String> topicsOf(String shape) {
        String closed = shape.startsWith("board:") ? shape.replaceAll(":\\.\\+$", ":5m") : shape;
        if (closed.startsWith("campaign:")) {
            return CAMPAIGNS.keySet().stream().map(id -> "campaign:" + id).toList();
        }
        if (closed.endsWith(":campaign:.+")) {
            return CAMPAIGNS.keySet().stream()
                    .map(id -> closed.replace(".+", id))
                    .toList();
        }
        return closed.contains(".+")
                ? GROUPS.keySet().stream().map(id -> closed.replace(".+", id)).toList()
                : closed.contains(".*")
                        ? ORGS.stream().map(org -> closed.replace(".*", org)).toList()
                        : List.of(closed);
    }

    private static boolean maySee(String topic, Reader reader) {
        String kind = topic.substring(0, Math.max(0, topic.indexOf(':')));
        String name = topic.substring(topic.indexOf(':') + 1);
        return switch (kind) {
            case "org", "orders", "alerts" -> name.isEmpty() || reader.covers(name);
            case "group" -> reader.sees(name);
            case "campaign" -> reader.covers(CAMPAIGNS.getOrDefault(name, "?"));
            case "rain" -> maySeeScope(name, reader);
            case "report" -> maySeeScope(name.substring(name.indexOf(':') + 1), reader);
            case "board" -> maySeeScope(name.substring(name.indexOf(':') + 1, name.lastIndexOf(':')), reader);
            default -> reader.orgs() == null;
        };
    }

    private static boolean maySeeScope(String scope, Reader reader) {
        String name = scope.substring(scope.indexOf(':') + 1);
        if (scope.startsWith("group:")) {
            return reader.sees(name);
        }
        if (scope.startsWith("campaign:")) {
            return reader.covers(CAMPAIGNS.getOrDefault(name, "?"));
        }
        return name.isEmpty() ? reader.orgs() == null || reader.orgs().size() == 1 : reader.covers(name);
    }

    private static void check(String topic, String frame, Reader reader) {
        if (topic.startsWith("board:groups:group:")) {
            assertThat(frame).as("%s of %s", reader, topic).contains("unknown_topic");
            return;
        }
        assertThat(frame)
                .as("%s of %s", reader, topic)
                .contains(maySee(topic, reader) ? "\"kind\":\"snapshot\"" : "\"code\":\"forbidden\"");
        if (frame.contains("snapshot")) {
            GROUPS.keySet().stream()
                    .filter(group -> !reader.sees(group))
                    .forEach(group ->
                            assertThat(frame).as("%s of %s", reader, topic).doesNotContain(group));
            Stream.of("a/1", "a/10", "b/2")
                    .filter(org -> !reader.covers(org))
                    .forEach(org ->
                            assertThat(frame).as("%s of %s", reader, topic).doesNotContain('"' + org + '"'));
        }
    }

    private static Set<String> paths() throws Exception {
        String document = send("GET", "/openapi.yaml", null, "").body();
        return InterfaceDocument.ofYaml(document)
                .content()
                .getJsonObject("paths")
                .fieldNames();
    }

    private static void check(Ask ask, Reader reader) throws Exception {
        HttpResponse<String> answer = send("GET", ask.path(), reader.token(), "");

        assertThat(answer.statusCode())
                .as("%s asks %s", reader, ask.path())
                .isEqualTo(reader.has("read") && ask.allowed() ? 200 : 403);
        if (answer.statusCode() == 200 && reader.orgs() != null) {
            for (String group : GROUPS.keySet()) {
                if (!reader.sees(group)) {
                    assertThat(answer.body())
                            .as("%s asks %s", reader, ask.path())
                            .doesNotContain(group);
                }
            }
            if (!reader.covers("b")) {
                assertThat(answer.body()).as("%s asks %s", reader, ask.path()).doesNotContain("sale-b");
            }
            for (String org : List.of("a/1", "a/10", "b/2")) {
                if (!reader.covers(org)) {
                    assertThat(answer.body())
                            .as("%s asks %s", reader, ask.path())
                            .doesNotContain('"' + org + '"');
                }
            }
        }
        if (answer.statusCode() == 200 && !reader.has("admin")) {
            assertThat(answer.body()).as("%s asks %s", reader, ask.path()).doesNotContain("buyer-", "friend-");
        }
    }

    @Test
    void everyPath_withoutACredential_isOpenOrAsksForOne() throws Exception {
        for (String template : paths()) {
            String path = template.replaceAll("\\{[^}]*}", "x");
            if (path.startsWith("/callbacks/")) {
                assertThat(send("GET", path, null, "").statusCode())
                        .as("no bearer is asked for: %s", path)
                        .isNotIn(200, 401);
                continue;
            }
            for (String token : new String[] {null, "", "nonsense", ADMIN.substring(0, ADMIN.length() - 3)}) {
                HttpResponse<String> answer = send("GET", path, token, "");
                if (OPEN.contains(template)) {
                    assertThat(answer.statusCode()).as(path).isIn(200, 400, 503);
                } else {
                    assertThat(answer.statusCode()).as(path).isEqualTo(401);
                    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                            .startsWith("Bearer");
                }
            }
        }
    }

    @Test
    void change_byAnybodyButAnAdministratorOfAll_isForbidden() throws Exception {
        for (Reader reader : readers()) {
            if (reader.has("admin") && reader.orgs() == null) {
                continue;
            }
            for (String path : List.of(
                    "/api/v1/groups/in-a-one",
                    "/api/v1/groups/in-a-one/roster",
                    "/api/v1/campaigns/sale-a-one",
                    "/api/v1/members/buyer-in-a-one")) {
                for (String method : List.of("PUT", "DELETE", "POST", "PATCH")) {
                    assertThat(send(method, path, reader.token(), "{}").statusCode())
                            .as("%s %s %s", reader, method, path)
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    void event_ofAGroupElsewhere_isRejectedAlone() throws Exception {
        Reader sender = new Reader("ingest", List.of("a/1"));
        String unknown = order("nobody-knows");

        JsonObject answer = new JsonObject(send(
                        "POST",
                        "/api/v1/events",
                        sender.token(),
                        order("in-a-one") + '\n' + order("in-a-ten") + '\n' + order("in-both") + '\n' + unknown)
                .body());

        assertThat(answer.getInteger("accepted")).isEqualTo(2);
        assertThat(answer.getJsonArray("errors").stream()
                        .map(error ->
                                ((JsonObject) error).getInteger("index") + ((JsonObject) error).getString("code")))
                .containsExactly("1forbidden_org", "3forbidden_org");
    }

    @Test
    void movedGroup_isSeenWhereItStandsNow() throws Exception {
        Reader ofA = new Reader("read", List.of("a/1"));
        put("/api/v1/groups/mover", new JsonObject().put("orgs", List.of("a/1")));
        assertThat(send("GET", "/api/v1/groups/mover", ofA.token(), "").statusCode())
                .isEqualTo(200);

        put("/api/v1/groups/mover", new JsonObject().put("orgs", List.of("a/10")));

        assertThat(send("GET", "/api/v1/groups/mover", ofA.token(), "").statusCode())
                .isEqualTo(403);
        assertThat(send("GET", "/api/v1/groups", ofA.token(), "").body()).doesNotContain("mover");
        assertThat(send("DELETE", "/api/v1/groups/mover", ADMIN, "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void rootOfAReader_sumsHisGroupsOnce_aboveHisSubtrees() throws Exception {
        JsonObject root =
                new JsonObject(send("GET", "/api/v1/orgs", new Reader("read", List.of("a/1", "b/2")).token(), "")
                        .body());

        assertThat(root.getJsonObject("groups").getInteger("total")).isEqualTo(3);
        assertThat(root.getJsonArray("children").stream().map(child -> ((JsonObject) child).getString("org")))
                .containsExactly("a/1", "b/2");
    }

    @Test
    void erasedMember_isNamedToNobody_andCountsAsBefore() throws Exception {
        String ledger = "/api/v1/ledger?scope=group:in-b-two";
        String before = send("GET", ledger, ADMIN, "").body();
        assertThat(before).contains("buyer-in-b-two");

        for (int i = 0; i < 2; i++) {
            assertThat(send("DELETE", "/api/v1/members/buyer-in-b-two", ADMIN, "")
                            .statusCode())
                    .as("the same answer for who is known and who is not")
                    .isEqualTo(204);
        }

        String after = send("GET", ledger, ADMIN, "").body();
        assertThat(after.replaceAll("erased\\.[A-Za-z0-9_-]{22}", "buyer-in-b-two"))
                .isEqualTo(before);
        assertThat(after).doesNotContain("buyer-in-b-two");
        assertThat(send("GET", "/api/v1/orders", ADMIN, "").body()).doesNotContain("buyer-in-b-two");
        assertThat(send("DELETE", "/api/v1/members/" + "x".repeat(129), ADMIN, "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void idsOfMembers_areShownToAdministratorsAlone() throws Exception {
        String orders = "/api/v1/orders?org=a/10";

        assertThat(send("GET", orders, ADMIN, "").body()).contains("buyer-in-a-ten");
        assertThat(send("GET", orders, new Reader("read", null).token(), "").body())
                .contains("b***n")
                .doesNotContain("buyer-");
    }
}
