package io.grouppulse.publish.feed;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be written to clients at a moment, by their event loops: a loop gets the writes of its clients as
 * one task, as a task for each client would be queued, and would wake the loop, by itself. Belongs to the thread that
 * made it.
 */
final class LoopWrites {
    /** A loop that writes to thousands of clients reads what others sent in between. */
    static final int IN_A_TASK = 256;

    private static final Logger LOG = LoggerFactory.getLogger(LoopWrites.class);

    private final Map<EventExecutor, List<Write>> byLoop = new HashMap<>();

    private record Write(Consumer<ByteBuf> connection, ByteBuf bytes) {}

    /**
     * @param connection writes bytes on its event loop, and releases them
     * @param bytes are released here if the loop has ended
     */
    void add(EventExecutor loop, Consumer<ByteBuf> connection, ByteBuf bytes) {
        List<Write> writes = byLoop.computeIfAbsent(loop, first -> new ArrayList<>());
        writes.add(new Write(connection, bytes));
        if (writes.size() == IN_A_TASK) {
            byLoop.remove(loop);
            hand(loop, writes);
        }
    }

    /** Hands over what is left; what belongs to the loop that this runs on is written at once, when the others have theirs. */
    void flush() {
        List<Write> own = new ArrayList<>();
        byLoop.forEach((loop, writes) -> {
            if (loop.inEventLoop()) {
                own.addAll(writes);
            } else {
                hand(loop, writes);
            }
        });
        byLoop.clear();
        write(own);
    }

    private static void hand(EventExecutor loop, List<Write> writes) {
        if (loop.inEventLoop()) {
            write(writes);
            return;
        }
        try {
            loop.execute(() -> write(writes));
        } catch (RejectedExecutionException e) {
            // the event loop has ended, and the connections with it
            writes.forEach(write -> write.bytes().release());
        }
    }

    /** A client that cannot be written to keeps nothing from the others. */
    private static void write(List<Write> writes) {
        for (Write write : writes) {
            try {
                write.connection().accept(write.bytes());
            } catch (RuntimeException e) {
                LOG.warn("a client of the feed cannot be written to", e);
            }
        }
    }
}
