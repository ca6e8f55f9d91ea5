package io.grouppulse.windowing;

import io.grouppulse.domain.signal.silence.SilenceSettings;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The silence of one group by the definition, hour by hour and slot by slot, from all its interactions. */
final class NaiveSilence {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final int WEEK = 168;
    private static final long LEARNED = 56 * 24;

    private final List<Long> times;
    private final SilenceSettings settings;
    private final long t;
    private final long until;
    private final double[] weights = new double[WEEK];
    private double slots = 1;
    private double exposure = 24;
    private double shape;
    private int width = 4;
    private double hoursInSlot = 1;
    private final double alarm;

    NaiveSilence(
            List<Long> times,
            NavigableSet<Long> hours,
            Collection<? extends NavigableSet<Long>> ofAllGroups,
            SilenceSettings settings,
            long t) {
        this.times = times;
        this.settings = settings;
        this.t = t;
        ZonedDateTime settled =
                Instant.ofEpochMilli(last() - settings.settling()).atZone(settings.zone());
        this.until = settled.toLocalDate().atStartOfDay(settings.zone()).toEpochSecond() / 3_600;
        learnWeights(ofAllGroups);
        learnGaps(hours);
        double days = Math.max(0, until - Math.max(until - LEARNED, hours.first())) / 24.0;
        this.alarm = Math.min(0.5, Math.min(1, (days + 0.5) / 28) * settings.budget() / (WEEK * slots / exposure));
    }

    long last() {
        return times.get(times.size() - 1);
    }

    private int hourOfWeek(long hour) {
        ZonedDateTime local = Instant.ofEpochMilli(hour * HOUR).atZone(settings.zone());
        return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    }

    private void learnWeights(Collection<? extends NavigableSet<Long>> groups) {
        double[] active = new double[WEEK];
        double[] seen = new double[WEEK];
        for (NavigableSet<Long> hours : groups) {
            for (long hour = Math.max(until - LEARNED, hours.first()); hour < until; hour++) {
                seen[hourOfWeek(hour)]++;
                active[hourOfWeek(hour)] += hours.contains(hour) ? 1 : 0;
            }
        }
        double mean = sum(active) / sum(seen);
        for (int h = 0; h < WEEK; h++) {
            if (!(mean > 0)) {
                weights[h] = 1;
                continue;
            }
            double activeThen = 0;
            double seenThen = 0;
            for (int day = 0; day < 7; day++) {
                activeThen += active[day * 24 + h % 24];
                seenThen += seen[day * 24 + h % 24];
            }
            double ofDay = (activeThen + 1) / (seenThen + 1 / mean);
            weights[h] = (active[h] + 5 / mean * ofDay) / (seen[h] + 5 / mean);
        }
        double average = sum(weights) / WEEK;
        for (int h = 0; h < WEEK; h++) {
            weights[h] = weights[h] < 0.05 * average ? 0 : weights[h];
        }
        double rest = sum(weights) / WEEK;
        for (int h = 0; h < WEEK; h++) {
            weights[h] /= rest;
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private void learnGaps(NavigableSet<Long> all) {
        TreeSet<Long> hours = new TreeSet<>(all.subSet(until - LEARNED, until));
        double weeks = Math.max(1, (until - Math.max(until - LEARNED, all.first())) / (double) WEEK);
        width = hours.size() / weeks >= 10 ? 1 : 4;
        TreeSet<Long> starts = new TreeSet<>();
        hours.forEach(hour -> starts.add(hour - Math.floorMod(hour, width)));
        hoursInSlot = starts.isEmpty() ? 1 : (double) hours.size() / starts.size();
        List<Long> list = new ArrayList<>(starts);
        double a = 0;
        double b = 0;
        double m2 = 0;
        double mw = 0;
        for (int i = 1; i < list.size(); i++) {
            double d = Math.pow(0.5, (list.get(i) - list.get(i - 1)) / (28.0 * 24));
            double gap = passed(list.get(i - 1) * HOUR, list.get(i) * HOUR);
            a = a * d + 1;
            b = b * d + gap;
            double u = Math.min(50, gap * (a + 1) / (b + 24));
            m2 = m2 * d + u * u;
            mw = mw * d + 1;
        }
        slots = a + 1;
        exposure = b + 24;
        double v = Math.max(2.05, (m2 + 30) / (mw + 10));
        shape = Math.min(200, Math.max(1.2, 2 * (v - 1) / (v - 2)));
    }

    private double passed(long from, long to) {
        double sum = 0;
        for (long at = from; at < to; ) {
            long next = Math.min(to, (Math.floorDiv(at, HOUR) + 1) * HOUR);
            sum += weights[hourOfWeek(Math.floorDiv(at, HOUR))] * (next - at) / HOUR;
            at = next;
        }
        return sum;
    }

    private double after(long from, double probability) {
        double scaled = (shape - 1) * (Math.pow(probability, -1 / shape) - 1);
        double left = exposure * Math.expm1(scaled / slots);
        long hour = Math.floorDiv(from, HOUR);
        long at = from;
        for (int i = 0; i < 24 * 20; i++) {
            double weight = weights[hourOfWeek(hour)];
            double here = weight * ((hour + 1) * HOUR - at) / HOUR;
            if (here >= left) {
                return at + left / weight * HOUR;
            }
            left -= here;
            hour++;
            at = hour * HOUR;
        }
        return Double.MAX_VALUE;
    }

    private double deadlineOf(long from) {
        return Math.min(from + 168.0 * HOUR, Math.max(from + 2.0 * HOUR, after(from, alarm)));
    }

    double deadline() {
        return deadlineOf(last());
    }

    double quietAt() {
        return Math.min(deadline(), after(last(), 0.1));
    }

    private long toldAt() {
        long full = last() + (t - last()) / HOUR * HOUR;
        if (t >= deadline()) {
            return Math.max(full, (long) deadline());
        }
        return t >= quietAt() ? Math.max(full, (long) quietAt()) : full;
    }

    double probability() {
        return Math.pow(1 + slots * Math.log1p(passed(last(), toldAt()) / exposure) / (shape - 1), -shape);
    }

    double expected() {
        TreeSet<Long> hours = new TreeSet<>();
        times.forEach(ts -> hours.add(Math.floorDiv(ts, HOUR)));
        double perHour = (double) times.size() / hours.size();
        return passed(last(), toldAt()) * slots / exposure * hoursInSlot * perHour;
    }

    boolean isSilent() {
        if (t >= deadline()) {
            return true;
        }
        TreeSet<Long> hours = new TreeSet<>();
        times.forEach(ts -> hours.add(Math.floorDiv(ts, HOUR)));
        Long hour = hours.last();
        boolean newest = true;
        for (Long previous = hours.lower(hour); previous != null; previous = hours.lower(hour)) {
            long resumed = newest ? firstIn(hour) : hour * HOUR;
            long began = newest ? minuteOf(lastBefore(hour)) + MINUTE : (previous + 1) * HOUR;
            if (resumed >= deadlineOf(began)) {
                return true;
            }
            if (Math.floorDiv(previous, width) != Math.floorDiv(hour, width) && hour - previous <= 24) {
                return false;
            }
            newest = false;
            hour = previous;
        }
        return false;
    }

    private long firstIn(long hour) {
        return minuteOf(
                times.stream().filter(ts -> ts >= hour * HOUR).findFirst().orElseThrow());
    }

    private long lastBefore(long hour) {
        return times.stream()
                .filter(ts -> ts < hour * HOUR)
                .mapToLong(ts -> ts)
                .max()
                .orElseThrow();
    }

    private static long minuteOf(long ts) {
        return Math.floorDiv(ts, MINUTE) * MINUTE;
    }
}
