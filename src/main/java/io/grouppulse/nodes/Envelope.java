package io.grouppulse.nodes;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * What goes into an inbox.
 *
 * @param format of the sender's messages; what has another one is not read further
 * @param from the sender's name
 * @param life the sender's
 * @param question by which an answer finds its question; 0 if none is expected
 * @param address of the bus
 */
record Envelope(String format, Kind kind, String from, String life, long question, String address, Buffer body) {
    enum Kind {
        /** To one consumer of the address. */
        SEND,
        /** To all consumers of the address. */
        PUBLISH,
        /** To one consumer, whose answer is waited for. */
        ASK,
        ANSWER,
        /** In the place of an answer; the body says why there is none. */
        REFUSE,
        /** In the place of an answer: nobody answers there. */
        NOBODY
    }

    Buffer toBuffer() {
        Buffer buffer = Buffer.buffer(body.length() + 128);
        text(buffer, format);
        buffer.appendByte((byte) kind.ordinal());
        text(buffer, from);
        text(buffer, life);
        buffer.appendLong(question);
        text(buffer, address);
        return buffer.appendBuffer(body);
    }

    /** @throws IllegalArgumentException if that is no envelope of this format; nothing but the format was read then */
    static Envelope of(Buffer buffer, String format) {
        Reader in = new Reader(buffer);
        String its = in.text();
        if (!its.equals(format)) {
            throw new IllegalArgumentException("a message in format " + its + " is not read here, only " + format);
        }
        Kind kind = Kind.values()[buffer.getByte(in.at++)];
        String from = in.text();
        String life = in.text();
        long question = buffer.getLong(in.at);
        in.at += Long.BYTES;
        String address = in.text();
        return new Envelope(its, kind, from, life, question, address, buffer.getBuffer(in.at, buffer.length()));
    }

    private static void text(Buffer to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.appendUnsignedShort(bytes.length).appendBytes(bytes);
    }

    private static final class Reader {
        private final Buffer buffer;
        private int at;

        Reader(Buffer buffer) {
            this.buffer = buffer;
        }

        String text() {
            int length = buffer.getUnsignedShort(at);
            String text = buffer.getString(at + Short.BYTES, at + Short.BYTES + length);
            at += Short.BYTES + length;
            return text;
        }
    }
}
