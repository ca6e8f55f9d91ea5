package io.grouppulse.faults;

import io.grouppulse.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** A master and two replicas under three Sentinels of which two have to agree. */
final class SentinelSite extends RedisSite {
    private static final int REPLICAS = 2;
    private static final int SENTINELS = 3;

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    static SentinelSite start(Path directory, Addresses addresses, Setup setup) throws Exception {
        SentinelSite site = new SentinelSite();
        RedisServer master = RedisServer.startAt(addresses.next(), directory.resolve("0"), setup.options());
        site.servers.add(master);
        for (int i = 1; i <= REPLICAS; i++) {
            RedisServer replica = RedisServer.startAt(addresses.next(), directory.resolve("" + i), setup.options());
            replica.command("REPLICAOF", master.host(), Integer.toString(master.port()));
            replica.command("CONFIG", "REWRITE");
            site.servers.add(replica);
        }
        for (int i = 0; i < SENTINELS; i++) {
            RedisServer sentinel =
                    RedisServer.sentinelAt(addresses.next(), directory.resolve("sentinel" + i), master, 2);
            sentinel.command("SENTINEL", "SET", "shop", "failover-timeout", "3000");
            site.sentinels.add(sentinel);
        }
        site.makeWhole();
        return site;
    }

    @Override
    String store() {
        return "sentinel://"
                + sentinels.stream()
                        .map(sentinel -> sentinel.host() + ":" + sentinel.port())
                        .collect(Collectors.joining(","))
                + "/shop";
    }

    @Override
    String ack() {
        return "replica:" + REPLICAS;
    }

    @Override
    List<RedisServer> servers() {
        return servers;
    }

    @Override
    List<RedisServer> sentinels() {
        return sentinels;
    }

    @Override
    RedisServer master(SplittableRandom random) throws Exception {
        for (RedisServer sentinel : sentinels) {
            if (sentinel.isAlive()) {
                return masterAsOf(sentinel);
            }
        }
        throw new IOException("no Sentinel runs");
    }

    private RedisServer masterAsOf(RedisServer sentinel) throws IOException {
        String answer = sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "shop");
        for (RedisServer server : servers) {
            if (answer.contains("\n" + server.host() + "\r") && answer.contains("\n" + server.port() + "\r")) {
                return server;
            }
        }
        throw new IOException("the Sentinel knows no master: " + answer);
    }

    @Override
    List<RedisServer> replicasOf(RedisServer master) {
        return servers.stream().filter(server -> server != master).toList();
    }

    @Override
    void failOverByHand(RedisServer master) throws Exception {
        String answer = sentinels.get(0).command("SENTINEL", "FAILOVER", "shop");
        if (!answer.contains("OK")) {
            throw new IOException("no fail-over by hand: " + answer);
        }
    }

    @Override
    boolean isWhole() throws Exception {
        RedisServer master = masterAsOf(sentinels.get(0));
        for (RedisServer sentinel : sentinels) {
            String said = sentinel.command("INFO", "sentinel");
            if (masterAsOf(sentinel) != master
                    || !said.contains("status=ok")
                    || !said.contains("slaves=" + REPLICAS)
                    || !said.contains("sentinels=" + SENTINELS)) {
                return false;
            }
        }
        for (RedisServer replica : replicasOf(master)) {
            String said = replica.command("INFO", "replication");
            if (!said.contains("role:slave")
                    || !said.contains("master_link_status:up")
                    || !said.contains("master_host:" + master.host())) {
                return false;
            }
        }
        return master.command("INFO", "replication").contains("connected_slaves:" + REPLICAS);
    }
}
