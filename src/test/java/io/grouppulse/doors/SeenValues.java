package io.grouppulse.doors;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of the fields that a document declares were seen with a value that says something: neither null nor zero, empty
 * or false. A field is named by the schema it is declared in, such as {@code Membership.fill}, and what lies inside it.
 */
final class SeenValues {
    private static final Set<String> RATIOS = Set.of("Ratio", "RealRatio");

    private final Document document;
    private final Set<String> declared = new TreeSet<>();
    private final Set<String> seen = new TreeSet<>();
    private final Map<String, List<Double>> ratios = new TreeMap<>();

    SeenValues(Document document) {
        this.document = document;
    }

    /** Declared by the schemas of the values taken, and never seen to say anything. */
    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>(declared);
        unseen.removeAll(seen);
        return unseen;
    }

    int declared() {
        return declared.size();
    }

    /** The values of each ratio that had one. */
    Map<String, List<Double>> ratios() {
        return ratios;
    }

    /** Takes a value that has the form of the schema; {@code name} is the place in which an unnamed schema stands. */
    void take(JsonObject schema, @Nullable Object value, String name) {
        String reference = schema.getString("$ref");
        if (reference != null) {
            String named = reference.substring(reference.lastIndexOf('/') + 1);
            if (!RATIOS.contains(named)) {
                take(schemas().getJsonObject(named), value, named);
            }
        }
        JsonArray choices = schema.getJsonArray("anyOf");
        if (choices != null) {
            take(choices.getJsonObject(0), value, name);
        }
        if (schema.containsKey("items") && value instanceof JsonArray all) {
            // so that an empty list is not taken for one of which all was seen
            take(schema.getJsonObject("items"), new JsonObject(), name);
            all.forEach(one -> take(schema.getJsonObject("items"), one, name));
        }
        takeFields(schema, value, name);
    }

    private JsonObject schemas() {
        return document.content().getJsonObject("components").getJsonObject("schemas");
    }

    private void takeFields(JsonObject schema, @Nullable Object value, String name) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String field : properties.fieldNames()) {
            String place = name + "." + field;
            declared.add(place);
            if (value instanceof JsonObject object) {
                Object inside = object.getValue(field);
                if (saysSomething(inside)) {
                    seen.add(place);
                }
                note(place, inside);
                take(properties.getJsonObject(field), inside, place);
            }
        }
        JsonObject patterns = schema.getJsonObject("patternProperties", new JsonObject());
        for (String pattern : patterns.fieldNames()) {
            if (value instanceof JsonObject object) {
                object.forEach(entry -> take(patterns.getJsonObject(pattern), entry.getValue(), name));
            }
        }
    }

    private void note(String place, @Nullable Object value) {
        if (value instanceof JsonObject ratio && ratio.containsKey("num") && ratio.getDouble("value") != null) {
            ratios.computeIfAbsent(place, p -> new ArrayList<>()).add(ratio.getDouble("value"));
        }
    }

    private static boolean saysSomething(@Nullable Object value) {
        if (value instanceof JsonObject ratio && ratio.containsKey("num") && ratio.containsKey("den")) {
            return ratio.getDouble("value") != null && ratio.getDouble("value") != 0;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof JsonArray list) {
            return !list.isEmpty();
        }
        return value != null && !value.equals("") && !value.equals(false);
    }
}
