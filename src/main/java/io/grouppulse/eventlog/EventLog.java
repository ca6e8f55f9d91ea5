package io.grouppulse.eventlog;

import io.vertx.core.Future;
import java.util.List;

/**
 * The durable log. Anyone may append; whoever owns a shard follows it. Duplicates in it are harmless: they are
 * recognised when applied.
 */
public interface EventLog {

    /**
     * Appends the entries in order, all or none; of a log that is spread over several servers, all or none of each
     * shard. The future completes with the entries at their positions once they are durable, and fails with a
     * {@link LogUnavailableException} if they could not be made so (they may nevertheless appear in the log, at most
     * once).
     */
    Future<List<LogEntry>> append(List<LogEntry> entries);

    /**
     * Hands over every durable entry of the shard after position {@code after}, in order, without gaps, first those
     * already there and then each new one, always on the caller's Vert.x context.
     * {@link Follower#onCaughtUp()} is called once, when all entries that were durable at the time of this call have
     * been handed over. The future fails with a {@link LogDamagedException} if the log cannot be read.
     */
    Future<Void> follow(int shard, long after, Follower follower);

    /**
     * Completes once the follower of this process has been handed every entry of the shard that was durable at the time
     * of this call, whoever appended it.
     */
    Future<Void> readToEnd(int shard);

    /** Nothing more of the shard is handed over. */
    void unfollow(int shard);

    /** Entries up to {@code position} are no longer needed by this shard: their space may be freed. */
    void release(int shard, long position);

    /**
     * Parts what was appended until now from what comes, so that it can be freed as soon as it is released; completes with the position
     * before which it stands.
     */
    default Future<Long> part() {
        return Future.succeededFuture(0L);
    }

    /** Frees what can be freed; completes with whether nothing before the position is held any more. */
    default Future<Boolean> isFreed(long before) {
        return Future.succeededFuture(true);
    }

    /** Bytes waiting to become durable; the measure of ingest's back-pressure. */
    long pendingBytes();

    /** Makes what was appended durable and closes the files. */
    Future<Void> close();

    /** Receives the entries of one shard in order. */
    interface Follower {
        void onEntry(LogEntry entry);

        void onCaughtUp();

        /**
         * Entries that were handed over are no longer in the log, because a server that did not have them took over.
         * Nothing more is handed over: forget them, load what was saved and follow from there.
         */
        default void onRegression(String why) {
            throw new IllegalStateException(why);
        }
    }
}
