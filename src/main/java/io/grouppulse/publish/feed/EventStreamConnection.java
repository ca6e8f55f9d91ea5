package io.grouppulse.publish.feed;

import io.netty.buffer.ByteBuf;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import java.util.concurrent.atomic.AtomicLong;

/** A client of Server-Sent Events: the same frames, each as one event. All is written on the event loop of the connection. */
final class EventStreamConnection implements FeedConnection {
    private final HttpServerResponse response;
    private final ContextInternal context;
    private final AtomicLong unread = new AtomicLong();
    private volatile boolean full;

    /** To be made on the event loop of the connection. */
    EventStreamConnection(HttpServerRequest request) {
        this.response = request.response();
        this.context = ((HttpServerRequestInternal) request).context();
        response.drainHandler(drained -> full = false);
    }

    @Override
    public void send(Bundle bundle, LoopWrites writes) {
        if (isOver()) {
            return;
        }
        BufferInternal events = BufferInternal.buffer();
        for (Frame frame : bundle.frames()) {
            if (!frame.event().isEmpty()) {
                events.appendString("id: ").appendString(frame.event()).appendString("\n");
            }
            events.appendString("data: ")
                    .appendBuffer(BufferInternal.buffer(frame.json()))
                    .appendString("\n\n");
        }
        unread.addAndGet(events.length());
        writes.add(context.nettyEventLoop(), this::write, events.getByteBuf());
    }

    /** On the event loop of the connection; the bytes are on the heap and are nobody's to release. */
    private void write(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (isOver()) {
            unread.addAndGet(-length);
            return;
        }
        response.write(BufferInternal.buffer(bytes)).onComplete(done -> unread.addAndGet(-length));
        full = response.writeQueueFull();
    }

    @Override
    public boolean isWritable() {
        return !full && !isOver();
    }

    @Override
    public long unreadBytes() {
        return unread.get();
    }

    @Override
    public void close(int code, String reason) {
        context.runOnContext(own -> {
            if (!isOver()) {
                response.end();
            }
        });
    }

    private boolean isOver() {
        return response.ended() || response.closed();
    }
}
