package io.grouppulse.redis;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;

/** Makes clients of an address. A client whose connection was lost is closed and replaced by another one. */
public final class RedisClients {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MOST_UNANSWERED = 65_536;
    private static final int MOST_CONNECTIONS = 64;

    private RedisClients() {}

    /** A client of one's own; to be closed. Of Sentinels the master's address has to be asked first. */
    public static Redis create(Vertx vertx, RedisAddress address) {
        return Redis.createClient(vertx, options(address));
    }

    /** RESP2, so that every server answers in the same shape, and limits that fit one held connection. */
    public static RedisOptions options(RedisAddress address) {
        RedisOptions options = new RedisOptions()
                .setType(
                        address.kind() == RedisAddress.Kind.CLUSTER
                                ? RedisClientType.CLUSTER
                                : RedisClientType.STANDALONE)
                .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                .setMaxWaitingHandlers(MOST_UNANSWERED)
                .setMaxPoolSize(MOST_CONNECTIONS)
                .setMaxPoolWaiting(MOST_CONNECTIONS * 4)
                .setNetClientOptions(net(address));
        String scheme = address.tls() ? "rediss://" : "redis://";
        String path = address.database() == 0 ? "" : "/" + address.database();
        address.hosts().forEach(host -> options.addConnectionString(scheme + host + path));
        if (!address.password().isEmpty()) {
            options.setPassword(address.password());
            if (!address.user().isEmpty()) {
                options.setUser(address.user());
            }
        }
        return options;
    }

    private static NetClientOptions net(RedisAddress address) {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true);
        return address.tls() ? net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS") : net;
    }
}
