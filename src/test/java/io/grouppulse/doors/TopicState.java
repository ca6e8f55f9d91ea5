package io.grouppulse.doors;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client knows of one topic, from the frames it got: a delta or append must follow what came before. */
final class TopicState {
    private final List<JsonObject> items = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private @Nullable JsonObject data;
    private String epoch = "";
    private long seq;
    private long asOf;
    private long skipped;

    /** Takes a frame; says what is wrong with it, or nothing. */
    String take(JsonObject frame) {
        String kind = frame.getString("kind");
        kinds.add(kind);
        asOf = frame.getLong("asOf");
        if (kind.equals("tick")) {
            return seq == 0 && epoch.isEmpty() ? "" : frame.containsKey("seq") ? "a tick has no seq" : "";
        }
        long next = frame.getLong("seq");
        String fault = "";
        if (kind.equals("snapshot")) {
            epoch = frame.getString("epoch");
        } else if (kind.equals("delta") && next != seq + 1) {
            fault = "delta " + next + " follows " + seq;
        } else if (next <= seq) {
            fault = kind + " " + next + " follows " + seq;
        }
        seq = next;
        takeData(kind, frame);
        return fault;
    }

    private void takeData(String kind, JsonObject frame) {
        Object content = frame.getValue("data");
        if (content instanceof JsonArray list) {
            skipped += frame.getLong("skipped", 0L);
            list.forEach(item -> items.add((JsonObject) item));
        } else if (content instanceof JsonObject object) {
            JsonObject before = data;
            data = kind.equals("snapshot") || before == null ? object : patched(before, object);
        }
    }

    /** RFC 7396. */
    static JsonObject patched(JsonObject target, JsonObject patch) {
        JsonObject result = target.copy();
        for (String key : patch.fieldNames()) {
            Object value = patch.getValue(key);
            if (value == null) {
                result.remove(key);
            } else if (value instanceof JsonObject inner) {
                JsonObject under = result.getValue(key) instanceof JsonObject known ? known : new JsonObject();
                result.put(key, patched(under, inner));
            } else {
                result.put(key, value);
            }
        }
        return result;
    }

    /** Absent and null are the same to a client. */
    static JsonObject withoutNulls(JsonObject json) {
        JsonObject result = new JsonObject();
        for (String key : json.fieldNames()) {
            Object value = json.getValue(key);
            if (value instanceof JsonObject inner) {
                result.put(key, withoutNulls(inner));
            } else if (value != null) {
                result.put(key, value);
            }
        }
        return result;
    }

    /** The state, without nulls; empty before the first snapshot. */
    JsonObject data() {
        JsonObject known = data;
        return known == null ? new JsonObject() : withoutNulls(known);
    }

    List<JsonObject> items() {
        return List.copyOf(items);
    }

    List<String> kinds() {
        return List.copyOf(kinds);
    }

    String epoch() {
        return epoch;
    }

    long seq() {
        return seq;
    }

    long asOf() {
        return asOf;
    }

    long skipped() {
        return skipped;
    }
}
