package io.grouppulse.publish.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames due to a client at a moment. Clients to whom the same frames are due share one, and with it the bytes that go
 * to their sockets: put one after another once, outside the heap, so that a client costs one write without a copy. Belongs
 * to the thread that made it, which is to release it.
 */
final class Bundle {
    private final List<Frame> frames;
    private @Nullable ByteBuf joined;

    Bundle(List<Frame> frames) {
        this.frames = List.copyOf(frames);
    }

    List<Frame> frames() {
        return frames;
    }

    /** All frames as WebSocket frames; for the caller to release, or to hand on to who does. */
    ByteBuf webSocketFrames() {
        if (joined == null) {
            joined = join();
        }
        return joined.retainedDuplicate();
    }

    private ByteBuf join() {
        int length = 0;
        for (Frame frame : frames) {
            length += frame.length();
        }
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(length, length);
        frames.forEach(frame -> frame.writeTo(bytes));
        return bytes;
    }

    /** Nobody is sent it any more by its maker; it lives until the last who was sent it has it. */
    void release() {
        if (joined != null) {
            joined.release();
            joined = null;
        }
    }
}
