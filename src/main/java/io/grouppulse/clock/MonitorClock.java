package io.grouppulse.clock;

/** Gives T. Thread-safe. */
public interface MonitorClock {

    /** What {@link #now} says before {@code clock: event} has seen an event. */
    long UNKNOWN = Long.MIN_VALUE;

    /** T, epoch millis. */
    long now();

    /** Whether T follows events; then a batch is applied at the times of its own events. */
    boolean followsEvents();

    /** Tells of durable events up to this time. */
    void accepted(long newestTs);
}
