package io.grouppulse.domain.signal.silence;

import static io.grouppulse.domain.signal.silence.SilenceSettings.HOUR;

import io.grouppulse.domain.signal.HourHistory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Collection;

/**
 * Time as many groups together live it: an hour of the week in which much happens is long, one in which nothing ever
 * happens has no length. An average hour is 1. Immutable.
 */
public final class ExposureClock {
    private static final int WEEK = 168;
    private static final int DAY = 24;
    private static final int LEARNED = 56 * DAY;
    private static final int AHEAD = 30 * DAY;

    /** Active hours by which the belief weighs that an hour of the day is as any. */
    private static final double BELIEF_IN_DAY = 1;
    /** Active hours by which the belief weighs that an hour of the week is as that hour of any day. */
    private static final double BELIEF_IN_WEEK = 5;
    /** Hours below this part of the average are quiet. */
    private static final double QUIET = 0.05;

    private final long from;
    private final long until;
    private final double[] passed;

    private ExposureClock(long from, long until, double[] passed) {
        this.from = from;
        this.until = until;
        this.passed = passed;
    }

    /**
     * Learns from the 56 days before {@code until}.
     *
     * @param histories of the groups that share this clock
     * @param until hour from the epoch
     */
    public static ExposureClock learn(Collection<HourHistory> histories, long until, ZoneId zone) {
        long from = until - LEARNED;
        int[] hourOfWeek = hoursOfWeek(from, LEARNED + AHEAD, zone);
        double[] active = new double[WEEK];
        long[] begun = new long[LEARNED + 1];
        for (HourHistory history : histories) {
            if (!history.isEmpty() && history.first() < until) {
                begun[(int) Math.max(0, history.first() - from)]++;
                history.forEachActive(from, until, hour -> active[hourOfWeek[(int) (hour - from)]]++);
            }
        }
        double[] seen = new double[WEEK];
        long groups = 0;
        for (int i = 0; i < LEARNED; i++) {
            groups += begun[i];
            seen[hourOfWeek[i]] += groups;
        }
        double[] weights = weights(active, seen);
        double[] passed = new double[hourOfWeek.length + 1];
        for (int i = 0; i < hourOfWeek.length; i++) {
            passed[i + 1] = passed[i] + weights[hourOfWeek[i]];
        }
        return new ExposureClock(from, until, passed);
    }

    private static int[] hoursOfWeek(long from, int count, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        int[] hours = new int[count];
        for (int i = 0; i < count; i++) {
            Instant start = Instant.ofEpochMilli((from + i) * HOUR);
            long local = start.getEpochSecond() + rules.getOffset(start).getTotalSeconds();
            hours[i] = (int) Math.floorMod(Math.floorDiv(local, 3_600L), (long) WEEK);
        }
        return hours;
    }

    /** An hour of the week is believed to be as that hour of any day, which is believed to be as any hour. */
    private static double[] weights(double[] active, double[] seen) {
        double mean = Arrays.stream(active).sum() / Arrays.stream(seen).sum();
        double[] weights = new double[WEEK];
        if (!(mean > 0)) {
            Arrays.fill(weights, 1);
            return weights;
        }
        double hours = BELIEF_IN_DAY / mean;
        double weeks = BELIEF_IN_WEEK / mean;
        for (int hour = 0; hour < WEEK; hour++) {
            double activeThen = 0;
            double seenThen = 0;
            for (int same = hour % DAY; same < WEEK; same += DAY) {
                activeThen += active[same];
                seenThen += seen[same];
            }
            double ofDay = (activeThen + BELIEF_IN_DAY) / (seenThen + hours);
            double ofWeek = (active[hour] + weeks * ofDay) / (seen[hour] + weeks);
            weights[hour] = ofWeek / mean;
        }
        double average = Arrays.stream(weights).average().orElse(1);
        for (int hour = 0; hour < WEEK; hour++) {
            weights[hour] = weights[hour] < QUIET * average ? 0 : weights[hour];
        }
        double rest = Arrays.stream(weights).average().orElse(1);
        for (int hour = 0; hour < WEEK; hour++) {
            weights[hour] /= rest;
        }
        return weights;
    }

    /** The first hour it was learned from. */
    public long from() {
        return from;
    }

    /** The hour before which it was learned. */
    public long until() {
        return until;
    }

    /** Exposure since its beginning at {@code ts}, in average hours. */
    public double at(long ts) {
        long hour = Math.floorDiv(ts, HOUR) - from;
        if (hour < 0) {
            return 0;
        }
        if (hour >= passed.length - 1) {
            return passed[passed.length - 1];
        }
        int i = (int) hour;
        return passed[i] + (passed[i + 1] - passed[i]) * Math.floorMod(ts, HOUR) / HOUR;
    }

    /** The first moment, epoch millis, at which {@link #at} is {@code exposure}; {@link Long#MAX_VALUE} if beyond its end. */
    public long when(double exposure) {
        if (exposure > passed[passed.length - 1]) {
            return Long.MAX_VALUE;
        }
        int low = 0;
        int high = passed.length - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (passed[middle] < exposure) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return from * HOUR;
        }
        double part = (exposure - passed[low - 1]) / (passed[low] - passed[low - 1]);
        return (from + low - 1) * HOUR + (long) Math.ceil(part * HOUR);
    }
}
