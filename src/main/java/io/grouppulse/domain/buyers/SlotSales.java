package io.grouppulse.domain.buyers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was sold in a slot of a day; parts of it can be merged.
 *
 * @param gmv minor units
 * @param paidBySecond paid orders by whole seconds since the slot began
 * @param buyers people who paid in the slot
 * @param earlierBuyers people who paid in the same slot of an earlier day
 */
public record SlotSales(long gmv, Map<Long, Long> paidBySecond, Set<String> buyers, Set<String> earlierBuyers) {
    private static final long MINUTE = 60;

    /** Paid orders. */
    public long orders() {
        return paidBySecond.values().stream().mapToLong(orders -> orders).sum();
    }

    /** Orders paid in the first 60 s. */
    public long inFirstMinute() {
        return paidBySecond.entrySet().stream()
                .filter(entry -> entry.getKey() < MINUTE)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Buyers who bought in the same slot of an earlier day. */
    public long habitual() {
        return buyers.stream().filter(earlierBuyers::contains).count();
    }

    /**
     * Whole seconds from the start of the slot to the order with which so much of the orders was paid.
     *
     * @param percent 1 to 100
     * @return -1 when nothing was paid
     */
    public long secondsTo(int percent) {
        long wanted = (orders() * percent + 99) / 100;
        long paid = 0;
        for (Map.Entry<Long, Long> second : new TreeMap<>(paidBySecond).entrySet()) {
            paid += second.getValue();
            if (paid >= wanted) {
                return second.getKey();
            }
        }
        return -1;
    }

    /** Puts parts together, slot by slot. */
    public static List<SlotSales> merge(int slots, List<List<SlotSales>> parts) {
        List<SlotSales> merged = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            Builder all = new Builder();
            for (List<SlotSales> part : parts) {
                all.add(part.get(i));
            }
            merged.add(all.build());
        }
        return merged;
    }

    /** Collects the payments of a slot. */
    public static final class Builder {
        private long gmv;
        private final Map<Long, Long> paidBySecond = new HashMap<>();
        private final Set<String> buyers = new HashSet<>();
        private final Set<String> earlierBuyers = new HashSet<>();

        /** Adds a payment in the slot. */
        public void paid(long secondsSinceStart, long money, String person) {
            gmv += money;
            paidBySecond.merge(secondsSinceStart, 1L, Long::sum);
            buyers.add(person);
        }

        /** Adds a payment in the same slot of an earlier day. */
        public void paidEarlier(String person) {
            earlierBuyers.add(person);
        }

        private void add(SlotSales part) {
            gmv += part.gmv;
            part.paidBySecond.forEach((second, orders) -> paidBySecond.merge(second, orders, Long::sum));
            buyers.addAll(part.buyers);
            earlierBuyers.addAll(part.earlierBuyers);
        }

        public SlotSales build() {
            return new SlotSales(gmv, Map.copyOf(paidBySecond), Set.copyOf(buyers), Set.copyOf(earlierBuyers));
        }
    }
}
