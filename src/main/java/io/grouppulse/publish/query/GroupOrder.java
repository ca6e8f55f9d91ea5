package io.grouppulse.publish.query;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.OrderMeasure;
import io.grouppulse.http.BadInput;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** An order of groups by one number, ties by id; those without a value come last, whatever the direction. */
final class GroupOrder implements Comparator<GroupReading> {
    private static final double NONE = Double.NaN;
    private static final Map<String, ToDoubleBiFunction<Counts, Long>> MEASURES = measures();

    private final ToDoubleFunction<GroupReading> key;
    private final boolean descending;
    private final boolean byId;

    private GroupOrder(ToDoubleFunction<GroupReading> key, boolean descending, boolean byId) {
        this.key = key;
        this.descending = descending;
        this.byId = byId;
    }

    private static Map<String, ToDoubleBiFunction<Counts, Long>> measures() {
        Map<String, ToDoubleBiFunction<Counts, Long>> measures = new TreeMap<>();
        count(measures, "messages", Column.MESSAGES);
        count(measures, "interactions", Column.INTERACTIONS);
        count(measures, "joins", Column.JOINS);
        count(measures, "leaves", Column.LEAVES);
        count(measures, "shares", Column.SHARES);
        count(measures, "touches", Column.TOUCHES);
        count(measures, "carts", Column.CARTS);
        count(measures, "chainEntries", Column.CHAIN_ENTRIES);
        count(measures, "speakers", Column.SPEAKERS);
        count(measures, "active", Column.ACTIVE);
        count(measures, "ordersCreated", Column.ORDERS_CREATED);
        count(measures, "ordersPaid", Column.ORDERS_PAID);
        count(measures, "gmvCreated", Column.GMV_CREATED);
        count(measures, "gmvPaid", Column.GMV_PAID);
        count(measures, "refunds", Column.REFUNDS);
        count(measures, "unpriced", Column.UNPRICED);
        count(measures, "unpaid", Column.UNPAID);
        count(measures, "buyers", Column.BUYERS);
        measures.put("gmvNet", (counts, members) -> OrderMeasure.GMV_NET.applyAsLong(counts));
        ratio(measures, "conversion", Column.CONVERTED, Column.TOUCHED);
        ratio(measures, "maturedConversion", Column.MATURED_CONVERTED, Column.MATURED_TOUCHED);
        ratio(measures, "joinLeave", Column.JOINS, Column.LEAVES);
        // within one window both of these rank as they do with the time in their denominators
        ratio(measures, "pulse", Column.ORDERS_PAID, Column.ACTIVE);
        measures.put("speakFrequency", (counts, members) -> ratio(counts.get(Column.MESSAGES), members));
        measures.put("activeness", (counts, members) -> ratio(counts.get(Column.ACTIVE), members));
        measures.put(
                "aov",
                (counts, members) -> ratio(
                        counts.get(Column.GMV_PAID), counts.get(Column.ORDERS_PAID) - counts.get(Column.UNPRICED)));
        return measures;
    }

    private static void count(Map<String, ToDoubleBiFunction<Counts, Long>> measures, String name, Column column) {
        measures.put(name, (counts, members) -> counts.get(column));
    }

    private static void ratio(
            Map<String, ToDoubleBiFunction<Counts, Long>> measures, String name, Column num, Column den) {
        measures.put(name, (counts, members) -> ratio(counts.get(num), counts.get(den)));
    }

    private static double ratio(long num, long den) {
        return den == 0 ? NONE : (double) num / den;
    }

    /** Reads {@code -gmvPaid} and the like; a measure is that of the given window. */
    static GroupOrder parse(String sort, Function<GroupReading, Counts> window) throws BadInput {
        boolean descending = sort.startsWith("-");
        String name = descending ? sort.substring(1) : sort;
        ToDoubleBiFunction<Counts, Long> measure = MEASURES.get(name);
        if (measure != null) {
            return by(reading -> measure.applyAsDouble(window.apply(reading), reading.members()), descending);
        }
        return switch (name) {
            case "group" -> new GroupOrder(reading -> 0, descending, true);
            case "members" -> by(GroupReading::members, descending);
            case "lastInteraction" -> by(GroupOrder::lastInteraction, descending);
            default ->
                throw BadInput.badField(
                        "sort",
                        "sort must be one of group, members, lastInteraction, " + String.join(", ", MEASURES.keySet())
                                + ", with a minus for descending");
        };
    }

    private static GroupOrder by(ToDoubleFunction<GroupReading> key, boolean descending) {
        return new GroupOrder(key, descending, false);
    }

    private static double lastInteraction(GroupReading reading) {
        return reading.lastInteraction() == Long.MIN_VALUE ? NONE : reading.lastInteraction();
    }

    @Override
    public int compare(GroupReading one, GroupReading other) {
        return compare(key.applyAsDouble(one), one.group(), key.applyAsDouble(other), other.group());
    }

    private int compare(double one, String oneId, double other, String otherId) {
        boolean upwards = !descending || Double.isNaN(one) || Double.isNaN(other);
        int byKey = upwards ? Double.compare(one, other) : Double.compare(other, one);
        if (byKey != 0) {
            return byKey;
        }
        return descending && byId ? otherId.compareTo(oneId) : oneId.compareTo(otherId);
    }

    boolean isAfter(GroupReading reading, PagePlace place) {
        return compare(key.applyAsDouble(reading), reading.group(), place.key(), place.group()) > 0;
    }

    PagePlace placeOf(GroupReading reading) {
        return new PagePlace(key.applyAsDouble(reading), reading.group());
    }
}
