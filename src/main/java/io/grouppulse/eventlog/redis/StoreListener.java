package io.grouppulse.eventlog.redis;

/** Is told what happens to a store on Redis; must be quick. */
public interface StoreListener {
    StoreListener NONE = new StoreListener() {};

    /** Group states were saved. */
    default void committed() {}

    /** A save was refused, because another monitor owns the shard. */
    default void fenced(int shard) {}

    /** A save could not be made, for any other reason. */
    default void commitFailed() {}

    /** Entries that had been read are no longer in the log. */
    default void regressed() {}

    /** The log of a shard could not be shortened; the next save tries again. */
    default void trimFailed(int shard, Throwable cause) {}
}
