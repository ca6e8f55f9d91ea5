package io.grouppulse.domain.rain;

/**
 * One episode of order rain; times are epoch millis of whole seconds.
 *
 * @param start when the rate reached the start level
 * @param end when it fell below half the start level for good; {@link #OPEN} while it has not
 * @param baseline paid orders a minute that were usual before
 * @param startRate rate at the start, paid orders in the trailing 60 s
 * @param peak highest rate
 * @param peakAt when that was first reached
 * @param halfLife seconds from the peak until the rate was at most half of it; -1 while it is not
 */
public record RainEpisode(
        long start, long end, double baseline, long startRate, long peak, long peakAt, long halfLife) {
    public static final long OPEN = Long.MAX_VALUE;

    public boolean isOpen() {
        return end == OPEN;
    }

    /** The first moment whose orders belong to it: the rate that started it counts the minute before. */
    public long firstOrders() {
        return start - RainEpisodes.TRAILING + RainEpisodes.SECOND;
    }

    /** The moment after the last whose orders belong to it; T's second while it goes on. */
    public long lastOrders(long t) {
        return isOpen() ? Math.floorDiv(t, RainEpisodes.SECOND) * RainEpisodes.SECOND + RainEpisodes.SECOND : end;
    }
}
