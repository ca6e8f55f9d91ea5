package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.Oracle;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.MonitorApi.Receipt;
import io.grouppulse.testing.RedisCluster;
import io.grouppulse.testing.RedisServer;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several monitors on one store: whatever becomes of some of them, each of the others shows every number. */
@Tag("long")
class NodesIT {
    private static final long LATENESS = 600_000;
    private static final int DUPLICATE_PERCENT = 10;
    private static final int MOST_IN_A_BATCH = 250;
    private static final int SHARDS = 6;
    /** What answers from many shards, or from who leads; at one T it is the same wherever it is asked. */
    private static final List<String> ANSWERS = List.of(
            "orgs",
            "orgs/c",
            "groups?org=c&limit=1000",
            "orders?org=&limit=100",
            "rain?scope=org:c&curve=true",
            "boards/groups?window=24h",
            "boards/items?scope=org:c&window=24h",
            "boards/shares?window=24h",
            "boards/channels?window=24h",
            "boards/referrers?scope=org:c&by=invites",
            "people?scope=org:c",
            "membership?scope=org:c",
            "repurchase?scope=org:c&period=month",
            "conversions?scope=org:c&limit=5&by=channel",
            "reach?scope=org:c",
            "stimuli?scope=org:c",
            "fission?scope=org:c",
            "groupbuys?scope=org:c",
            "breadth?scope=org:c&period=start",
            "campaigns?org=&limit=10",
            "campaigns/sale",
            "history?scope=org:c&measures=ordersPaid,active,buyers,gmvNet,unpaid&step=1m");

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(12);

    @TempDir
    Path directory;

    private final List<GroupEvent> events =
            RandomHistory.of(23, OracleSettings.defaults(), RandomHistory.Shape.large(4_000)).stream()
                    .filter(event -> event.type() != EventType.SOURCE_HEARTBEAT)
                    .toList();
    private final List<List<GroupEvent>> batches =
            Disorder.batches(Disorder.shuffle(events, LATENESS, DUPLICATE_PERCENT, 7), MOST_IN_A_BATCH, 7);
    private final EventSums sums = new EventSums();
    private final Oracle oracle = new Oracle(OracleSettings.defaults());
    private final List<RunningServer> nodes = new ArrayList<>();
    private final List<AutoCloseable> stores = new ArrayList<>();
    private int sent;

    @AfterEach
    void stop() throws Exception {
        nodes.forEach(RunningServer::close);
        for (AutoCloseable store : stores) {
            store.close();
        }
        oracle.close();
    }

    @Test
    void nodesThatDieStandStillComeAndGo_changeNoNumberAtAnyNode() throws Exception {
        RedisServer redis = RedisServer.start(directory, "--appendonly", "yes");
        stores.add(redis);
        start(redis.address(), 3);
        register();
        sendUntil(0.2);
        assertSpread(3);

        long killed = System.nanoTime();
        nodes.get(0).kill();
        awaitShards(nodes.get(1), SHARDS, 2);
        report("kill -9 of a node: the others had its shards", killed);
        sendTo(nodes.get(1), 0.35);
        nodes.get(0).restart();
        assertSpread(3);

        RunningServer still = leader();
        still.freeze();
        long frozen = System.nanoTime();
        RunningServer other = nodes.get(nodes.get(0) == still ? 1 : 0);
        awaitShards(other, SHARDS, 2);
        report("SIGSTOP of the node that led: the others had its shards", frozen);
        sendTo(other, 0.5);
        Deadline.pause(LONGER_THAN_A_LEASE.minus(Duration.ofNanos(System.nanoTime() - frozen)));
        still.thaw();
        assertThat(Deadline.in(LIMIT).until(() -> still.said().contains("fenced: ")))
                .isTrue();
        assertSpread(3);
        sendUntil(0.65);

        for (RunningServer node : List.copyOf(nodes)) {
            assertThat(node.terminate(LIMIT)).isZero();
            node.restart();
            sendUntil((double) (sent + 1) / batches.size());
        }
        start(redis.address(), 1);
        assertSpread(4);
        sendUntil(0.9);
        for (RunningServer leaving : List.copyOf(nodes.subList(0, 2))) {
            assertThat(leaving.terminate(LIMIT)).isZero();
            leaving.close();
            nodes.remove(leaving);
        }
        assertSpread(2);
        sendUntil(1);
        compareAtEachNode();
    }

    /** It cannot serve yet, because a shard is another's; what it has taken meanwhile is free as soon as it has ended. */
    @Test
    void nodeThatIsToldToEndBeforeItServes_keepsNothingFromOthers() throws Exception {
        RedisServer redis = RedisServer.start(directory, "--appendonly", "no");
        stores.add(redis);
        redis.command("SET", "{gp:0}:lease", "another", "PX", "600000");
        RunningServer node = RunningServer.launched(
                ServerOptions.replays().with("store", redis.address()).with("shards", 2));
        nodes.add(node);
        assertThat(Deadline.in(LIMIT)
                        .until(() -> redis.command("EXISTS", "{gp}:lease", "{gp:1}:lease")
                                .contains(":2")))
                .isTrue();
        assertThat(Deadline.in(LIMIT).until(() -> Http.status(node, "health/ready") == 503))
                .as("it says that it cannot serve yet")
                .isTrue();

        assertThat(node.terminate(LIMIT)).isZero();

        assertThat(redis.command("KEYS", "*:lease")).contains("*1").contains("{gp:0}:lease");
        assertThat(redis.command("HLEN", "{gp}:nodes")).contains(":0");
    }

    @Test
    void nodesOnACluster_showTheSameNumbers() throws Exception {
        RedisCluster cluster = RedisCluster.start(directory);
        stores.add(cluster);
        start(cluster.address(), 3);
        register();
        sendUntil(0.5);
        nodes.remove(1).close();
        awaitShards(nodes.get(0), SHARDS, 2);
        sendUntil(1);
        compareAtEachNode();
    }

    private void start(String store, int more) throws Exception {
        List<RunningServer> fresh = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            fresh.add(RunningServer.launched(ServerOptions.replays()
                    .with("store", store)
                    .with("shards", SHARDS)
                    .with("snapshot.interval", "1s")));
        }
        for (RunningServer node : fresh) {
            node.awaitReady();
        }
        nodes.addAll(fresh);
    }

    /** Groups at two nodes, each told to another monitor, and a sale over one of them. */
    private void register() throws Exception {
        int i = 0;
        for (String group : events.stream()
                .map(GroupEvent::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .sorted()
                .toList()) {
            api(i).put(
                            "api/v1/groups/" + MonitorApi.encode(group),
                            "{\"orgs\":[\"c/" + i % 2 + "\",\"team-" + i % 3 + "\"]}");
            i++;
        }
        long from = events.stream().mapToLong(GroupEvent::ts).min().orElseThrow();
        long to = events.stream().mapToLong(GroupEvent::ts).max().orElseThrow() + 1;
        api(1).put(
                        "api/v1/campaigns/sale",
                        "{\"name\":\"Sale\",\"org\":\"c\",\"from\":" + from + ",\"to\":" + to + "}");
    }

    private MonitorApi api(int i) {
        return new MonitorApi(nodes.get(i % nodes.size()).baseUrl());
    }

    /** Batches to all nodes in turn. */
    private void sendUntil(double part) throws Exception {
        for (; sent < Math.min(batches.size(), part * batches.size()); sent++) {
            send(nodes.get(sent % nodes.size()), batches.get(sent), "");
        }
    }

    private void sendTo(RunningServer node, double part) throws Exception {
        for (; sent < part * batches.size(); sent++) {
            send(node, batches.get(sent), "");
        }
    }

    private void send(RunningServer node, List<GroupEvent> batch, String query) throws Exception {
        Receipt receipt = new MonitorApi(node.baseUrl()).send(EventBodies.body(batch, Form.LINES), query);
        assertThat(receipt.answer().path("accepted").intValue()).isEqualTo(batch.size());
        sums.sent(batch, receipt.unanswered());
        oracle.load(batch);
    }

    private void compareAtEachNode() throws Exception {
        send(nodes.get(0), batches.get(0), "?wait=applied");
        long t = events.stream().mapToLong(GroupEvent::ts).max().orElseThrow();
        Map<String, JsonNode> answers = new TreeMap<>();
        for (RunningServer node : nodes) {
            MonitorApi api = new MonitorApi(node.baseUrl());
            JsonNode sources = api.settledSources(t);
            Comparison comparison = new Comparison(api);
            ServerMeasures actual =
                    comparison.at(t, oracle, List.copyOf(oracle.members(t).keySet()));
            comparison.diff().assertEmpty("at " + node.baseUrl());
            OrgSums orgs = OrgSums.check(api, actual.groups().values());
            assertThat(orgs.differences()).isEmpty();
            assertThat(orgs.nodes()).isGreaterThan(5);
            for (String path : ANSWERS) {
                JsonNode answer = api.get("api/v1/" + path);
                assertThat(answer).as("%s at %s", path, node.baseUrl()).isEqualTo(answers.getOrDefault(path, answer));
                answers.put(path, answer);
            }
            assertThat(sums.lost(sources)).isZero();
            assertThat(sums.doubleCounted(sources)).isZero();
            sums.assertAgree("at " + node.baseUrl(), sources);
        }
    }

    /** Each node owns as many shards as any other, or one more or less, and all of them together all. */
    private void assertSpread(int expected) throws Exception {
        assertThat(nodes).hasSize(expected);
        assertThat(Deadline.in(LIMIT).until(() -> {
                    List<Integer> owned = new ArrayList<>();
                    for (RunningServer node : nodes) {
                        owned.add((int) metric(node, "grouppulse_shards_owned"));
                    }
                    return owned.stream().mapToInt(Integer::intValue).sum() == SHARDS
                            && owned.stream()
                                    .allMatch(count ->
                                            count == SHARDS / expected || count == (SHARDS + expected - 1) / expected);
                }))
                .as("shards are spread over %d nodes", expected)
                .isTrue();
    }

    private static void awaitShards(RunningServer seenBy, int shards, int nodes) throws Exception {
        assertThat(Deadline.in(LIMIT)
                        .until(() -> metric(seenBy, "grouppulse_shards_without_owner") == 0
                                && metric(seenBy, "grouppulse_nodes") == nodes
                                && Http.status(seenBy, "health/ready") == 200))
                .as("%d shards have owners among %d nodes", shards, nodes)
                .isTrue();
    }

    /** Waits for one: the lease of a leader that was killed has to run out before another can have it. */
    private RunningServer leader() throws Exception {
        List<RunningServer> leading = new ArrayList<>();
        assertThat(Deadline.in(LIMIT).until(() -> {
                    for (RunningServer node : nodes) {
                        if (metric(node, "grouppulse_node_leads") == 1) {
                            leading.add(node);
                        }
                    }
                    return !leading.isEmpty();
                }))
                .as("a node leads")
                .isTrue();
        return leading.get(0);
    }

    private static double metric(RunningServer node, String name) throws Exception {
        return Http.text(node, "metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static void report(String what, long since) {
        System.out.printf("nodes: %s after %.1f s%n", what, (System.nanoTime() - since) / 1e9);
    }
}
