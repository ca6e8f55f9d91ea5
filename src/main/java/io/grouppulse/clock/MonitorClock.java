package io.grouppulse.clock;

/** Gives T. Thread-safe. */
public interface MonitorClock {

    /** What {@link #now} says before {@code clock: event} has seen an event. */
    long UNKNOWN = Long.MIN_VALUE;

    /** T, epoch millis. */
    long now();

    /** Whether T follows events; then a batch is applied at the times of its own events. */
    boolean followsEvents();

    /** Whether T is the newest event at this moment: then nothing is too old, and hardly anything too early. */
    boolean isReplay();

    /** Tells of durable events up to this time. */
    void accepted(long newestTs);
}
