package io.grouppulse.faults;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Three masters of a Redis Cluster, each with a third of the slots and one replica. */
final class ClusterSite extends RedisSite {
    private static final Duration FORMED_LIMIT = Duration.ofMinutes(2);
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;

    private final List<RedisServer> servers = new ArrayList<>();

    static ClusterSite start(Path directory, Addresses addresses, Setup setup) throws Exception {
        ClusterSite site = new ClusterSite();
        String[] options = setup.options(
                "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-replica-validity-factor", "0");
        for (int i = 0; i < 2 * MASTERS; i++) {
            site.servers.add(RedisServer.startAt(addresses.next(), directory.resolve("" + i), options));
        }
        RedisServer first = site.servers.get(0);
        for (int i = 0; i < MASTERS; i++) {
            String from = Integer.toString(i * SLOTS / MASTERS);
            String to = Integer.toString((i + 1) * SLOTS / MASTERS - 1);
            site.servers.get(i).command("CLUSTER", "ADDSLOTSRANGE", from, to);
        }
        for (RedisServer server : site.servers) {
            server.command("CLUSTER", "MEET", first.host(), Integer.toString(first.port()));
        }
        await(() -> site.all(server -> server.command("CLUSTER", "INFO").contains("cluster_known_nodes:6")));
        for (int i = 0; i < MASTERS; i++) {
            String id = site.servers.get(i).command("CLUSTER", "MYID").split("\r\n", -1)[1];
            RedisServer replica = site.servers.get(MASTERS + i);
            await(() -> replica.command("CLUSTER", "REPLICATE", id).contains("OK"));
        }
        site.makeWhole();
        return site;
    }

    private static void await(Deadline.Condition condition) throws Exception {
        if (!Deadline.in(FORMED_LIMIT).until(() -> asked(condition))) {
            throw new IOException("the cluster did not form");
        }
    }

    private interface Question {
        boolean ask(RedisServer server) throws IOException;
    }

    private boolean all(Question question) throws IOException {
        for (RedisServer server : servers) {
            if (!question.ask(server)) {
                return false;
            }
        }
        return true;
    }

    @Override
    String store() {
        return "redis://"
                + servers.stream()
                        .map(server -> server.host() + ":" + server.port())
                        .collect(Collectors.joining(","));
    }

    @Override
    String ack() {
        return "replica:1";
    }

    @Override
    List<RedisServer> servers() {
        return servers;
    }

    @Override
    List<RedisServer> sentinels() {
        return List.of();
    }

    @Override
    RedisServer master(SplittableRandom random) throws Exception {
        List<RedisServer> masters = new ArrayList<>();
        for (RedisServer server : servers) {
            if (isMaster(server)) {
                masters.add(server);
            }
        }
        return masters.get(random.nextInt(masters.size()));
    }

    @Override
    List<RedisServer> replicasOf(RedisServer master) throws Exception {
        List<RedisServer> replicas = new ArrayList<>();
        for (RedisServer server : servers) {
            String said = server.command("INFO", "replication");
            if (said.contains("master_host:" + master.host()) && said.contains("master_port:" + master.port())) {
                replicas.add(server);
            }
        }
        return replicas;
    }

    @Override
    void failOverByHand(RedisServer master) throws Exception {
        String answer = replicasOf(master).get(0).command("CLUSTER", "FAILOVER");
        if (!answer.contains("OK")) {
            throw new IOException("no fail-over by hand: " + answer);
        }
    }

    @Override
    boolean isWhole() throws Exception {
        int masters = 0;
        for (RedisServer server : servers) {
            String said = server.command("INFO", "replication");
            boolean isMaster = said.contains("role:master");
            masters += isMaster ? 1 : 0;
            if (!said.contains(isMaster ? "connected_slaves:1" : "master_link_status:up")) {
                return false;
            }
        }
        return masters == MASTERS
                && all(server -> server.command("CLUSTER", "INFO").contains("cluster_state:ok")
                        && !server.command("CLUSTER", "NODES").contains("fail"));
    }

    private static boolean isMaster(RedisServer server) throws IOException {
        return server.command("ROLE").contains("master");
    }
}
