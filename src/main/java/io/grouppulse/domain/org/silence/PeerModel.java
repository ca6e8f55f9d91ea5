package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.signal.silence.BlindTimes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges the groups of a running sale by each other: a minute in which nearly all are active weighs much, one in which
 * few are weighs little. A function of the active minutes, the pasts and the plan alone.
 */
public final class PeerModel {
    /** False alarms that an average group may raise in a sale: half before it has come at all, half in later gaps. */
    static final double BUDGET = 0.001;

    static final int FEWEST_PEERS = 8;

    /** A silence is left by activity in so many minutes. */
    private static final int SLOTS_TO_LEAVE = 2;

    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final long WEEK_HOURS = 168;

    private PeerModel() {}

    /** The groups that are silent in any of the sales, with the gap that was found first. Takes up to seconds. */
    public static Map<String, PeerGap> silent(
            List<SaleMinutes> sales, Map<String, HourHistory> hours, Map<String, BlindTimes> blind) {
        Map<String, PeerGap> silent = new HashMap<>();
        for (SaleMinutes sale : sales) {
            judge(sale, hours, blind).forEach((group, gap) -> {
                if (gap.isSilent()) {
                    silent.merge(group, gap, (one, other) -> one.silentAt() <= other.silentAt() ? one : other);
                }
            });
        }
        return silent;
    }

    /**
     * The gaps of the groups that have been heard in the sale or in the week before; of nobody while they are too few.
     *
     * @param hours in which each group was active, by group; who is not in it has no past
     * @param blind when a group could not be seen: minutes that touch it are no part of a gap; who is not in it could always
     */
    public static Map<String, PeerGap> judge(
            SaleMinutes sale, Map<String, HourHistory> hours, Map<String, BlindTimes> blind) {
        long startHour = Math.floorDiv(sale.plan().firstMinute(), HOUR);
        // Always in the same order, for sums of numbers depend on it.
        SortedMap<String, HourHistory> peers = new TreeMap<>();
        sale.active().forEach((group, minutes) -> {
            HourHistory past = hours.getOrDefault(group, HourHistory.EMPTY);
            if (!minutes.isEmpty() || past.newest() >= startHour - WEEK_HOURS) {
                peers.put(group, past);
            }
        });
        if (peers.size() < FEWEST_PEERS) {
            return Map.of();
        }
        List<String> names = List.copyOf(peers.keySet());
        List<BitSet> active =
                names.stream().map(group -> minutesOf(sale, group)).toList();
        List<BitSet> unseen = names.stream()
                .map(group -> unseen(sale, blind.getOrDefault(group, BlindTimes.NONE)))
                .toList();
        int[] activePeers = new int[sale.minutes()];
        for (BitSet minutes : active) {
            minutes.stream().filter(m -> m < activePeers.length).forEach(m -> activePeers[m]++);
        }
        PeerShares shares = new PeerShares(peers, startHour);
        FirstGaps firstGaps = new FirstGaps(BUDGET / 2, sale.plan().length(), active, unseen, shares, names);
        List<FirstGaps.FirstGap> first = firstGaps.after(activePeers);
        List<PeerShares.Prior> priors = names.stream()
                .map(group -> shares.of(group, firstGaps.weight()))
                .toList();
        PeerClock clock = new PeerClock(priors);
        double[] intensities =
                Arrays.stream(activePeers).mapToDouble(clock::intensity).toArray();
        Map<String, PeerGap> gaps = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Walk walk = new Walk(sale, active.get(i), unseen.get(i), priors.get(i), first.get(i));
            gaps.put(names.get(i), walk.over(intensities));
        }
        return gaps;
    }

    private static BitSet unseen(SaleMinutes sale, BlindTimes blind) {
        BitSet unseen = new BitSet();
        long start = sale.plan().firstMinute();
        for (BlindTimes.Span span : blind.spans()) {
            long from = Math.max(0, Math.floorDiv(span.from() - start, MINUTE));
            long to = Math.min(sale.minutes(), Math.floorDiv(span.to() - 1 - start, MINUTE) + 1);
            if (from < to) {
                unseen.set((int) from, (int) to);
            }
        }
        return unseen;
    }

    private static BitSet minutesOf(SaleMinutes sale, String group) {
        return Objects.requireNonNull(sale.active().get(group));
    }

    /** One group's way through the minutes of the sale. */
    private static final class Walk {
        private final SaleMinutes sale;
        private final BitSet active;
        private final BitSet unseen;
        private final FirstGaps.FirstGap first;
        private double slots;
        private double exposure;
        private double expected;
        private int seen;
        private int newest = -1;
        private int silentAfter = -1;
        private int slotsSinceAlarm;

        Walk(SaleMinutes sale, BitSet active, BitSet unseen, PeerShares.Prior prior, FirstGaps.FirstGap first) {
            this.sale = sale;
            this.active = active;
            this.unseen = unseen;
            this.first = first;
            this.slots = prior.slots();
            this.exposure = prior.exposure();
        }

        PeerGap over(double[] intensities) {
            for (int minute = 0; minute < intensities.length; minute++) {
                expected += unseen.get(minute) ? 0 : intensities[minute];
                if (active.get(minute)) {
                    heard(minute);
                } else if (silentAfter < 0 && isFound(minute)) {
                    silentAfter = minute;
                    slotsSinceAlarm = 0;
                }
            }
            return new PeerGap(
                    startOf(newest + 1),
                    seen == 0 ? first.expected() : expected * slots / exposure,
                    seen == 0 ? first.probability() : probability(),
                    silentAfter < 0 ? Long.MAX_VALUE : startOf(silentAfter + 1));
        }

        /** What was expected up to here has been tried: the group came once in it. */
        private void heard(int minute) {
            slots++;
            exposure += expected;
            expected = 0;
            seen++;
            newest = minute;
            slotsSinceAlarm++;
            if (slotsSinceAlarm >= SLOTS_TO_LEAVE) {
                silentAfter = -1;
            }
        }

        private double probability() {
            return Math.pow(1 + expected / exposure, -slots);
        }

        /** Any minute can be the first of a later gap. */
        private boolean isFound(int minute) {
            return seen == 0
                    ? first.foundIn() <= minute
                    : probability() < BUDGET / 2 / Math.max(1, sale.plan().length());
        }

        private long startOf(int minute) {
            return sale.plan().firstMinute() + minute * MINUTE;
        }
    }
}
