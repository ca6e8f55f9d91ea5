package io.grouppulse.clock;

import java.util.concurrent.atomic.AtomicLong;

/**
 * T is the largest accepted event time while a past is told, so that it happens at its own time, and then follows
 * another clock for good. A monitor in which something has happened has no use for another past: it follows at once.
 */
public final class StagedClock implements MonitorClock {
    private final MonitorClock next;
    private final AtomicLong newest;
    private volatile boolean begun;
    private volatile boolean following;

    /** @param start T before the first event, epoch millis */
    public StagedClock(long start, MonitorClock next) {
        this.next = next;
        this.newest = new AtomicLong(start);
    }

    /** Begins a past, if nothing has happened yet; false if something has. To be asked once the store has been read. */
    public synchronized boolean begin() {
        begun = !following;
        return begun;
    }

    /** T follows the other clock from now on. */
    public void follow() {
        following = true;
    }

    @Override
    public long now() {
        return following ? Math.max(newest.get(), next.now()) : newest.get();
    }

    /** For good: what the log holds of the past is applied again as it was at first. */
    @Override
    public boolean followsEvents() {
        return true;
    }

    @Override
    public boolean isReplay() {
        return !following || next.isReplay();
    }

    @Override
    public synchronized void accepted(long newestTs) {
        next.accepted(newestTs);
        if (begun && !following) {
            newest.accumulateAndGet(newestTs, Math::max);
        } else {
            following = true;
        }
    }
}
