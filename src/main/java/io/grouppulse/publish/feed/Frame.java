package io.grouppulse.publish.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;

/** One encoded frame; all who get it share its bytes. */
final class Frame {
    private final String event;
    private final byte[] json;

    private Frame(String event, byte[] json) {
        this.event = event;
        this.json = json;
    }

    /** @param event names the frame's place for an SSE client: {@code epoch/seq}, or empty */
    static Frame of(String event, JsonObject content) {
        return new Frame(event, content.toBuffer().getBytes());
    }

    String event() {
        return event;
    }

    int length() {
        return json.length;
    }

    /** A view of the bytes, not a copy. */
    ByteBuf bytes() {
        return Unpooled.wrappedBuffer(json);
    }
}
