package io.grouppulse.domain.simulate;

/**
 * How orders become as frequent as they are in a show before it begins, so that no rain starts by it. One starts at five
 * orders a minute and three times the median of half an hour, and does not end while they become more. So they first
 * come two a minute until that is usual, then double so slowly that the median follows, and all the time at even
 * distances: by chance, five of three a minute fall in one minute every ten.
 */
final class Approach {
    private static final double FIRST = 2;

    /** More than half of the minutes whose median is the usual. */
    private static final double HELD = 17 * 60_000.0;

    /** 1.5 times as many as a quarter of an hour before: so far below the three that start a rain, as counts are whole. */
    private static final double DOUBLED_AFTER = 26 * 60_000.0;

    /** Orders paid a minute between the flash sales of a show, for each event a second that is usual in it. */
    private static final double ORDERS_PER_EVENT = 0.55;

    private final double full;
    private final double first;
    private final long from;

    Approach(SimulationSettings settings) {
        full = ORDERS_PER_EVENT * settings.eventsPerSecond();
        first = Math.min(FIRST, full);
        ShowTimes show = settings.show();
        double doublings = StrictMath.log(full / first) / StrictMath.log(2);
        from = show == null ? Long.MAX_VALUE : show.from() - (long) (2 * HELD + DOUBLED_AFTER * doublings);
    }

    /** When the first of these orders comes, epoch milliseconds. */
    long from() {
        return from;
    }

    /** Milliseconds from the order at {@code ts} to the next one. */
    long toNext(long ts) {
        double doublings = Math.max(0, (ts - from - HELD) / DOUBLED_AFTER);
        return (long) (60_000 / Math.min(full, first * StrictMath.pow(2, doublings)));
    }
}
