package io.grouppulse.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three masters of a Redis Cluster, each with a third of the slots. */
public final class RedisCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;

    private final List<RedisServer> servers = new ArrayList<>();

    private RedisCluster() {}

    /** Returns once every slot is served. */
    public static RedisCluster start(Path directory) throws Exception {
        RedisCluster cluster = new RedisCluster();
        for (int i = 0; i < MASTERS; i++) {
            RedisServer server = RedisServer.start(directory.resolve("node" + i), "--cluster-enabled", "yes");
            cluster.servers.add(server);
            String from = Integer.toString(i * SLOTS / MASTERS);
            String to = Integer.toString((i + 1) * SLOTS / MASTERS - 1);
            server.command("CLUSTER", "ADDSLOTSRANGE", from, to);
        }
        for (RedisServer server : cluster.servers) {
            server.command(
                    "CLUSTER",
                    "MEET",
                    "127.0.0.1",
                    Integer.toString(cluster.servers.get(0).port()));
        }
        for (RedisServer server : cluster.servers) {
            boolean isWhole = Deadline.in(START_LIMIT).until(() -> {
                String info = server.command("CLUSTER", "INFO");
                return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
            });
            if (!isWhole) {
                throw new IOException("the cluster did not form: " + server.command("CLUSTER", "INFO"));
            }
        }
        return cluster;
    }

    public String address() {
        List<String> hosts =
                servers.stream().map(server -> "127.0.0.1:" + server.port()).toList();
        return "redis://" + String.join(",", hosts);
    }

    public String slotOf(String key) throws IOException {
        return servers.get(0).command("CLUSTER", "KEYSLOT", key).substring(1).strip();
    }

    /** Takes a slot away from all servers, so that every one of them knows of nobody, or gives it to the first. */
    public void serve(String slot, boolean isServed) throws IOException {
        for (RedisServer server : isServed ? servers.subList(0, 1) : servers) {
            server.command("CLUSTER", isServed ? "ADDSLOTS" : "DELSLOTS", slot);
        }
    }

    /** Forgets everything. */
    public void empty() throws IOException {
        for (RedisServer server : servers) {
            server.command("FLUSHALL");
        }
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
