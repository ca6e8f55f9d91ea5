package io.grouppulse.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes and threads do, never longer than it may. */
public final class Deadline {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final long end;

    private Deadline(Duration limit) {
        end = System.nanoTime() + limit.toNanos();
    }

    /** A condition that may fail as reading a server may. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    public static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    public boolean isOver() {
        return System.nanoTime() - end > 0;
    }

    /** Asks again and again until the condition holds; false if it did not in time. */
    public boolean until(Condition condition) throws Exception {
        while (!condition.holds()) {
            if (isOver()) {
                return false;
            }
            pause(PAUSE);
        }
        return true;
    }

    /** Lets others go on for about so long. */
    public static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
