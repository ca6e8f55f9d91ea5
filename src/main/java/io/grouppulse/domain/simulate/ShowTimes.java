package io.grouppulse.domain.simulate;

/**
 * When a show begins; what happens before is its past, of which little is told.
 *
 * @param from people then do not sleep and flash sales come every quarter of an hour; epoch milliseconds
 * @param full from then on as much is told as happens, and flash sales come every few minutes
 */
public record ShowTimes(long from, long full) {
    /** @throws IllegalArgumentException if it is full before it begins */
    public ShowTimes {
        if (full < from) {
            throw new IllegalArgumentException("a show is full at " + full + ", before it begins at " + from);
        }
    }

    boolean isPast(long ts) {
        return ts < from;
    }

    /** Part of what people do of their own accord that is told. */
    double told(long ts) {
        if (ts < from) {
            return 0.0008;
        }
        return ts < full ? 0.06 : 1;
    }
}
