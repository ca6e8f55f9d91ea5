package io.grouppulse.clock;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** T is the wall clock; when that is set back, T waits for it. */
public final class SystemClock implements MonitorClock {
    private final LongSupplier wallClock;
    private final AtomicLong newest = new AtomicLong(UNKNOWN);

    public SystemClock(LongSupplier wallClock) {
        this.wallClock = wallClock;
    }

    @Override
    public long now() {
        return newest.accumulateAndGet(wallClock.getAsLong(), Math::max);
    }

    @Override
    public boolean followsEvents() {
        return false;
    }

    @Override
    public boolean isReplay() {
        return false;
    }

    @Override
    public void accepted(long newestTs) {}
}
