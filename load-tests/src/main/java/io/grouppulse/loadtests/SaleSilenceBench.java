package io.grouppulse.loadtests;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.org.silence.PeerGap;
import io.grouppulse.domain.org.silence.PeerModel;
import io.grouppulse.domain.org.silence.SaleMinutes;
import io.grouppulse.domain.org.silence.SalePlan;
import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.simulate.SaleSimulator;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How soon a group that misses a simulated flash sale is found, and how often one that takes part is accused. A false
 * alarm is one after which the group does anything in the same sale; each group in turn is made to miss the sale.
 */
final class SaleSilenceBench {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    /** 2026-11-11T10:00+08:00, when the flash sale begins. */
    private static final long START = 1_794_362_400_000L;

    private static final int LONGEST_SEARCH = 20;
    private static final int SOON = 5;

    /** A group and sale: what the product is asked for. */
    private static final double FALSE_ALARMS = 0.001;

    private final SalePlan plan;
    private final int length;
    private final Past past;
    private int groupSales;
    private int falseAlarms;
    private int fixedAlarms;
    private final List<Double> delays = new ArrayList<>();
    private int neverFound;
    private final List<Talk> talk = new ArrayList<>();

    /** What is known of a group before a sale: its own pace, one that is off by a factor, that of any other group. */
    private enum Past {
        OWN,
        NOISY,
        SHUFFLED
    }

    private record Talk(int interactions, boolean comesLater) {}

    private SaleSilenceBench(int length, Past past) {
        this.length = length;
        this.past = past;
        this.plan = new SalePlan("sale", "", Set.of(), START, START + length * MINUTE);
    }

    static void run(Options options) throws IOException {
        Report.machine();
        int length = options.number("minutes", 60);
        int groups = options.number("groups", 200);
        int sales = options.number("sales", 10);
        int first = options.number("seed", 1);
        Past past = Past.valueOf(options.text("past", "own").toUpperCase(Locale.ROOT));
        System.out.println("| members a group | group-sales | false alarms | per 1,000 | fixed 5 min, per 1,000"
                + " | missing groups found within 5 min | by who knows what each group will say | median, min | worst, min |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int members : new int[] {250, 60, 20}) {
            SaleSilenceBench bench = new SaleSilenceBench(length, past);
            for (int seed = first; seed < first + sales; seed++) {
                bench.sale(groups, members, seed);
            }
            bench.print(members);
        }
    }

    private void sale(int groups, int members, long seed) {
        Map<String, BitSet> active = new HashMap<>();
        Map<String, Long> lastHeard = new HashMap<>();
        Map<String, Integer> interactions = new TreeMap<>();
        Map<String, HourHistory> hours = new HashMap<>();
        SaleSimulator sale = new SaleSimulator(SimulationSettings.sale(groups, members, length, seed, START));
        sale.profiles().forEach(profile -> {
            active.put(profile.group(), new BitSet());
            interactions.put(profile.group(), 0);
        });
        while (!sale.isOver()) {
            sale.nextMinute(told -> take(told.event(), active, lastHeard, interactions));
        }
        double mean = interactions.values().stream()
                .mapToInt(Integer::intValue)
                .average()
                .orElse(1);
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> others = new ArrayList<>(interactions.values());
        Collections.shuffle(others, new Random(seed));
        int next = 0;
        for (Map.Entry<String, Integer> group : interactions.entrySet()) {
            double pace = (past == Past.SHUFFLED ? others.get(next++) : group.getValue()) / mean;
            hours.put(group.getKey(), aWeek(past == Past.NOISY ? pace * aboutOne(random) : pace, random));
        }
        groupSales += groups;
        remember(active, interactions);
        countFalseAlarms(active, lastHeard, hours);
        active.keySet().forEach(missing -> findWithout(missing, active, hours));
    }

    /** Remembers how much each group says in this sale, and whether it has said nothing yet after five minutes. */
    private void remember(Map<String, BitSet> active, Map<String, Integer> interactions) {
        interactions.forEach((group, count) -> {
            int first = active.get(group).nextSetBit(0);
            talk.add(new Talk(count, first < 0 || first >= SOON));
        });
    }

    /**
     * The share of groups that could be told silent after five minutes by somebody who knew beforehand how much each of
     * them will say in this very sale, and had the false alarms the product is asked for: of those who say most first, as
     * many as can be accused of having said nothing without accusing more of those who only come later.
     */
    private double findable() {
        talk.sort(Comparator.comparingInt(Talk::interactions).reversed());
        int wrong = 0;
        int found = 0;
        for (Talk one : talk) {
            wrong += one.comesLater() ? 1 : 0;
            if (wrong > FALSE_ALARMS * talk.size()) {
                break;
            }
            found++;
        }
        return (double) found / talk.size();
    }

    private static void take(
            GroupEvent event,
            Map<String, BitSet> active,
            Map<String, Long> lastHeard,
            Map<String, Integer> interactions) {
        if (active.containsKey(event.group())) {
            lastHeard.merge(event.group(), event.ts(), Math::max);
            if (event.type().isInteraction()) {
                interactions.merge(event.group(), 1, Integer::sum);
                active.get(event.group()).set((int) ((event.ts() - START) / MINUTE));
            }
        }
    }

    private void countFalseAlarms(
            Map<String, BitSet> active, Map<String, Long> lastHeard, Map<String, HourHistory> hours) {
        Map<String, Boolean> inAlarm = new HashMap<>();
        for (int minutes = 1; minutes <= length; minutes++) {
            long now = START + minutes * MINUTE;
            Map<String, PeerGap> gaps = PeerModel.judge(new SaleMinutes(plan, minutes, active), hours, Map.of());
            for (String group : active.keySet()) {
                boolean comesBack = lastHeard.getOrDefault(group, 0L) >= now;
                PeerGap gap = gaps.get(group);
                boolean silent = gap != null && gap.isSilent();
                boolean wasSilent = Boolean.TRUE.equals(inAlarm.put(group, silent));
                falseAlarms += silent && !wasSilent && comesBack ? 1 : 0;
                fixedAlarms += comesBack && gapOf(active.get(group), minutes) == SOON ? 1 : 0;
            }
        }
    }

    /** Minutes without activity up to this one. */
    private static int gapOf(BitSet active, int minutes) {
        return minutes - 1 - active.previousSetBit(minutes - 1);
    }

    private void findWithout(String missing, Map<String, BitSet> active, Map<String, HourHistory> hours) {
        Map<String, BitSet> without = new HashMap<>(active);
        without.put(missing, new BitSet());
        PeerGap gap = PeerModel.judge(new SaleMinutes(plan, Math.min(length, LONGEST_SEARCH), without), hours, Map.of())
                .get(missing);
        if (gap != null && gap.isSilent()) {
            delays.add((gap.silentAt() - START) / (double) MINUTE);
        } else {
            neverFound++;
        }
    }

    private void print(int members) {
        double soon = delays.stream().filter(delay -> delay <= SOON).count();
        System.out.printf(
                Locale.ROOT,
                "| %d | %,d | %d | %.2f | %.2f | %.1f %% | %.1f %% | %.0f | %s |%n",
                members,
                groupSales,
                falseAlarms,
                1_000.0 * falseAlarms / groupSales,
                1_000.0 * fixedAlarms / groupSales,
                100 * soon / (delays.size() + neverFound),
                100 * findable(),
                delays.isEmpty() ? Double.NaN : Report.median(delays),
                neverFound > 0
                        ? "> " + LONGEST_SEARCH
                        : String.format(
                                Locale.ROOT,
                                "%.0f",
                                delays.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .max()
                                        .orElse(Double.NaN)));
    }

    /** Gamma distributed, of mean 1 and variance 1/2. */
    private static double aboutOne(SplittableRandom random) {
        return -Math.log((1 - random.nextDouble()) * (1 - random.nextDouble())) / 2;
    }

    /**
     * A week of talk from eight to eleven at the pace that the group has, its peers' mean being an interaction an hour:
     * what is known of a group before a sale is how much it talks.
     */
    private static HourHistory aWeek(double pace, SplittableRandom random) {
        HourHistory history = HourHistory.EMPTY;
        for (int i = 1; i <= 168; i++) {
            long hour = START / HOUR - i;
            if ((hour + 8) % 24 >= 8 && (hour + 8) % 24 < 23 && random.nextDouble() < 1 - Math.exp(-pace)) {
                history = history.with(hour);
            }
        }
        return history;
    }
}
