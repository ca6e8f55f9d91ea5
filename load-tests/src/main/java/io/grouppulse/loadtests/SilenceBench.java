package io.grouppulse.loadtests;

import static io.grouppulse.loadtests.SilenceData.DAY;
import static io.grouppulse.loadtests.SilenceData.HOUR;

import io.grouppulse.loadtests.SilenceData.Group;
import io.grouppulse.loadtests.SilenceMethods.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How well silence is found: false alarms in data without any outage, and outages put in at random times. The product
 * is asked for a budget and takes no tuning; every other method's one number is set so that it has as many false alarms.
 */
final class SilenceBench {
    private static final String[] TIERS = {"< 2/day", "2-20/day", ">= 20/day"};
    private static final int OUTAGES = 60;

    private final List<Group> groups;
    private final long begin;
    private final long end;
    private final SilenceMethods methods;

    private SilenceBench(List<Group> groups, long from, int warmup, int days) {
        this.groups = groups;
        this.begin = from + warmup * DAY;
        this.end = from + days * DAY;
        this.methods = new SilenceMethods(groups, from, days);
    }

    /** Those of another bench's groups that are in one tier. */
    private SilenceBench(SilenceBench all, List<Group> groups) {
        this.groups = groups;
        this.begin = all.begin;
        this.end = all.end;
        this.methods = all.methods.of(groups);
    }

    static void run(Options options) throws Exception {
        Report.machine();
        String file = options.text("file", "");
        double[] budgets = {0.25, 0.10};
        if (file.isEmpty()) {
            int perTier = options.number("groups", 300);
            int days = options.number("days", 112);
            long from = 20_454 * DAY;
            List<Group> groups = SilenceData.simulated(perTier, from, days, options.number("seed", 1));
            System.out.printf("%d simulated groups, %d days, judged after 56%n", groups.size(), days);
            new SilenceBench(groups, from, 56, days).compare(budgets);
        } else {
            List<Group> groups = SilenceData.recorded(Path.of(file));
            long first =
                    groups.stream().mapToLong(group -> group.times()[0]).min().orElse(0);
            long last = groups.stream()
                    .mapToLong(g -> g.times()[g.times().length - 1])
                    .max()
                    .orElse(0);
            long from = first / DAY * DAY;
            int days = (int) ((last - from) / DAY) + 1;
            int warmup = options.number("warmup", 4);
            System.out.printf("%d groups of %s, %d days, judged after %d%n", groups.size(), file, days, warmup);
            new SilenceBench(groups, from, warmup, days).compare(budgets);
        }
    }

    private void compare(double[] budgets) {
        System.out.println(
                "| method | asked | false alarms a group-week | p95 | found in 24/72/168 h: < 2/day | 2-20/day"
                        + " | >= 20/day | median delay, h | in alarm | flaps |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (double budget : budgets) {
            long[][] ours = methods.product(budget);
            double rate = falseAlarms(ours).rate;
            print("GroupPulse", budget, ours);
            print("fixed time", rate, tuned(methods::fixed, rate));
            print("k × mean gap", rate, tuned(methods::meanGap, rate));
            print("Poisson, messages", rate, tuned(methods::poisson, rate));
            print("Holt-Winters", rate, tuned(methods::holtWinters, rate));
            print("median / MAD", rate, tuned(methods::medianDeviation, rate));
        }
        System.out.println();
        SilenceTiers.head();
        for (double budget : budgets) {
            long[][] ours = methods.product(budget);
            for (int tier = 0; tier < TIERS.length; tier++) {
                compareTier(tier, ours);
            }
        }
    }

    /** The others have as many false alarms as the product in this tier alone. */
    private void compareTier(int tier, long[][] ours) {
        List<Group> some = new ArrayList<>();
        List<long[]> deadlines = new ArrayList<>();
        for (int g = 0; g < ours.length; g++) {
            if (tierOf(groups.get(g)) == tier) {
                some.add(groups.get(g));
                deadlines.add(ours[g]);
            }
        }
        if (some.isEmpty()) {
            return;
        }
        SilenceBench bench = new SilenceBench(this, some);
        long[][] product = deadlines.toArray(long[][]::new);
        Alarms alarms = bench.falseAlarms(product);
        double rate = alarms.rate;
        List<List<Double>> found = bench.delaysByGroup(product);
        SilenceTiers tiers = new SilenceTiers(TIERS[tier], found);
        tiers.print("GroupPulse", rate, bench.byThird(alarms), found);
        bench.against(tiers, "fixed time", bench.methods::fixed, rate);
        bench.against(tiers, "k × mean gap", bench.methods::meanGap, rate);
        bench.against(tiers, "Poisson, messages", bench.methods::poisson, rate);
        bench.against(tiers, "Holt-Winters", bench.methods::holtWinters, rate);
        bench.against(tiers, "median / MAD", bench.methods::medianDeviation, rate);
    }

    private void against(SilenceTiers tiers, String name, Method method, double rate) {
        long[][] deadlines = tuned(method, rate);
        Alarms alarms = falseAlarms(deadlines);
        tiers.print(name, alarms.rate, byThird(alarms), delaysByGroup(deadlines));
    }

    /** False alarms a group-week in the third of the groups that says least, in the middle one, and in the busiest. */
    private String byThird(Alarms alarms) {
        List<Integer> order = IntStream.range(0, groups.size())
                .boxed()
                .sorted(Comparator.comparingDouble(g -> groups.get(g).perDay(begin, end)))
                .toList();
        String[] rates = new String[3];
        for (int third = 0; third < rates.length; third++) {
            List<Integer> some = order.subList(third * order.size() / 3, (third + 1) * order.size() / 3);
            double rate = some.stream().mapToDouble(g -> alarms.perGroup[g]).average().orElse(0);
            rates[third] = String.format(Locale.ROOT, "%.2f", rate);
        }
        return String.join(" / ", rates);
    }

    private int tierOf(Group group) {
        double perDay = group.perDay(begin, end);
        return perDay < 2 ? 0 : perDay < 20 ? 1 : 2;
    }

    /** The smallest number, by halving, with at most so many false alarms. */
    private long[][] tuned(Method method, double rate) {
        double low = 0;
        double high = 2_000;
        for (int i = 0; i < 24; i++) {
            double middle = i < 12 ? Math.sqrt(Math.max(low, 0.01) * high) : (low + high) / 2;
            if (falseAlarms(method.apply(middle)).rate > rate) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return method.apply(high);
    }

    /** @param perGroup false alarms a week, in the groups' order */
    private record Alarms(double rate, double p95, double share, double flaps, double[] perGroup) {}

    private Alarms falseAlarms(long[][] deadlines) {
        double weeks = (end - begin) / (7.0 * DAY);
        double[] perGroup = new double[deadlines.length];
        double inAlarm = 0;
        double flaps = 0;
        for (int g = 0; g < deadlines.length; g++) {
            long[] times = groups.get(g).times();
            long recovered = Long.MIN_VALUE / 2;
            for (int i = 0; i < times.length; i++) {
                long until = Math.min(end, i + 1 < times.length ? times[i + 1] : end);
                long at = Math.max(begin, deadlines[g][i]);
                if (at < until) {
                    perGroup[g] += deadlines[g][i] >= begin ? 1 : 0;
                    flaps += deadlines[g][i] - recovered < DAY ? 1 : 0;
                    inAlarm += until - at;
                    recovered = until;
                }
            }
        }
        double all = Arrays.stream(perGroup).sum();
        double[] aWeek = Arrays.stream(perGroup).map(count -> count / weeks).toArray();
        double[] sorted = Arrays.stream(aWeek).sorted().toArray();
        return new Alarms(
                all / weeks / deadlines.length,
                sorted[(int) (0.95 * (sorted.length - 1))],
                inAlarm / ((end - begin) * (double) deadlines.length),
                flaps / Math.max(1, all),
                aWeek);
    }

    private void print(String name, double asked, long[][] deadlines) {
        Alarms alarms = falseAlarms(deadlines);
        List<List<Double>> delays = delays(deadlines);
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "| %s | %.2f | %.3f | %.2f |", name, asked, alarms.rate, alarms.p95));
        StringBuilder medians = new StringBuilder();
        for (List<Double> tier : delays) {
            line.append(String.format(
                    Locale.ROOT, " %.0f/%.0f/%.0f |", found(tier, 24), found(tier, 72), found(tier, 168)));
            medians.append(medians.isEmpty() ? "" : " / ");
            medians.append(tier.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f", Report.median(tier)));
        }
        System.out.printf(
                Locale.ROOT, "%s %s | %.1f %% | %.0f %% |%n", line, medians, 100 * alarms.share, 100 * alarms.flaps);
    }

    private static double found(List<Double> delays, double hours) {
        return delays.isEmpty()
                ? Double.NaN
                : 100.0 * delays.stream().filter(d -> d <= hours).count() / delays.size();
    }

    /** For each tier, how many hours outages lasted until they were found. */
    private List<List<Double>> delays(long[][] deadlines) {
        List<List<Double>> tiers = new ArrayList<>();
        for (String ignored : TIERS) {
            tiers.add(new ArrayList<>());
        }
        List<List<Double>> byGroup = delaysByGroup(deadlines);
        for (int g = 0; g < byGroup.size(); g++) {
            tiers.get(tierOf(groups.get(g))).addAll(byGroup.get(g));
        }
        return tiers;
    }

    /** For each group, how many hours outages lasted until they were found; those begun in an alarm are left out. */
    private List<List<Double>> delaysByGroup(long[][] deadlines) {
        List<List<Double>> delays = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int g = 0; g < deadlines.length; g++) {
            long[] times = groups.get(g).times();
            List<Double> ofGroup = new ArrayList<>();
            for (int outage = 0; outage < OUTAGES; outage++) {
                long starts = random.nextLong(begin, end);
                int found = Arrays.binarySearch(times, starts);
                int last = found >= 0 ? found : -found - 2;
                if (last >= 0 && deadlines[g][last] >= starts) {
                    ofGroup.add((deadlines[g][last] - starts) / (double) HOUR);
                }
            }
            delays.add(ofGroup);
        }
        return delays;
    }
}
