package io.grouppulse.publish.feed;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** The JSON Merge Patch (RFC 7396) between two states whose keys stay the same. */
final class MergePatch {
    private MergePatch() {}

    /**
     * The patch that turns {@code before} into {@code after}; empty when they are equal. A key that is gone and one
     * whose value became null both read as null after the patch is applied, as the RFC has it.
     */
    static JsonObject between(JsonObject before, JsonObject after) {
        JsonObject patch = new JsonObject();
        for (String key : after.fieldNames()) {
            Object old = before.getValue(key);
            Object now = after.getValue(key);
            if (old instanceof JsonObject from && now instanceof JsonObject to) {
                JsonObject inner = between(from, to);
                if (!inner.isEmpty()) {
                    patch.put(key, inner);
                }
            } else if (!Objects.equals(old, now) || (now == null && !before.containsKey(key))) {
                patch.put(key, now);
            }
        }
        for (String key : before.fieldNames()) {
            if (!after.containsKey(key)) {
                patch.putNull(key);
            }
        }
        return patch;
    }
}
