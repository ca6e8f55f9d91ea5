package io.grouppulse.clock;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * T of a monitor of many nodes, as one of them knows it: one node leads and announces T, the others follow what they hear.
 * T never goes back, whoever leads.
 */
public final class NodeClock implements MonitorClock {
    private final MonitorClock own;
    private final BooleanSupplier leads;
    private final AtomicLong newest = new AtomicLong(UNKNOWN);

    /**
     * @param own T as this node would have it alone
     * @param leads whether this node leads now
     */
    public NodeClock(MonitorClock own, BooleanSupplier leads) {
        this.own = own;
        this.leads = leads;
    }

    /** A node that has never heard of T takes its own for it. */
    @Override
    public long now() {
        if (own.followsEvents() || leads.getAsBoolean()) {
            return newest.accumulateAndGet(own.now(), Math::max);
        }
        long heard = newest.get();
        return heard == UNKNOWN ? own.now() : heard;
    }

    @Override
    public boolean followsEvents() {
        return own.followsEvents();
    }

    @Override
    public boolean isReplay() {
        return own.isReplay();
    }

    @Override
    public void accepted(long newestTs) {
        own.accepted(newestTs);
    }

    /** Whoever leads has announced this T. */
    public void heard(long t) {
        newest.accumulateAndGet(t, Math::max);
    }
}
