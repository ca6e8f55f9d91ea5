package io.grouppulse.publish.query;

import io.grouppulse.http.BadInput;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page of groups ended, as a cursor says it. */
record PagePlace(double key, String group) {

    String encode() {
        String json = new JsonArray()
                .add(Long.toString(Double.doubleToLongBits(key)))
                .add(group)
                .encode();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable PagePlace decode(@Nullable String cursor) throws BadInput {
        if (cursor == null) {
            return null;
        }
        try {
            JsonArray json = new JsonArray(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (json.size() == 2
                    && json.getValue(0) instanceof String bits
                    && json.getValue(1) instanceof String group) {
                return new PagePlace(Double.longBitsToDouble(Long.parseLong(bits)), group);
            }
        } catch (IllegalArgumentException | DecodeException e) {
            // the same answer as to a cursor of another shape
        }
        throw BadInput.badField("cursor", "cursor must be one that a list answered");
    }
}
