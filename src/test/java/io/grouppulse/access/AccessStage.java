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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A monitor under access control, with groups and campaigns in several parts of an organisation, some of them moved there. */
final class AccessStage implements AutoCloseable {
    static final String ADMIN = SignedTokens.token("chief", "admin ingest read", null);
    static final Map<String, List<String>> GROUPS = Map.of(
            "in-a-one", List.of("a/1"),
            "in-a-ten", List.of("a/10"),
            "in-b-two", List.of("b/2"),
            "in-both", List.of("a/1", "b/2"),
            "moved-to-a-ten", List.of("a/10"),
            "moved-to-a-one", List.of("a/1"));
    private static final Map<String, List<String>> MOVED_FROM =
            Map.of("moved-to-a-ten", List.of("a/1"), "moved-to-a-one", List.of("b/2"));
    static final Map<String, String> CAMPAIGNS = Map.of("sale-a-one", "a/1", "sale-a-ten", "a/10", "sale-b", "b");
    private static final long TS = 1_795_399_200_000L;

    private final HttpClient http = HttpClient.newHttpClient();
    private final MonitorInProcess monitor;

    private AccessStage(MonitorInProcess monitor) {
        this.monitor = monitor;
    }

    static AccessStage start(Path dir, Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("auth.jwt.secret", SignedTokens.SECRET);
        settings.put("auth.rate", "1000000");
        settings.put("feed.max_topics", "1000");
        AccessStage stage = new AccessStage(MonitorInProcess.start(dir, settings));
        stage.fill();
        return stage;
    }

    /** Groups that move stood elsewhere when their events came, so that what was counted there moves along. */
    private void fill() throws Exception {
        for (Map.Entry<String, List<String>> moved : MOVED_FROM.entrySet()) {
            put("/api/v1/groups/" + moved.getKey(), new JsonObject().put("orgs", moved.getValue()));
        }
        StringBuilder early = new StringBuilder();
        MOVED_FROM.keySet().forEach(group -> early.append(invited(group)).append('\n'));
        send("POST", "/api/v1/events?wait=applied", ADMIN, early.toString());
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
                .contains("\"accepted\":" + 2 * GROUPS.size());
    }

    @Override
    public void close() {
        monitor.close();
    }

    static String order(String group) {
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

    void put(String path, JsonObject body) throws Exception {
        assertThat(send("PUT", path, ADMIN, body.encode()).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> send(String method, String path, @Nullable String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + monitor.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("content-type", path.contains("events") ? "application/x-ndjson" : "application/json");
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    int port() {
        return monitor.port();
    }

    /** The paths of the OpenAPI document. */
    Set<String> paths() throws Exception {
        String document = send("GET", "/openapi.yaml", null, "").body();
        return InterfaceDocument.ofYaml(document)
                .content()
                .getJsonObject("paths")
                .fieldNames();
    }

    /** Asks at every path that asks for credentials, expects 401 at each, and says how many there are. */
    int pathsClosedTo(String token) throws Exception {
        int closed = 0;
        for (String template : paths()) {
            String path = template.replaceAll("\\{[^}]*}", "x");
            if (!AccessRules.OPEN.contains(template) && !path.startsWith("/callbacks/")) {
                assertThat(send("GET", path, token, "").statusCode()).as(path).isEqualTo(401);
                closed++;
            }
        }
        return closed;
    }

    /** The shapes of topics of the AsyncAPI document. */
    List<String> topicShapes() throws Exception {
        String document = send("GET", "/asyncapi.yaml", null, "").body();
        String pattern = InterfaceDocument.ofYaml(document)
                .content()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("Topic")
                .getString("pattern");
        return Choices.of(pattern.substring(1, pattern.length() - 1));
    }
}
