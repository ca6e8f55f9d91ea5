package io.grouppulse.ingest.callback.shop;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a shop's document the fields of an event stand. A field that is missing is left out and one of the wrong kind is
 * handed on as it is: the rules for events then say what is wrong with it.
 *
 * @param type where the shop names what happened
 * @param types the shop's names, and the event types they become; all others are ignored
 * @param fields names of event fields, each with the places to look in, the first that holds something wins
 */
public record ShopMapping(
        String type, Map<String, String> types, Map<String, List<String>> fields, ShopTime time, boolean isMajorUnit) {
    private static final int MAX_DIGITS = 30;

    public ShopMapping {
        types = Map.copyOf(types);
        fields = Map.copyOf(fields);
    }

    /** The event that the document tells, null if it is none of the mapped types. */
    @Nullable JsonObject event(JsonObject document) {
        String eventType = types.get(String.valueOf(name(find(document, type))));
        if (eventType == null) {
            return null;
        }
        JsonObject event = new JsonObject().put("type", eventType);
        fields.forEach((field, places) -> {
            Object value = value(field, first(document, places));
            if (value != null) {
                event.put(field, value);
            }
        });
        // One transition of one order is one event, however often and under however many names the shop tells it.
        // Without an order it is the order that is found missing.
        if (!event.containsKey("id")) {
            event.put("id", eventType + ":" + (event.getValue("order") instanceof String order ? order : ""));
        }
        return event;
    }

    private @Nullable Object value(String field, @Nullable Object found) {
        return switch (field) {
            case "ts" -> found == null ? null : time.millis(found);
            case "amount" -> found == null ? null : amount(found);
            case "quantity" -> found == null ? null : amountOf(found, BigDecimal.ONE);
            default -> name(found);
        };
    }

    private Object amount(Object found) {
        return amountOf(found, isMajorUnit ? BigDecimal.valueOf(100) : BigDecimal.ONE);
    }

    /** A number as it is or in a text; what is no whole number of minor units is handed on to be refused. */
    private static Object amountOf(Object found, BigDecimal factor) {
        String text = plain(found);
        if (!text.matches("-?[0-9]{1," + MAX_DIGITS + "}(\\.[0-9]{1," + MAX_DIGITS + "})?")) {
            return text;
        }
        try {
            return new BigDecimal(text).multiply(factor).longValueExact();
        } catch (ArithmeticException e) {
            return text;
        }
    }

    /** Digits without an exponent, unless that would be many more than an amount has. */
    private static String plain(Object found) {
        return found instanceof BigDecimal decimal && Math.abs(decimal.scale()) <= MAX_DIGITS
                ? decimal.toPlainString()
                : found.toString();
    }

    /** Ids may be numbers larger than a double holds: they are kept digit by digit. An empty text says nothing. */
    private static @Nullable Object name(@Nullable Object found) {
        boolean isWhole = found instanceof Integer || found instanceof Long || found instanceof BigInteger;
        return isWhole ? String.valueOf(found) : "".equals(found) ? null : found;
    }

    private static @Nullable Object first(JsonObject document, List<String> places) {
        for (String place : places) {
            Object found = find(document, place);
            if (found != null && !found.equals("")) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Object find(JsonObject document, String pointer) {
        return JsonPointer.from(pointer).queryJson(document);
    }
}
