package io.grouppulse.eventlog.redis;

/**
 * That a shard is owned. Each claim of a shard has a higher epoch than the one before; what is saved under an older one
 * is refused.
 */
record Claim(String owner, long epoch) {
    /** Owns nothing: no script accepts it. */
    static final Claim NONE = new Claim("", 0);
}
