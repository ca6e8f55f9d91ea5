package io.grouppulse.domain.signal.orderrain;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.agrona.collections.LongHashSet;

/**
 * The keys of the orders by the hours in which something happened to them, so that a stretch of time is read without
 * looking at every order remembered. It may name an order in an hour in which it adds nothing any more, never the other
 * way round. Not saved: the orders say it all.
 */
final class OrdersByHour {
    private static final long HOUR = 3_600_000;

    private final TreeMap<Long, LongHashSet> hours = new TreeMap<>();
    private LongHashSet lastOrders = new LongHashSet();
    private long lastHour = Long.MIN_VALUE;

    /** Something happened to the order at {@code ts}. */
    void note(long key, long ts) {
        long hour = Math.floorDiv(ts, HOUR);
        if (hour != lastHour) {
            lastOrders = hours.computeIfAbsent(hour, h -> new LongHashSet());
            lastHour = hour;
        }
        lastOrders.add(key);
    }

    /** Visits once each order to which something may have happened in {@code from <= ts < to}, in no order. */
    void forEach(long from, long to, LongConsumer visitor) {
        if (from >= to) {
            return;
        }
        Map<Long, LongHashSet> asked = hours.subMap(Math.floorDiv(from, HOUR), true, Math.floorDiv(to - 1, HOUR), true);
        if (asked.size() == 1) {
            visit(asked.values().iterator().next(), visitor);
        } else {
            LongHashSet all = new LongHashSet();
            asked.values().forEach(all::addAll);
            visit(all, visitor);
        }
    }

    private static void visit(LongHashSet keys, LongConsumer visitor) {
        LongHashSet.LongIterator each = keys.iterator();
        while (each.hasNext()) {
            visitor.accept(each.nextValue());
        }
    }

    /** Forgets the orders that are no longer known, in the hours before {@code ts}. */
    void forget(long ts, LongPredicate isKnown) {
        hours.headMap(Math.floorDiv(ts, HOUR), true).values().removeIf(orders -> {
            orders.removeIfLong(key -> !isKnown.test(key));
            return orders.isEmpty();
        });
        lastHour = Long.MIN_VALUE;
    }
}
