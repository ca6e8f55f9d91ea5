package io.grouppulse.domain.simulate;

/**
 * When a show begins; what happens before is its past, of which little is told.
 *
 * @param from people then do not sleep and flash sales come every quarter of an hour; epoch milliseconds
 * @param full from then on as much is told as happens, and flash sales come every few minutes
 */
public record ShowTimes(long from, long full) {
    /** From so long before a show on, what is bought grows from a few orders to what a show has between its flash sales. */
    static final long GROWING = 5 * 3_600_000L;

    /** Slow enough that no rain starts by it: an episode does at three times the usual. */
    private static final double DOUBLED_AFTER = 3_600_000;

    /** @throws IllegalArgumentException if it is full before it begins */
    public ShowTimes {
        if (full < from) {
            throw new IllegalArgumentException("a show is full at " + full + ", before it begins at " + from);
        }
    }

    boolean isPast(long ts) {
        return ts < from;
    }

    boolean isGrowing(long ts) {
        return ts < from && ts >= from - GROWING;
    }

    /** Part of what a show has of buying and of what makes people buy, flash sales apart. */
    double bought(long ts) {
        if (ts >= from) {
            return 1;
        }
        return isGrowing(ts) ? Math.pow(2, (ts - from) / DOUBLED_AFTER) : 0;
    }

    /** Part of what people do of their own accord that is told. */
    double told(long ts) {
        if (ts < from) {
            return 0.0008;
        }
        return ts < full ? 0.06 : 1;
    }
}
