package io.grouppulse.alert;

import java.util.function.DoubleSupplier;

/** How long to wait after so many failures in a row: twice as long each time, up to a limit, spread at random. */
final class Backoff {
    private static final long FIRST = 1_000;
    private static final long LONGEST = 300_000;
    private static final int MOST_DOUBLINGS = 16;

    private final DoubleSupplier dice;
    private int failures;

    /** @param dice numbers from 0 to 1 */
    Backoff(DoubleSupplier dice) {
        this.dice = dice;
    }

    /** Millis until the next attempt, between half of the full wait and all of it. */
    long failed() {
        long full = Math.min(LONGEST, FIRST << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return full / 2 + (long) (dice.getAsDouble() * (full - full / 2));
    }

    void succeeded() {
        failures = 0;
    }
}
