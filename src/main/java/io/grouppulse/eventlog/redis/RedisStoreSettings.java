package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.IdsAsStored;
import io.grouppulse.redis.RedisAddress;

/**
 * How the store is kept.
 *
 * @param ids how it holds ids of members, as {@link IdsAsStored} says
 * @param replicas how many must have an entry before it counts as durable
 * @param waitMillis how long they are waited for
 * @param timeoutMillis how long a command may take before the connection is given up
 * @param leaseMillis how long a shard belongs to an owner that says nothing
 */
public record RedisStoreSettings(
        RedisAddress address,
        int shards,
        String ids,
        int replicas,
        long waitMillis,
        long timeoutMillis,
        long leaseMillis) {

    public RedisStoreSettings(RedisAddress address, int shards, int replicas) {
        this(address, shards, replicas, 1_000, 5_000, 10_000);
    }

    /** With ids as they came. */
    RedisStoreSettings(
            RedisAddress address, int shards, int replicas, long waitMillis, long timeoutMillis, long leaseMillis) {
        this(address, shards, IdsAsStored.AS_THEY_CAME, replicas, waitMillis, timeoutMillis, leaseMillis);
    }

    /** The same with pseudonyms under the key of this fingerprint. */
    public RedisStoreSettings holding(String fingerprint) {
        return new RedisStoreSettings(address, shards, fingerprint, replicas, waitMillis, timeoutMillis, leaseMillis);
    }
}
