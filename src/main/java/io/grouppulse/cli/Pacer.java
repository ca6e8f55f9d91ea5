package io.grouppulse.cli;

import java.util.function.LongSupplier;

/** Says how long an event has to wait for its turn when a recording is replayed at a multiple of its own speed. */
final class Pacer {
    /** A gap longer than this is taken for a damaged time or a new recording, not for silence. */
    private static final long LONGEST_GAP = 86_400_000;

    private final int speed;
    private final LongSupplier nanoTime;
    private boolean started;
    private long firstTs;
    private long firstNanos;
    private long newestTs;

    /** @param speed how many times as fast as it happened; 0 for no waiting at all */
    Pacer(int speed, LongSupplier nanoTime) {
        this.speed = speed;
        this.nanoTime = nanoTime;
    }

    /** Milliseconds until this line's turn, 0 if it has come or the line tells no time. */
    long waitMillis(byte[] line) {
        if (speed == 0) {
            return 0;
        }
        long ts = EventTime.of(line);
        if (ts == EventTime.NONE) {
            return 0;
        }
        if (!started || Math.abs(ts - newestTs) > LONGEST_GAP) {
            started = true;
            firstTs = ts;
            newestTs = ts;
            firstNanos = nanoTime.getAsLong();
        }
        newestTs = Math.max(newestTs, ts);
        long passed = (nanoTime.getAsLong() - firstNanos) / 1_000_000;
        return Math.max(0, (ts - firstTs) / speed - passed);
    }
}
