package io.grouppulse.eventlog;

import com.dynatrace.hash4j.hashing.Hashing;

/** Which shard a key belongs to, for the life of a store: the 64-bit xxHash3 of the id, modulo the number of shards. */
public record ShardMap(int shards) {

    /** @throws IllegalArgumentException unless there is at least one shard */
    public ShardMap {
        if (shards < 1) {
            throw new IllegalArgumentException("shards must be at least 1, got " + shards);
        }
    }

    public int shardOf(String key) {
        return (int) Long.remainderUnsigned(Hashing.xxh3_64().hashCharsToLong(key), shards);
    }
}
