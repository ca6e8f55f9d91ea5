package io.grouppulse.publish.feed;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** One encoded frame, shared by all who get it. */
record Frame(String event, Buffer json) {

    /** @param event names the frame's place for an SSE client: {@code epoch/seq}, or empty */
    static Frame of(String event, JsonObject content) {
        return new Frame(event, content.toBuffer());
    }
}
