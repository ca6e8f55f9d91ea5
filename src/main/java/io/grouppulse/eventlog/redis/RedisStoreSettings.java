package io.grouppulse.eventlog.redis;

import io.grouppulse.redis.RedisAddress;

/**
 * How the store is kept.
 *
 * @param replicas how many must have an entry before it counts as durable
 * @param waitMillis how long they are waited for
 * @param timeoutMillis how long a command may take before the connection is given up
 * @param leaseMillis how long a shard belongs to an owner that says nothing
 */
public record RedisStoreSettings(
        RedisAddress address, int shards, int replicas, long waitMillis, long timeoutMillis, long leaseMillis) {

    public RedisStoreSettings(RedisAddress address, int shards, int replicas) {
        this(address, shards, replicas, 1_000, 5_000, 10_000);
    }
}
