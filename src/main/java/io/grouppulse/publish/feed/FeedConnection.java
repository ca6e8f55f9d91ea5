package io.grouppulse.publish.feed;

import java.util.List;

/** One client, however it is connected. Methods may be called from any thread. */
interface FeedConnection {

    /**
     * Sends frames, in order, in one flush; the caller releases the bundle.
     *
     * @param writes take what is to be written on an event loop; for the caller to flush
     */
    void send(Bundle bundle, LoopWrites writes);

    /** Sends a frame by itself. */
    default void send(Frame frame) {
        Bundle bundle = new Bundle(List.of(frame));
        LoopWrites writes = new LoopWrites();
        send(bundle, writes);
        writes.flush();
        bundle.release();
    }

    /** Whether what was sent before is on its way: a client that is not writable gets nothing and is conflated. */
    boolean isWritable();

    /** Bytes sent to this client that it has not taken yet. */
    long unreadBytes();

    /** Closes with a WebSocket close code. */
    void close(int code, String reason);
}
