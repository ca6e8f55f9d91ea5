package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.MonitorApi.Body;
import io.grouppulse.testing.RedisServer;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import io.grouppulse.testing.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two monitors whose T is the wall clock; the network cuts one of them off from Redis, and nothing else fails. */
@Tag("long")
class NodePartitionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SHARDS = 4;
    private static final int GROUPS = 8;

    @TempDir
    Path directory;

    private int sent;

    @Test
    void nodeThatIsCutOffFromRedis_saysSo_isReplaced_andTakesPartAgain() throws Exception {
        try (RedisServer redis = RedisServer.start(directory, "--appendonly", "yes");
                TcpProxy proxy = new TcpProxy(redis.port());
                RunningServer near = launched(redis.address());
                RunningServer far = launched("redis://127.0.0.1:" + proxy.port())) {
            near.awaitReady();
            far.awaitReady();
            awaitNodes(near, 2);
            send(near);
            send(far);

            proxy.cut();
            awaitNodes(near, 1);
            send(near);
            assertThat(Http.status(far, "health/ready")).isEqualTo(503);
            assertThat(Http.status(far, "health/live")).isEqualTo(200);

            proxy.heal();
            awaitNodes(near, 2);
            awaitNodes(far, 2);
            send(far);
            send(near);
            for (RunningServer node : List.of(near, far)) {
                MonitorApi api = new MonitorApi(node.baseUrl());
                assertThat(Deadline.in(LIMIT).until(() -> {
                            JsonNode sources = api.get("api/v1/sources");
                            return MonitorApi.sum(sources, "applied") == sent;
                        }))
                        .as("%d events, each once, at %s: %s", sent, node.baseUrl(), api.get("api/v1/sources"))
                        .isTrue();
            }
        }
    }

    private static RunningServer launched(String store) throws Exception {
        return RunningServer.launched(ServerOptions.replays()
                .with("clock", "system")
                .with("store", store)
                .with("shards", SHARDS));
    }

    /**
     * One event for each group; returns once every query shows them. A shard may be on its way from one node to another: then the
     * answer is to send the same again, as a producer does.
     */
    private void send(RunningServer to) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            lines.append(
                    "{\"id\":\"e-%d\",\"source\":\"partition\",\"type\":\"message.sent\",\"ts\":%d,\"group\":\"g-%d\",\"member\":\"m\"}\n"
                            .formatted(sent + group, System.currentTimeMillis(), group));
        }
        Body body = new Body("application/x-ndjson", false, lines.toString().getBytes(StandardCharsets.UTF_8));
        MonitorApi api = new MonitorApi(to.baseUrl());
        assertThat(Deadline.in(LIMIT)
                        .until(() -> api.sendOnce(body, "?wait=applied").statusCode() == 200))
                .as("events are taken and applied by %s", to.baseUrl())
                .isTrue();
        sent += GROUPS;
    }

    /** So many share all shards, as this one sees it, and it serves. */
    private static void awaitNodes(RunningServer seenBy, int nodes) throws Exception {
        int most = (SHARDS + nodes - 1) / nodes;
        assertThat(Deadline.in(LIMIT)
                        .until(() -> metric(seenBy, "grouppulse_nodes") == nodes
                                && metric(seenBy, "grouppulse_shards_without_owner") == 0
                                && metric(seenBy, "grouppulse_shards_owned") == most
                                && Http.status(seenBy, "health/ready") == 200))
                .as("%d nodes share the shards", nodes)
                .isTrue();
    }

    private static double metric(RunningServer node, String name) throws Exception {
        return Http.text(node, "metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }
}
