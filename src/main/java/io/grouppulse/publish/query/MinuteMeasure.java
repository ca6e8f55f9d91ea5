package io.grouppulse.publish.query;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.http.BadInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A measure of one-minute buckets: a sum of columns, some of them subtracted, or how often operators did something.
 *
 * @param distinct counts distinct members of a minute, which cannot be summed over minutes
 */
record MinuteMeasure(String name, boolean distinct, List<Column> plus, List<Column> minus, List<EventType> acts) {
    private static final Map<String, MinuteMeasure> ALL = all();

    private static Map<String, MinuteMeasure> all() {
        Map<String, MinuteMeasure> all = new LinkedHashMap<>();
        put(all, "messages", false, Column.MESSAGES);
        put(all, "interactions", false, Column.INTERACTIONS);
        put(all, "joins", false, Column.JOINS);
        put(all, "leaves", false, Column.LEAVES);
        put(all, "shares", false, Column.SHARES);
        put(all, "touches", false, Column.TOUCHES);
        put(all, "carts", false, Column.CARTS);
        put(all, "chainEntries", false, Column.CHAIN_ENTRIES);
        put(all, "ordersCreated", false, Column.ORDERS_CREATED);
        put(all, "ordersPaid", false, Column.ORDERS_PAID);
        put(all, "gmvCreated", false, Column.GMV_CREATED);
        put(all, "gmvPaid", false, Column.GMV_PAID);
        put(all, "refunds", false, Column.REFUNDS);
        put(all, "unpriced", false, Column.UNPRICED);
        put(all, "unpaid", false, Column.UNPAID);
        put(all, "active", true, Column.ACTIVE);
        put(all, "buyers", true, Column.BUYERS);
        all.put(
                "gmvNet",
                new MinuteMeasure(
                        "gmvNet",
                        false,
                        List.of(Column.GMV_PAID),
                        List.of(Column.REFUNDS, Column.CANCELLED_AFTER_PAID),
                        List.of()));
        put(all, "flashes", EventType.FLASH_STARTED);
        put(all, "lives", EventType.LIVE_STARTED);
        put(all, "redPackets", EventType.REDPACKET_SENT);
        put(all, "broadcasts", EventType.BROADCAST_SENT);
        return all;
    }

    private static void put(Map<String, MinuteMeasure> all, String name, boolean distinct, Column column) {
        all.put(name, new MinuteMeasure(name, distinct, List.of(column), List.of(), List.of()));
    }

    private static void put(Map<String, MinuteMeasure> all, String name, EventType act) {
        all.put(name, new MinuteMeasure(name, false, List.of(), List.of(), List.of(act)));
    }

    static MinuteMeasure of(String name, boolean summed) throws BadInput {
        MinuteMeasure measure = ALL.get(name);
        if (measure == null) {
            throw BadInput.badField("measures", "measures must be among " + String.join(", ", ALL.keySet()));
        }
        if (summed && measure.distinct) {
            throw BadInput.badField("measures", name + " counts distinct members of a minute: it has no longer step");
        }
        return measure;
    }

    static List<Column> columns(List<MinuteMeasure> measures) {
        Set<Column> columns = new LinkedHashSet<>();
        measures.forEach(measure -> {
            columns.addAll(measure.plus);
            columns.addAll(measure.minus);
        });
        return new ArrayList<>(columns);
    }

    static List<EventType> acts(List<MinuteMeasure> measures) {
        return measures.stream()
                .flatMap(measure -> measure.acts.stream())
                .distinct()
                .toList();
    }

    /** Reads it off the sums of these columns, followed by those of these actions. */
    long read(List<Column> columns, List<EventType> counted, long[] values) {
        long sum = 0;
        for (EventType act : acts) {
            sum += values[columns.size() + counted.indexOf(act)];
        }
        for (Column column : plus) {
            sum += values[columns.indexOf(column)];
        }
        for (Column column : minus) {
            sum -= values[columns.indexOf(column)];
        }
        return sum;
    }
}
