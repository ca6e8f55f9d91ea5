package io.grouppulse.publish.query;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Cuts a JSON object down to the dotted names asked for; names that do not exist are left out. */
final class Fields {
    private Fields() {}

    static JsonObject project(JsonObject whole, List<String> names) {
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
