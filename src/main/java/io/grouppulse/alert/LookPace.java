package io.grouppulse.alert;

/** When to look again: looking takes a tenth of the time at most, however many groups there are, and rests ten seconds at most. */
final class LookPace {
    static final long LONGEST_REST = 10_000_000_000L;

    private static final long REST_PER_COST = 9;

    private long restsUntil;

    /** @param now any clock that only goes forward, nanos */
    LookPace(long now) {
        restsUntil = now;
    }

    boolean isDue(long now) {
        return now - restsUntil >= 0;
    }

    void looked(long began, long ended) {
        restsUntil = ended + Math.min(LONGEST_REST, REST_PER_COST * (ended - began));
    }
}
