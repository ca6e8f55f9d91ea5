package io.grouppulse.eventlog;

import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The saved states of each shard's groups: a cache of the log that makes recovery short. */
public interface GroupStore {

    /**
     * What was last saved for a shard.
     *
     * @param position all entries up to here are contained in the records
     * @param records saved record by key
     */
    record Saved(long position, Map<String, byte[]> records) {}

    /** Reads all that was saved for the shard; position 0 and no records if nothing ever was. */
    Future<Saved> load(int shard);

    /**
     * Replaces the given records (null removes one), leaves the others, and moves the shard's position: one atomic
     * step, durable when the future completes. After a failure the previous save is intact and the call may be repeated;
     * after a {@link FencedException} in vain.
     */
    Future<Void> save(int shard, long position, Map<String, byte @Nullable []> changed);

    /** Leaves nothing of what was replaced or removed where the records are kept; takes as long as writing all of them. */
    default Future<Void> rewrite() {
        return Future.succeededFuture();
    }

    Future<Void> close();
}
