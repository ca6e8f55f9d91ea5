package io.grouppulse.windowing;

/**
 * What can be wrong with a replicated system; the simulation must find each. A save without its epoch is not among them: what it
 * builds on stops it as well.
 */
enum PlantedFault {
    NONE,
    /** A state made of entries that a fail-over took away is saved. */
    SAVE_WITHOUT_TAG,
    /** A save that holds what changed since one that a fail-over took away is put on what was there before that. */
    SAVE_ON_ANOTHER_BASE,
    /** The position is stored before the state, not together with it. */
    POSITION_SAVED_BEFORE_STATE,
    /** A save that was refused or not answered counts as done. */
    FAILED_SAVE_FORGOTTEN,
    /** The producer is told before the log has the events. */
    ACK_BEFORE_APPEND,
    /** The producer is told before the replica has them: WAIT on another connection. */
    ACK_BEFORE_REPLICATION,
    /** What was applied and is gone from the log stays counted. */
    NO_RELOAD_AFTER_FAIL_OVER,
    /** After a fail-over the reader waits at a position that the log has not reached again. */
    DEAF_READER,
    /** The log is looked at by its length alone, not by what stands in it. */
    ONLY_THE_LENGTH_IS_COMPARED,
    /** The last entry before a take-over is applied once more. */
    DOUBLE_APPLY_AT_TAKEOVER,
    /** The log is trimmed up to what was applied. */
    TRIMMED_PAST_SAVED,
    /** Ids are forgotten before the producer has stopped sending again. */
    DEDUPLICATION_TOO_SHORT
}
