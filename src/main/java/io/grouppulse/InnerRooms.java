package io.grouppulse;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The rooms between the log and the doors: the shards, and those of which a monitor has one. All of them are in this
 * process, or they are shared with other nodes.
 */
interface InnerRooms {
    /** Completes once every shard is shown, whoever owns it. */
    Future<Void> open();

    /** The present has begun: alerts may be raised from now on. */
    Future<Void> watch();

    /** Completes once everything of this process is saved, and others can have it. */
    Future<Void> shut();

    /** Whether T, the roll-up and the alerts are here. */
    boolean leads();

    /** Whether other nodes may be there. */
    boolean areShared();

    /** Why not everything can be shown now, or null. */
    @Nullable String problem();
}
