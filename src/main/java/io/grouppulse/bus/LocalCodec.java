package io.grouppulse.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes immutable messages by reference; they never leave the process. */
public final class LocalCodec implements MessageCodec<Object, Object> {
    public static final String NAME = "local";

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
        throw new IllegalStateException("local messages have no wire form");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        throw new IllegalStateException("local messages have no wire form");
    }

    @Override
    public Object transform(Object message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
