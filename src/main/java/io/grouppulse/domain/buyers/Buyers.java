package io.grouppulse.domain.buyers;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many orders each person paid. Up to {@link #EXACT} people it knows them all. Above that it keeps those whose hash is
 * lowest, each with all of their orders: a sample in which everybody had the same chance, whatever was merged in which
 * order (a bottom-k sketch, where k people with hashes below the share θ stand for k/θ).
 */
public final class Buyers {
    /** So many people are counted exactly. */
    public static final int EXACT = 10_000;

    private static final double HASHES = 0x1p64;

    private final Map<String, Integer> ordersOf;
    private final long orders;
    private final boolean sampled;
    private final long limit;

    private Buyers(Map<String, Integer> ordersOf, long orders, boolean sampled, long limit) {
        this.ordersOf = ordersOf;
        this.orders = orders;
        this.sampled = sampled;
        this.limit = limit;
    }

    /** All of these together; a person of several is one person with the orders of all. */
    public static Buyers merge(Iterable<Buyers> parts) {
        Builder all = new Builder();
        parts.forEach(all::add);
        return all.build();
    }

    /** Paid orders of everybody, exact. */
    public long orders() {
        return orders;
    }

    /** People who paid at least one order; an estimate if {@link #error} is above 0. */
    public long people() {
        return sampled ? Math.round(ordersOf.size() / share()) : ordersOf.size();
    }

    /** People who paid at least two orders; an estimate if {@link #error} is above 0. */
    public long repeaters() {
        long known = ordersOf.values().stream().filter(count -> count > 1).count();
        return sampled ? Math.round(known / share()) : known;
    }

    /**
     * 0 while everybody is known; else the standard error of {@link #people}, relative, which is also the most that the
     * standard error of a share of people or of orders can be.
     */
    public double error() {
        return sampled ? 1 / Math.sqrt(ordersOf.size() - 1.0) : 0;
    }

    /** The part of all hashes that lies below the limit. */
    private double share() {
        double unsigned = (limit >>> 1) * 2.0 + (limit & 1);
        return unsigned / HASHES;
    }

    /** Collects the orders of people. */
    public static final class Builder {
        private final Map<String, Integer> ordersOf = new HashMap<>();
        private long orders;
        private boolean sampled;
        private long limit;

        /** Adds paid orders of a person. */
        public Builder add(String person, int paid) {
            orders += paid;
            keep(person, paid);
            return this;
        }

        private void add(Buyers others) {
            orders += others.orders;
            if (others.sampled && (!sampled || Long.compareUnsigned(others.limit, limit) < 0)) {
                lower(others.limit);
            }
            others.ordersOf.forEach(this::keep);
        }

        private void keep(String person, int paid) {
            if (!sampled || isBelow(person, limit)) {
                ordersOf.merge(person, paid, Integer::sum);
                if (ordersOf.size() >= 2 * EXACT) {
                    thin();
                }
            }
        }

        /** Keeps the {@link #EXACT} lowest hashes; the next one is the limit. */
        private void thin() {
            long[] hashes = ordersOf.keySet().stream()
                    .mapToLong(person -> hash(person) ^ Long.MIN_VALUE)
                    .toArray();
            Arrays.sort(hashes);
            lower(hashes[EXACT] ^ Long.MIN_VALUE);
        }

        private void lower(long newLimit) {
            sampled = true;
            limit = newLimit;
            ordersOf.keySet().removeIf(person -> !isBelow(person, newLimit));
        }

        private static boolean isBelow(String person, long limit) {
            return Long.compareUnsigned(hash(person), limit) < 0;
        }

        private static long hash(String person) {
            return Hashing.xxh3_64().hashCharsToLong(person);
        }

        /** What was collected so far. */
        public Buyers build() {
            if (ordersOf.size() > EXACT) {
                thin();
            }
            return new Buyers(Map.copyOf(ordersOf), orders, sampled, limit);
        }
    }
}
