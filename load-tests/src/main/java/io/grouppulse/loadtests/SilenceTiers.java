package io.grouppulse.loadtests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Tier by tier, whether another method finds more than the product does when it gives as many false alarms in that tier.
 * The interval of a difference is that of the groups: drawn again and again, with replacement.
 */
final class SilenceTiers {
    private static final int[] WITHIN = {24, 72, 168};
    private static final int DRAWS = 1_000;

    private final String tier;
    private final List<List<Double>> ours;

    /** @param ours for each group of the tier, hours until its outages were found */
    SilenceTiers(String tier, List<List<Double>> ours) {
        this.tier = tier;
        this.ours = ours;
    }

    static void head() {
        System.out.println("| tier | method | false alarms a group-week | slow / middle / busy third"
                + " | found in 24/72/168 h"
                + " | mean delay, h | more than GroupPulse in 24 h | in 72 h | in 168 h | sooner on average, h |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    }

    /** @param byThird false alarms a group-week, told apart by how much the groups say */
    void print(String method, double rate, String byThird, List<List<Double>> theirs) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s | %s | %.3f | %s | %.0f/%.0f/%.0f | %.0f |",
                tier,
                method,
                rate,
                byThird,
                100 * share(theirs, WITHIN[0]),
                100 * share(theirs, WITHIN[1]),
                100 * share(theirs, WITHIN[2]),
                mean(theirs, SilenceTiers::hoursWaited)));
        for (int hours : WITHIN) {
            line.append(theirs == ours ? " |" : " " + difference(theirs, delay -> delay <= hours ? 100 : 0) + " |");
        }
        line.append(theirs == ours ? " |" : " " + difference(theirs, delay -> -hoursWaited(delay)) + " |");
        System.out.println(line);
    }

    /** What is not found in a week has been waited for a week: so one number holds for all horizons up to it. */
    private static double hoursWaited(double delay) {
        return Math.min(delay, WITHIN[WITHIN.length - 1]);
    }

    /**
     * How much more it is worth on average; where even the least of the interval is above 0, the other method is better.
     *
     * @param worth of an outage, by the hours until it was found
     */
    private String difference(List<List<Double>> theirs, DoubleUnaryOperator worth) {
        int groups = ours.size();
        double[][] found = new double[groups][];
        for (int g = 0; g < groups; g++) {
            found[g] = new double[] {
                sum(theirs.get(g), worth), theirs.get(g).size(), sum(ours.get(g), worth), ours.get(g).size()
            };
        }
        SplittableRandom random = new SplittableRandom(11);
        double[] drawn = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] sum = new double[4];
            for (int i = 0; i < groups; i++) {
                add(sum, found[random.nextInt(groups)]);
            }
            drawn[draw] = ratio(sum[0], sum[1]) - ratio(sum[2], sum[3]);
        }
        Arrays.sort(drawn);
        double[] all = new double[4];
        for (double[] one : found) {
            add(all, one);
        }
        double low = drawn[(int) (0.025 * DRAWS)];
        String text = String.format(
                Locale.ROOT,
                "%+.0f (%+.0f to %+.0f)",
                ratio(all[0], all[1]) - ratio(all[2], all[3]),
                low,
                drawn[(int) (0.975 * DRAWS)]);
        return low > 0.5 ? "**" + text + "**" : text;
    }

    private static void add(double[] sum, double[] one) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += one[i];
        }
    }

    private static double share(List<List<Double>> delays, int hours) {
        return mean(delays, delay -> delay <= hours ? 1 : 0);
    }

    private static double mean(List<List<Double>> delays, DoubleUnaryOperator worth) {
        List<Double> all = new ArrayList<>();
        delays.forEach(all::addAll);
        return ratio(sum(all, worth), all.size());
    }

    private static double sum(List<Double> delays, DoubleUnaryOperator worth) {
        return delays.stream().mapToDouble(worth::applyAsDouble).sum();
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
