package io.grouppulse.publish.feed;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.concurrent.atomic.AtomicLong;

/** A client of Server-Sent Events: the same frames, each as one event. */
final class EventStreamConnection implements FeedConnection {
    private final HttpServerResponse response;
    private final AtomicLong unread = new AtomicLong();

    EventStreamConnection(HttpServerResponse response) {
        this.response = response;
    }

    @Override
    public void send(Bundle bundle, LoopWrites writes) {
        if (isOver()) {
            return;
        }
        Buffer events = Buffer.buffer();
        for (Frame frame : bundle.frames()) {
            if (!frame.event().isEmpty()) {
                events.appendString("id: ").appendString(frame.event()).appendString("\n");
            }
            events.appendString("data: ")
                    .appendBuffer(BufferInternal.buffer(frame.json()))
                    .appendString("\n\n");
        }
        unread.addAndGet(events.length());
        response.write(events).onComplete(done -> unread.addAndGet(-events.length()));
    }

    @Override
    public boolean isWritable() {
        return !isOver() && !response.writeQueueFull();
    }

    @Override
    public long unreadBytes() {
        return unread.get();
    }

    @Override
    public void close(int code, String reason) {
        if (!isOver()) {
            response.end();
        }
    }

    private boolean isOver() {
        return response.ended() || response.closed();
    }
}
