package io.grouppulse.bus;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Spaces what is to be done soon, but not more often than once in so long: it is done at once if the last time is long
 * enough ago, else as soon as it is. Belongs to one thread.
 */
public final class Pace {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long rest;
    private final long slack;
    private final LongSupplier nanos;
    private final Timer timer;
    private final BooleanSupplier action;
    private long begun;
    private boolean isSet;

    /** Runs something once, so many milliseconds later or later still, on the thread of whoever asks for it. */
    public interface Timer {
        void after(long millis, Runnable action);
    }

    /**
     * @param rest millis between two beginnings
     * @param slack millis by which one that came late may be followed sooner, so that it does not make all later ones late;
     *     on average the rest is kept
     * @param nanos a clock that only goes forward
     * @param action returns whether there was something to do; no rest follows if there was not
     */
    public Pace(long rest, long slack, LongSupplier nanos, Timer timer, BooleanSupplier action) {
        this.rest = rest * NANOS_PER_MILLI;
        this.slack = slack * NANOS_PER_MILLI;
        this.nanos = nanos;
        this.timer = timer;
        this.action = action;
        this.begun = nanos.getAsLong() - this.rest;
    }

    /** Runs the action now, or when the rest is over; however often it is asked for until then, it is run once. */
    public void soon() {
        if (!runIfRested() && !isSet) {
            isSet = true;
            timer.after((rest - sinceBegun() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI, () -> {
                isSet = false;
                soon();
            });
        }
    }

    /** Runs the action now or not at all; returns whether the rest was over. */
    public boolean runIfRested() {
        if (sinceBegun() < rest) {
            return false;
        }
        long before = begun;
        // Before the action, which may ask for the next one.
        long late = sinceBegun() - rest;
        begun = nanos.getAsLong() - (late < rest ? Math.min(late, slack) : 0);
        if (!action.getAsBoolean()) {
            begun = before;
        }
        return true;
    }

    /** The rest begins anew, as what is spaced has been done for another reason. */
    public void begin() {
        begun = nanos.getAsLong();
    }

    /** Nanos since the last rest began; it counts from up to the slack before what it follows. */
    public long sinceBegun() {
        return nanos.getAsLong() - begun;
    }
}
