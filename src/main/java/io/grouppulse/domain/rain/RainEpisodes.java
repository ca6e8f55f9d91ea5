package io.grouppulse.domain.rain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the episodes of order rain in a stretch of time (contract, section 6). The rate at a second is the number of
 * paid orders in the 60 seconds that end with it. An episode starts when the rate is at least 5 and at least three times
 * the baseline, the median of the last 30 whole minutes that lie outside episodes; it ends when the rate stays under
 * half its start level for 30 s. While every one of the 30 minutes lies in an episode the last baseline stands. What was
 * usual before the stretch is taken from the 30 minutes before it, in which no episodes are looked for.
 */
public final class RainEpisodes {
    static final long SECOND = 1_000;
    static final long TRAILING = 60_000;
    private static final int RATE_SECONDS = 60;
    private static final int QUIET_SECONDS = 30;
    private static final int BASELINE_MINUTES = 30;
    /** So long before a stretch its orders matter. */
    public static final long LEAD = BASELINE_MINUTES * TRAILING;

    private static final int FIRST = BASELINE_MINUTES * RATE_SECONDS;
    private static final int LEAST_RATE = 5;
    private static final int FACTOR = 3;

    private final long origin;
    private final int[] paid;
    private final boolean[] inEpisode;
    private final List<RainEpisode> found = new ArrayList<>();
    private double lastBaseline;

    private RainEpisodes(Map<Long, Long> paidBySecond, long from, long t) {
        origin = Math.floorDiv(from, TRAILING) * TRAILING - LEAD;
        int seconds = (int) ((Math.floorDiv(t, SECOND) * SECOND - origin) / SECOND) + 1;
        paid = new int[Math.max(0, seconds)];
        inEpisode = new boolean[paid.length / RATE_SECONDS + 1];
        paidBySecond.forEach((second, orders) -> {
            long at = (second - origin) / SECOND;
            if (at >= 0 && at < paid.length) {
                paid[(int) at] = orders.intValue();
            }
        });
    }

    /**
     * The episodes of [from, T], oldest first.
     *
     * @param paidBySecond paid orders by the start of their second, epoch millis, from {@link #LEAD} before {@code from}'s
     *     minute on
     */
    public static List<RainEpisode> find(Map<Long, Long> paidBySecond, long from, long t) {
        RainEpisodes search = new RainEpisodes(paidBySecond, from, t);
        search.run();
        return List.copyOf(search.found);
    }

    private void run() {
        long rate = 0;
        for (int second = 0; second < paid.length; second++) {
            rate += paid[second] - (second >= RATE_SECONDS ? paid[second - RATE_SECONDS] : 0);
            if (second >= FIRST && rate >= LEAST_RATE && rate >= FACTOR * baselineAt(second)) {
                second = follow(second, rate);
                rate = rateAt(second);
            }
        }
    }

    private long rateAt(int second) {
        long rate = 0;
        for (int at = Math.max(0, second - RATE_SECONDS + 1); at <= second && at < paid.length; at++) {
            rate += paid[at];
        }
        return rate;
    }

    private double baselineAt(int second) {
        int minute = second / RATE_SECONDS;
        int[] counts = new int[BASELINE_MINUTES];
        int size = 0;
        for (int at = minute - 1; at >= minute - BASELINE_MINUTES; at--) {
            if (!inEpisode[at]) {
                counts[size++] = countOf(at);
            }
        }
        if (size > 0) {
            Arrays.sort(counts, 0, size);
            lastBaseline = size % 2 == 1 ? counts[size / 2] : (counts[size / 2 - 1] + counts[size / 2]) / 2.0;
        }
        return lastBaseline;
    }

    private int countOf(int minute) {
        int count = 0;
        for (int at = minute * RATE_SECONDS; at < (minute + 1) * RATE_SECONDS && at < paid.length; at++) {
            count += paid[at];
        }
        return count;
    }

    /** Follows an episode from its first second; returns the last second that was looked at. */
    private int follow(int first, long startRate) {
        double baseline = lastBaseline;
        long rate = startRate;
        long peak = startRate;
        int peakAt = first;
        int halfAt = -1;
        int quiet = 0;
        int second = first;
        while (quiet < QUIET_SECONDS && second + 1 < paid.length) {
            second++;
            rate += paid[second] - (second >= RATE_SECONDS ? paid[second - RATE_SECONDS] : 0);
            quiet = 2 * rate < startRate ? quiet + 1 : 0;
            if (rate > peak) {
                peak = rate;
                peakAt = second;
                halfAt = -1;
            } else if (halfAt < 0 && 2 * rate <= peak) {
                halfAt = second;
            }
        }
        boolean ended = quiet == QUIET_SECONDS;
        int last = ended ? second - QUIET_SECONDS + 1 : second;
        Arrays.fill(inEpisode, first / RATE_SECONDS, last / RATE_SECONDS + 1, true);
        found.add(new RainEpisode(
                timeOf(first),
                ended ? timeOf(last) : RainEpisode.OPEN,
                baseline,
                startRate,
                peak,
                timeOf(peakAt),
                halfAt < 0 ? -1 : halfAt - peakAt));
        return second;
    }

    private long timeOf(int second) {
        return origin + second * SECOND;
    }
}
