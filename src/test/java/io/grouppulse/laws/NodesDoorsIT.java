package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.RedisServer;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import io.grouppulse.testing.WeComCaller;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on one Redis, and what comes to any of them: erasures of members, and callbacks about one chat in turn. */
@Tag("long")
class NodesDoorsIT {
    private static final int SHARDS = 6;
    private static final int GROUPS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final WeComCaller CALLER = WeComCaller.MAIN;
    private static final long TS = 1_795_399_200_000L;

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RunningServer> nodes = new ArrayList<>();
    private RedisServer redis;

    /** Its dump is searched, so it packs nothing. */
    @BeforeEach
    void start() throws Exception {
        redis = RedisServer.start(directory.resolve("redis"), "--rdbcompression", "no");
        ServerOptions options = ServerOptions.replays()
                .with("store", redis.address())
                .with("shards", SHARDS)
                .with("snapshot.interval", "1s")
                .with("privacy.erase_after", "2s");
        for (Map.Entry<String, String> setting : CALLER.settings("wecom", "hq").entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        for (int i = 0; i < 3; i++) {
            nodes.add(RunningServer.launched(options));
        }
        for (RunningServer node : nodes) {
            node.awaitReady();
        }
        for (RunningServer node : nodes) {
            assertThat(Deadline.in(LIMIT)
                            .until(() -> metric(node, "grouppulse_nodes") == 3
                                    && metric(node, "grouppulse_shards_without_owner") == 0
                                    && metric(node, "grouppulse_shards_owned") == SHARDS / 3
                                    && Http.status(node, "health/ready") == 200))
                    .isTrue();
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(RunningServer::close);
        redis.close();
    }

    private HttpResponse<String> send(RunningServer node, String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(node.baseUrl().resolve(path))
                        .header("content-type", "application/x-ndjson")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static double metric(RunningServer node, String name) throws Exception {
        return Http.text(node, "metrics")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private boolean isHeld(String text) throws IOException {
        assertThat(redis.command("SAVE")).startsWith("+OK");
        return new String(Files.readAllBytes(redis.directory().resolve("dump.rdb")), StandardCharsets.ISO_8859_1)
                .contains(text);
    }

    /** In every group, and with orders that name none. */
    private static String actsOf(String member) {
        StringBuilder events = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            JsonObject event =
                    new JsonObject().put("ts", TS).put("member", member).put("group", "g" + group);
            events.append(event.copy()
                            .put("id", member + "-opened-" + group)
                            .put("type", "share.opened")
                            .put("share", "s" + group)
                            .encode())
                    .append('\n')
                    .append(event.copy()
                            .put("id", "order-of-" + group + "-" + member.hashCode())
                            .put("type", "order.paid")
                            .put("order", "o" + group + "-" + member.hashCode())
                            .put("amount", 7)
                            .put("share", "s" + group)
                            .putNull("group")
                            .encode())
                    .append('\n');
        }
        return events.toString().replace(member + "-opened", "opened-" + member.hashCode());
    }

    @Test
    void erasuresAtAnyNode_leaveNothingOnRedis_andEveryNumberAtEachNode() throws Exception {
        for (String member : List.of("member-zhang", "member-li", "member-wang", "member-zhao")) {
            assertThat(send(nodes.get(0), "POST", "api/v1/events?wait=applied", actsOf(member))
                            .body())
                    .contains("\"accepted\":" + 2 * GROUPS);
        }
        assertThat(isHeld("member-zhang") && isHeld("member-zhao")).isTrue();
        new MonitorApi(nodes.get(1).baseUrl()).settledSources(TS);
        List<String> before = answers(nodes.get(1));

        for (int i = 0; i < 3; i++) {
            String member = List.of("member-zhang", "member-li", "member-wang").get(i);
            assertThat(send(nodes.get(i), "DELETE", "api/v1/members/" + member, "")
                            .statusCode())
                    .as(member)
                    .isEqualTo(204);
        }
        for (String member : List.of("member-zhang", "member-li", "member-wang")) {
            assertThat(Deadline.in(LIMIT).until(() -> !isHeld(member)))
                    .as("%s is gone: %s", member, nodes.get(0).said())
                    .isTrue();
        }
        assertThat(isHeld("member-zhao")).isTrue();
        for (RunningServer node : nodes) {
            assertThat(Deadline.in(LIMIT).until(() -> answers(node).equals(before)))
                    .as("%s", answers(node))
                    .isTrue();
        }
    }

    @Test
    void aNodeThatTookAnErasureAndDied_hasItsSweepDoneByAnother() throws Exception {
        send(nodes.get(0), "POST", "api/v1/events?wait=applied", actsOf("member-zhang"));
        RunningServer dying = nodes.get(2);
        assertThat(send(dying, "DELETE", "api/v1/members/member-zhang", "").statusCode())
                .isEqualTo(204);
        dying.kill();

        assertThat(Deadline.in(LIMIT.multipliedBy(2)).until(() -> !isHeld("member-zhang")))
                .isTrue();
    }

    private List<String> answers(RunningServer node) throws Exception {
        List<String> answers = new ArrayList<>();
        MonitorApi api = new MonitorApi(node.baseUrl());
        for (String path : List.of("orgs", "people", "repurchase", "boards/groups?window=24h")) {
            answers.add(api.get("api/v1/" + path).toString());
        }
        return answers;
    }

    /** Nobody waits until the nodes have heard of each other's changes: what they noted on Redis is looked at before a gap is told. */
    @Test
    void changesOfAChatAtAllNodesInTurn_makeOneChain_andAGapIsSeenOnce() throws Exception {
        for (int version = 1; version <= 20; version++) {
            change(nodes.get(version % 3), "chat-" + version % 2, version - 2, version);
        }
        awaitGaps(2);

        change(nodes.get(0), "chat-0", 22, 24);
        change(nodes.get(1), "chat-0", 24, 26);
        change(nodes.get(2), "chat-0", 24, 26);
        awaitGaps(3);
        RunningServer late = nodes.get(1);
        double before = gaps() - gaps(late);
        late.kill();
        change(nodes.get(2), "chat-0", 26, 28);
        late.restart();
        change(late, "chat-0", 28, 30);
        settle();
        assertThat(gaps()).as("also at one that was away").isEqualTo(before);
        assertThat(Http.text(late, "metrics")).doesNotContain("grouppulse_roster_gaps_total{");
    }

    private void awaitGaps(int gaps) throws Exception {
        assertThat(Deadline.in(LIMIT).until(() -> gaps() >= gaps)).isTrue();
        settle();
        assertThat(gaps()).isEqualTo(gaps);
    }

    /** So long after the last change a gap would have been told. */
    private static void settle() {
        Deadline.pause(Duration.ofSeconds(4));
    }

    private double gaps() throws Exception {
        double gaps = 0;
        for (RunningServer node : nodes) {
            gaps += gaps(node);
        }
        return gaps;
    }

    private static double gaps(RunningServer node) throws Exception {
        return metric(node, "grouppulse_roster_gaps_total");
    }

    /** Returns once it is durable. */
    private void change(RunningServer node, String chat, int last, int current) throws Exception {
        long now = System.currentTimeMillis() / 1_000;
        String encrypted =
                CALLER.encrypt(CALLER.change(chat, "add_member", now, "v" + last, "v" + current, "m" + current));
        assertThat(send(
                                node,
                                "POST",
                                "callbacks/wecom/hq" + CALLER.query(now, chat + current + node.pid(), encrypted),
                                CALLER.envelope(encrypted))
                        .statusCode())
                .isEqualTo(200);
    }
}
