package io.grouppulse.faults;

import io.grouppulse.testing.RedisServer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** One server that writes an AOF. */
final class OneRedis extends RedisSite {
    private final RedisServer server;

    private OneRedis(RedisServer server) {
        this.server = server;
    }

    static OneRedis start(Path directory, Addresses addresses) throws Exception {
        return new OneRedis(
                RedisServer.startAt(addresses.next(), directory, "--appendonly", "yes", "--appendfsync", "everysec"));
    }

    @Override
    String store() {
        return server.address();
    }

    @Override
    String ack() {
        return "log";
    }

    @Override
    List<RedisServer> servers() {
        return List.of(server);
    }

    @Override
    List<RedisServer> sentinels() {
        return List.of();
    }

    @Override
    RedisServer master(SplittableRandom random) {
        return server;
    }

    @Override
    List<RedisServer> replicasOf(RedisServer master) {
        return List.of();
    }

    @Override
    void failOverByHand(RedisServer master) {
        throw new UnsupportedOperationException("one server has no other one to fail over to");
    }

    @Override
    boolean isWhole() throws Exception {
        return server.command("PING").contains("PONG");
    }
}
