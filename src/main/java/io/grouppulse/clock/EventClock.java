package io.grouppulse.clock;

import java.util.concurrent.atomic.AtomicLong;

/** T is the largest accepted event time: for replays and tests. */
public final class EventClock implements MonitorClock {
    private final AtomicLong newest = new AtomicLong(UNKNOWN);

    @Override
    public long now() {
        return newest.get();
    }

    @Override
    public boolean followsEvents() {
        return true;
    }

    @Override
    public boolean isReplay() {
        return true;
    }

    @Override
    public void accepted(long newestTs) {
        newest.accumulateAndGet(newestTs, Math::max);
    }
}
