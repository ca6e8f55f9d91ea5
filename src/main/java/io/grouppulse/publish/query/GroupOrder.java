package io.grouppulse.publish.query;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.http.BadInput;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** An order of groups by one number, ties by id; ratios without a value come last. */
final class GroupOrder implements Comparator<GroupReading> {
    private static final Map<String, ToDoubleFunction<Counts>> MEASURES = measures();

    private final ToDoubleFunction<GroupReading> key;
    private final boolean descending;
    private final boolean byId;

    private GroupOrder(ToDoubleFunction<GroupReading> key, boolean descending, boolean byId) {
        this.key = key;
        this.descending = descending;
        this.byId = byId;
    }

    private GroupOrder(ToDoubleFunction<GroupReading> key, boolean descending) {
        this(key, descending, false);
    }

    private static Map<String, ToDoubleFunction<Counts>> measures() {
        Map<String, ToDoubleFunction<Counts>> measures = new TreeMap<>();
        measures.put("messages", counts -> counts.get(Column.MESSAGES));
        measures.put("interactions", counts -> counts.get(Column.INTERACTIONS));
        measures.put("joins", counts -> counts.get(Column.JOINS));
        measures.put("leaves", counts -> counts.get(Column.LEAVES));
        measures.put("shares", counts -> counts.get(Column.SHARES));
        measures.put("touches", counts -> counts.get(Column.TOUCHES));
        measures.put("carts", counts -> counts.get(Column.CARTS));
        measures.put("chainEntries", counts -> counts.get(Column.CHAIN_ENTRIES));
        measures.put("speakers", counts -> counts.get(Column.SPEAKERS));
        measures.put("active", counts -> counts.get(Column.ACTIVE));
        measures.put("ordersCreated", counts -> counts.get(Column.ORDERS_CREATED));
        measures.put("ordersPaid", counts -> counts.get(Column.ORDERS_PAID));
        measures.put("gmvCreated", counts -> counts.get(Column.GMV_CREATED));
        measures.put("gmvPaid", counts -> counts.get(Column.GMV_PAID));
        measures.put("refunds", counts -> counts.get(Column.REFUNDS));
        measures.put(
                "gmvNet",
                counts -> counts.get(Column.GMV_PAID)
                        - counts.get(Column.REFUNDS)
                        - counts.get(Column.CANCELLED_AFTER_PAID));
        measures.put("unpriced", counts -> counts.get(Column.UNPRICED));
        measures.put("unpaid", counts -> counts.get(Column.UNPAID));
        measures.put("buyers", counts -> counts.get(Column.BUYERS));
        measures.put("conversion", counts -> ratio(counts.get(Column.CONVERTED), counts.get(Column.TOUCHED)));
        measures.put(
                "maturedConversion",
                counts -> ratio(counts.get(Column.MATURED_CONVERTED), counts.get(Column.MATURED_TOUCHED)));
        return measures;
    }

    private static double ratio(long num, long den) {
        return den == 0 ? Double.NEGATIVE_INFINITY : (double) num / den;
    }

    /** Reads {@code -gmvPaid} and the like; the measure is that of the given window. */
    static GroupOrder parse(String sort, int window) throws BadInput {
        boolean descending = sort.startsWith("-");
        String name = descending ? sort.substring(1) : sort;
        ToDoubleFunction<Counts> measure = MEASURES.get(name);
        if (measure != null) {
            return new GroupOrder(
                    reading -> measure.applyAsDouble(reading.windows().get(window)), descending);
        }
        return switch (name) {
            case "group" -> new GroupOrder(reading -> 0, descending, true);
            case "members" -> new GroupOrder(GroupReading::members, descending);
            case "lastInteraction" -> new GroupOrder(GroupReading::lastInteraction, descending);
            case "activeness" ->
                new GroupOrder(
                        reading -> ratio(reading.windows().get(window).get(Column.ACTIVE), reading.members()),
                        descending);
            default ->
                throw BadInput.badField(
                        "sort",
                        "sort must be one of group, members, lastInteraction, activeness, "
                                + String.join(", ", MEASURES.keySet()) + ", with a minus for descending");
        };
    }

    @Override
    public int compare(GroupReading one, GroupReading other) {
        return compare(key.applyAsDouble(one), one.group(), key.applyAsDouble(other), other.group());
    }

    private int compare(double one, String oneId, double other, String otherId) {
        int byKey = descending ? Double.compare(other, one) : Double.compare(one, other);
        if (byKey != 0) {
            return byKey;
        }
        return descending && byId ? otherId.compareTo(oneId) : oneId.compareTo(otherId);
    }

    boolean isAfter(GroupReading reading, Place place) {
        return compare(key.applyAsDouble(reading), reading.group(), place.key, place.group) > 0;
    }

    Place placeOf(GroupReading reading) {
        return new Place(key.applyAsDouble(reading), reading.group());
    }

    /** Where a page ended. */
    record Place(double key, String group) {

        String encode() {
            String json = new JsonArray()
                    .add(Long.toString(Double.doubleToLongBits(key)))
                    .add(group)
                    .encode();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        }

        static @Nullable Place decode(@Nullable String cursor) throws BadInput {
            if (cursor == null) {
                return null;
            }
            try {
                JsonArray json =
                        new JsonArray(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
                return new Place(Double.longBitsToDouble(Long.parseLong(json.getString(0))), json.getString(1));
            } catch (IllegalArgumentException
                    | DecodeException
                    | ClassCastException
                    | IndexOutOfBoundsException
                    | NullPointerException e) {
                throw BadInput.badField("cursor", "cursor must be one that a list answered");
            }
        }
    }
}
