package io.grouppulse.doors;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a server does, never longer than it may. */
final class Wait {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private Wait() {}

    /** Something that comes to hold. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** @throws AssertionError if it does not come to hold in time; the message names it */
    static void until(long seconds, String what, Condition condition) throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.holds()) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("not within " + seconds + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
