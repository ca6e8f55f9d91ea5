package io.grouppulse.http;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The dotted names to which the items of a list are cut down; names that do not exist are left out.
 *
 * @param names empty for all of each item
 * @param others the parameters of the request but for {@code fields}
 */
public record Fields(List<String> names, MultiMap others) {
    private static final String FIELDS = "fields";

    public Fields {
        names = List.copyOf(names);
    }

    public static Fields of(MultiMap query) throws BadInput {
        List<String> given = query.getAll(FIELDS);
        if (given.isEmpty()) {
            return new Fields(List.of(), query);
        }
        if (given.size() > 1) {
            throw BadInput.badField(FIELDS, "fields is given more than once");
        }
        String text = given.get(0);
        MultiMap others = MultiMap.caseInsensitiveMultiMap().addAll(query).remove(FIELDS);
        return new Fields(text.isEmpty() ? List.of() : List.of(text.split(",", -1)), others);
    }

    /** The list with its items cut down. */
    public JsonObject project(JsonObject list) {
        if (names.isEmpty()) {
            return list;
        }
        JsonArray items = new JsonArray();
        list.getJsonArray("items").forEach(item -> items.add(cut((JsonObject) item)));
        return list.put("items", items);
    }

    private JsonObject cut(JsonObject whole) {
        JsonObject part = new JsonObject();
        for (String name : names) {
            copy(whole, part, name);
        }
        return part;
    }

    private static void copy(JsonObject from, JsonObject to, String name) {
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        if (!from.containsKey(first)) {
            return;
        }
        if (dot < 0) {
            to.put(first, from.getValue(first));
        } else if (from.getValue(first) instanceof JsonObject inner) {
            JsonObject target = to.getValue(first) instanceof JsonObject known ? known : new JsonObject();
            to.put(first, target);
            copy(inner, target, name.substring(dot + 1));
        }
    }
}
