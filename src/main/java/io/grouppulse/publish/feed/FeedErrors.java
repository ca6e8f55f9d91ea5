package io.grouppulse.publish.feed;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Error frames. */
final class FeedErrors {
    static final String OUT_OF_REACH = "it is not in the part of the organisation of this credential";

    private FeedErrors() {}

    static Frame frame(String code, @Nullable String topic, String detail) {
        JsonObject json = new JsonObject().put("op", "error").put("code", code);
        if (topic != null) {
            json.put("topic", topic);
        }
        return Frame.of("", json.put("detail", detail));
    }
}
