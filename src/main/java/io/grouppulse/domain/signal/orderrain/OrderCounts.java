package io.grouppulse.domain.signal.orderrain;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import java.util.List;
import java.util.Objects;

/** What an order adds to the counters over all time. */
public final class OrderCounts {
    private static final int NOBODY = -1;

    private OrderCounts() {}

    /** @param events order events of one order, in any order, each once */
    public static Counts of(List<GroupEvent> events) {
        if (events.isEmpty()) {
            return Counts.ZERO;
        }
        GroupEvent first = events.get(0);
        Order order = new Order(first.source(), Objects.requireNonNull(first.order()));
        events.forEach(event -> order.take(event, NOBODY, false));
        long[] sums = new long[Column.COUNT];
        order.contribute((column, ts, value) -> sums[column.ordinal()] += value);
        return Counts.copyOf(sums);
    }
}
