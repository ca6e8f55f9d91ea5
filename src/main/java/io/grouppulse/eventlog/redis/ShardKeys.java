package io.grouppulse.eventlog.redis;

/** The keys of one shard, all in the hash slot of <code>{gp:N}</code>. */
record ShardKeys(int shard) {

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

    private String prefix() {
        return "{gp:" + shard + "}:";
    }
}
