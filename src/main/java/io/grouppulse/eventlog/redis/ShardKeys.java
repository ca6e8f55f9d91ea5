package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.ShardLeases;

/** The keys of one shard, all in the hash slot of <code>{gp:N}</code>; or, of no shard, in that of <code>{gp}</code>. */
record ShardKeys(int shard) {
    /** In the place of a shard: what the store keeps for the whole monitor. It is owned as a shard is. */
    static final int WHOLE = ShardLeases.WHOLE;

    /** A stream; the entry at position P has the id 0-P. */
    String log() {
        return prefix() + "log";
    }

    /** A hash: end of the log, what was saved, who owns the shard. */
    String state() {
        return prefix() + "state";
    }

    /** A hash: saved record by key. */
    String groups() {
        return prefix() + "groups";
    }

    /** A hash: records of a save too large for one command, until it is committed. */
    String staged() {
        return prefix() + "staged";
    }

    /** The name of the owner, for as long as its lease runs. */
    String lease() {
        return prefix() + "lease";
    }

    /** A string: a document of the whole monitor. */
    String document(String name) {
        return prefix() + name;
    }

    private String prefix() {
        return shard == WHOLE ? "{gp}:" : "{gp:" + shard + "}:";
    }
}
