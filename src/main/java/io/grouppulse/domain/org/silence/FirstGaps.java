package io.grouppulse.domain.org.silence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who has not come to a sale at all. Its groups have one budget of false alarms: a group of which much is expected soon
 * has hardly any chance to be late, and what it does not need is left to those of which less is known.
 */
final class FirstGaps {
    /** How many slots the past of an average group may weigh: 10 are believed until the peers speak against it. */
    private static final double[] WEIGHTS = {10, 7, 5, 3, 2, 1, 0};

    /** So much better, in nats, another weight must explain when the groups came. */
    private static final double EVIDENCE = 0.5;

    /** Part of all groups that are taken to miss a sale: who misses it says nothing of those that come late. */
    private static final double MISSING = 0.05;

    /** Minutes of the sale in which most of the budget is spent, and how much that is. */
    private static final int SOON = 5;

    private static final double SPENT_SOON = 0.8;

    /** Spending grows with this power of the time (Kim and DeMets), for in a minute more most groups will have come. */
    private static final int POWER = 3;

    /** However much is left to spend, nobody is told silent who could well be late. */
    private static final double HIGHEST = 0.01;

    private static final double LEAST = 1e-300;

    /** @param probability of not having come up to now; {@code expected} interactions, and the minute it was found in */
    record FirstGap(double expected, double probability, int foundIn) {}

    private final double budget;
    private final int length;
    private final List<BitSet> active;
    private final List<BitSet> unseen;
    private final List<Weighted> weighted;
    private final int[] foundIn;
    private Weighted believed;
    private double spent;

    /**
     * @param budget false alarms that an average group may raise
     * @param length of the sale, minutes
     * @param active minutes of each peer
     * @param unseen minutes of each peer that are in no gap
     * @param shares of the peers named so, in the same order
     */
    FirstGaps(
            double budget,
            int length,
            List<BitSet> active,
            List<BitSet> unseen,
            PeerShares shares,
            List<String> names) {
        this.budget = budget;
        this.length = length;
        this.active = active;
        this.unseen = unseen;
        weighted = Arrays.stream(WEIGHTS)
                .mapToObj(weight -> new Weighted(
                        weight,
                        names.stream().map(name -> shares.of(name, weight)).toList()))
                .toList();
        believed = weighted.get(0);
        foundIn = new int[names.size()];
        Arrays.fill(foundIn, Integer.MAX_VALUE);
    }

    /** Of each peer, whether it has come or not, as of the end of the minutes in which so many were active. */
    List<FirstGap> after(int[] activePeers) {
        for (int minute = 0; minute < activePeers.length; minute++) {
            int now = minute;
            int peers = activePeers[minute];
            weighted.forEach(one -> one.pass(now, peers));
            believe();
            spend(minute);
        }
        List<FirstGap> gaps = new ArrayList<>();
        for (int peer = 0; peer < foundIn.length; peer++) {
            gaps.add(new FirstGap(believed.expected(peer), believed.probability(peer), foundIn[peer]));
        }
        return gaps;
    }

    /** How many slots the past weighs, after the newest minute. */
    double weight() {
        return believed.weight;
    }

    private void believe() {
        Weighted best = weighted.get(0);
        double toBeat = best.likelihood() + EVIDENCE;
        for (Weighted one : weighted.subList(1, weighted.size())) {
            double likelihood = one.likelihood();
            if (likelihood > toBeat) {
                best = one;
                toBeat = likelihood;
            }
        }
        believed = best;
    }

    /** Finds the least probable gaps first, those of equal probability together. */
    private void spend(int minute) {
        double allowed = allowed(minute + 1) * foundIn.length;
        double[] probabilities = IntStream.range(0, foundIn.length)
                .mapToDouble(peer -> isOpen(peer) ? believed.probability(peer) : 1)
                .toArray();
        List<Integer> open = IntStream.range(0, foundIn.length)
                .filter(peer -> probabilities[peer] <= HIGHEST)
                .boxed()
                .sorted(Comparator.comparingDouble(peer -> probabilities[peer]))
                .toList();
        int from = 0;
        while (from < open.size()) {
            double probability = probabilities[open.get(from)];
            int to = from + 1;
            while (to < open.size() && probabilities[open.get(to)] == probability) {
                to++;
            }
            double cost = (to - from) * probability;
            if (spent + cost > allowed) {
                return;
            }
            spent += cost;
            open.subList(from, to).forEach(peer -> foundIn[peer] = minute);
            from = to;
        }
    }

    private boolean isOpen(int peer) {
        return foundIn[peer] == Integer.MAX_VALUE;
    }

    /** What an average group may have cost after so many minutes. */
    private double allowed(int minutes) {
        double soon = Math.pow(Math.min(1, (double) minutes / SOON), POWER);
        return budget * (SPENT_SOON * soon + (1 - SPENT_SOON) * minutes / Math.max(minutes, length));
    }

    /** What is expected if the past weighs so much. */
    private final class Weighted {
        private final double weight;
        private final List<PeerShares.Prior> priors;
        private final PeerClock clock;
        private final double[] exposures;
        private double ofThoseWhoCame;
        private double ofThoseWhoDidNot;

        Weighted(double weight, List<PeerShares.Prior> priors) {
            this.weight = weight;
            this.priors = priors;
            clock = new PeerClock(priors);
            exposures = new double[priors.size()];
        }

        void pass(int minute, int activePeers) {
            double intensity = clock.intensity(activePeers);
            ofThoseWhoDidNot = 0;
            for (int peer = 0; peer < exposures.length; peer++) {
                int first = active.get(peer).nextSetBit(0);
                if (!isOpen(peer) && first >= 0 && first < minute) {
                    // It has come, and what it costs is spent: nothing more depends on it.
                    continue;
                }
                double before = first == minute ? probability(peer) : 0;
                exposures[peer] += unseen.get(peer).get(minute) ? 0 : intensity;
                if (!unseen.get(peer).isEmpty()) {
                    continue;
                }
                if (first == minute) {
                    ofThoseWhoCame += Math.log(Math.max(LEAST, before - probability(peer)));
                } else if (first < 0 || first > minute) {
                    ofThoseWhoDidNot += Math.log(MISSING + (1 - MISSING) * probability(peer));
                }
            }
        }

        /** Logarithm of how probable it is that the groups came when they did; those that could not always be seen left out. */
        double likelihood() {
            return ofThoseWhoCame + ofThoseWhoDidNot;
        }

        /** That the group would not have come yet. */
        double probability(int peer) {
            PeerShares.Prior prior = priors.get(peer);
            return Math.pow(1 + exposures[peer] / prior.exposure(), -prior.slots());
        }

        double expected(int peer) {
            return exposures[peer] * priors.get(peer).pace();
        }
    }
}
