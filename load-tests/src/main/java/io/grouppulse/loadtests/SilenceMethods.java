package io.grouppulse.loadtests;

import static io.grouppulse.loadtests.SilenceData.DAY;
import static io.grouppulse.loadtests.SilenceData.HOUR;

import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.signal.silence.BlindTimes;
import io.grouppulse.domain.signal.silence.ExposureClock;
import io.grouppulse.domain.signal.silence.Gap;
import io.grouppulse.domain.signal.silence.GapModel;
import io.grouppulse.loadtests.SilenceData.Group;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleFunction;

/** The product's model and those it has to beat: for each interaction, when an alarm comes if nothing follows it. */
final class SilenceMethods {
    private static final int WEEK = 168;

    private final List<Group> groups;
    private final long from;
    private final int days;
    private final List<ExposureClock> clocks;

    /** @param from the midnight, UTC, at which the data begins */
    SilenceMethods(List<Group> groups, long from, int days) {
        this(groups, from, days, new ArrayList<>());
    }

    private SilenceMethods(List<Group> groups, long from, int days, List<ExposureClock> clocks) {
        this.groups = groups;
        this.from = from;
        this.days = days;
        this.clocks = clocks;
    }

    /** The same for some of the groups, on the clocks that all of them have. */
    SilenceMethods of(List<Group> some) {
        return new SilenceMethods(some, from, days, clocks);
    }

    /** Deadlines by group and interaction, as a method with one number sets them. */
    interface Method extends DoubleFunction<long[][]> {}

    /** The model of the product; its number is the budget. The exposure clocks it learns serve the plain Poisson too. */
    long[][] product(double budget) {
        List<HourHistory> histories = new ArrayList<>(Collections.nCopies(groups.size(), HourHistory.EMPTY));
        int[] next = new int[groups.size()];
        long[][] deadlines = empty();
        clocks.clear();
        for (int day = 0; day < days; day++) {
            long midnight = from + day * DAY;
            ExposureClock clock = ExposureClock.learn(List.copyOf(histories), midnight / HOUR, ZoneOffset.UTC);
            clocks.add(clock);
            for (int g = 0; g < groups.size(); g++) {
                GapModel model = GapModel.fit(histories.get(g), clock);
                long[] times = groups.get(g).times();
                for (; next[g] < times.length && times[next[g]] < midnight + DAY; next[g]++) {
                    long ts = times[next[g]];
                    histories.set(g, histories.get(g).with(ts / HOUR));
                    Activity activity = new Activity(histories.get(g), ts, ts, ts);
                    deadlines[g][next[g]] = new Gap(activity, clock, model, budget, BlindTimes.NONE).deadline();
                }
            }
        }
        return deadlines;
    }

    private long[][] empty() {
        return groups.stream().map(group -> new long[group.times().length]).toArray(long[][]::new);
    }

    /** The same time for all. */
    long[][] fixed(double hours) {
        return each((group, i) -> group.times()[i] + (long) (hours * HOUR));
    }

    private interface Deadline {
        long of(Group group, int interaction);
    }

    private long[][] each(Deadline deadline) {
        long[][] deadlines = empty();
        for (int g = 0; g < deadlines.length; g++) {
            for (int i = 0; i < deadlines[g].length; i++) {
                deadlines[g][i] = deadline.of(groups.get(g), i);
            }
        }
        return deadlines;
    }

    /** A multiple of the gaps' moving average (each new gap a tenth). */
    long[][] meanGap(double times) {
        long[][] deadlines = empty();
        for (int g = 0; g < deadlines.length; g++) {
            long[] ts = groups.get(g).times();
            double mean = DAY;
            for (int i = 0; i < ts.length; i++) {
                mean += i == 0 ? 0 : (ts[i] - ts[i - 1] - mean) / 10;
                deadlines[g][i] = ts[i] + (long) (times * mean);
            }
        }
        return deadlines;
    }

    /** Independent messages at a rate (half-life 28 days) on the exposure clock: exp(-rate × exposure) below exp(-number). */
    long[][] poisson(double number) {
        long[][] deadlines = empty();
        for (int g = 0; g < deadlines.length; g++) {
            long[] ts = groups.get(g).times();
            double count = 1;
            double exposure = 24;
            for (int i = 0; i < ts.length; i++) {
                ExposureClock clock = clocks.get((int) ((ts[i] - from) / DAY));
                if (i > 0) {
                    double kept = Math.pow(2, -(ts[i] - ts[i - 1]) / (28.0 * DAY));
                    count = count * kept + 1;
                    exposure = exposure * kept + clock.at(ts[i]) - clock.at(ts[i - 1]);
                }
                long at = clock.when(clock.at(ts[i]) + number * exposure / count);
                deadlines[g][i] = Math.min(at, ts[i] + 30 * DAY);
            }
        }
        return deadlines;
    }

    /** Hourly counts by additive Holt-Winters with 168 seasons: the sum of forecasts since the interaction. */
    long[][] holtWinters(double number) {
        int hours = days * 24;
        long[][] deadlines = empty();
        for (int g = 0; g < deadlines.length; g++) {
            double[] counts = hourly(groups.get(g));
            double[] level = new double[hours];
            double[] season = new double[hours + WEEK];
            double current = 0;
            for (int h = 0; h < hours; h++) {
                double seen = counts[h] - season[h];
                current += h < WEEK ? (counts[h] - current) / (h + 1) : 0.02 * (seen - current);
                level[h] = current;
                season[h + WEEK] = season[h] + 0.2 * (counts[h] - current - season[h]);
            }
            long[] ts = groups.get(g).times();
            for (int i = 0; i < ts.length; i++) {
                int hour = (int) ((ts[i] - from) / HOUR);
                double sum = 0;
                int h = hour + 1;
                while (sum < number && h < hour + WEEK && h < season.length) {
                    sum += Math.max(0, level[hour] + season[h++]);
                }
                deadlines[g][i] = sum < number ? ts[i] + 30 * DAY : from + h * HOUR;
            }
        }
        return deadlines;
    }

    private double[] hourly(Group group) {
        double[] counts = new double[days * 24];
        for (long ts : group.times()) {
            counts[(int) ((ts - from) / HOUR)]++;
        }
        return counts;
    }

    /** 24 empty hours, when eight weeks' counts at that hour of the week are so many deviations (MAD) above nothing. */
    long[][] medianDeviation(double number) {
        int hours = days * 24;
        long[][] deadlines = empty();
        for (int g = 0; g < deadlines.length; g++) {
            double[] counts = hourly(groups.get(g));
            double[] ofDay = new double[hours];
            double sum = 0;
            for (int h = 0; h < hours; h++) {
                sum += counts[h] - (h >= 24 ? counts[h - 24] : 0);
                ofDay[h] = sum;
            }
            boolean[] unusual = new boolean[hours];
            for (int h = WEEK; h < hours; h++) {
                unusual[h] = score(ofDay, h) > number;
            }
            long[] ts = groups.get(g).times();
            for (int i = 0; i < ts.length; i++) {
                int h = (int) ((ts[i] + DAY - from) / HOUR) + 1;
                int last = Math.min(hours, h + WEEK - 24);
                while (h < last && !unusual[h]) {
                    h++;
                }
                deadlines[g][i] = h < last ? from + h * HOUR : ts[i] + 30 * DAY;
            }
        }
        return deadlines;
    }

    private static double score(double[] ofDay, int hour) {
        double[] past = new double[Math.min(8, hour / WEEK)];
        for (int week = 0; week < past.length; week++) {
            past[week] = ofDay[hour - (week + 1) * WEEK];
        }
        double median = median(past);
        return median
                / (1.4826
                        * Math.max(
                                0.5,
                                median(Arrays.stream(past)
                                        .map(x -> Math.abs(x - median))
                                        .toArray())));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
