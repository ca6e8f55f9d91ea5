package io.grouppulse.publish.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/**
 * One encoded frame; all who get it share its bytes. A server's WebSocket text frame is not masked, so that its header
 * is the same for everybody too.
 */
final class Frame {
    private static final int TEXT_FINAL = 0x81;
    private static final int MAX_HEADER = 10;

    private final String event;
    private final byte[] bytes;
    private final int header;

    private Frame(String event, byte[] json) {
        ByteBuf frame = Unpooled.buffer(MAX_HEADER + json.length);
        writeHeader(frame, json.length);
        this.event = event;
        this.header = frame.writerIndex();
        this.bytes = Arrays.copyOf(frame.array(), header + json.length);
        System.arraycopy(json, 0, bytes, header, json.length);
    }

    /** @param event names the frame's place for an SSE client: {@code epoch/seq}, or empty */
    static Frame of(String event, JsonObject content) {
        return new Frame(event, content.toBuffer().getBytes());
    }

    String event() {
        return event;
    }

    /** A view of the JSON, not a copy. */
    ByteBuf json() {
        return Unpooled.wrappedBuffer(bytes, header, bytes.length - header);
    }

    /** Bytes of the whole WebSocket frame. */
    int length() {
        return bytes.length;
    }

    /** Writes the whole WebSocket frame. */
    void writeTo(ByteBuf out) {
        out.writeBytes(bytes);
    }

    /** RFC 6455, section 5.2: final text frame, unmasked, with the shortest length form. */
    private static void writeHeader(ByteBuf out, int length) {
        out.writeByte(TEXT_FINAL);
        if (length < 126) {
            out.writeByte(length);
        } else if (length < 65_536) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }
}
