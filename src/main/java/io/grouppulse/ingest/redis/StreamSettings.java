package io.grouppulse.ingest.redis;

import io.grouppulse.redis.RedisAddress;

/**
 * One stream to read.
 *
 * @param source the name of the source
 * @param stream the stream's key
 * @param consumer this node's name in the group
 * @param claimAfter how long an entry may be pending on another consumer before it is taken over, milliseconds
 */
public record StreamSettings(
        String source, RedisAddress address, String stream, String group, String consumer, long claimAfter) {}
