package io.grouppulse.eventlog.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for the writer thread: appends, the wish to delete released segments, and the end. */
final class AppendQueue {
    /** Enough that a force costs little beside it, and little enough that the next one need not wait long. */
    private static final long BATCH_BYTES = 4 << 20;

    private final Deque<Append> appends = new ArrayDeque<>();
    private final List<Runnable> errands = new ArrayList<>();
    private boolean cleanup;
    private boolean closed;

    /**
     * Work for the writer.
     *
     * @param appends may be none if there is other work
     * @param errands to be run after the rest
     */
    record Work(List<Append> appends, boolean cleanup, List<Runnable> errands) {}

    /** Whether it was taken; it is not once the log is being closed. */
    synchronized boolean offer(Append append) {
        if (closed) {
            return false;
        }
        appends.add(append);
        notifyAll();
        return true;
    }

    /** Has the writer run something once all that was offered before is written; false once the log is being closed. */
    synchronized boolean send(Runnable errand) {
        if (closed) {
            return false;
        }
        errands.add(errand);
        notifyAll();
        return true;
    }

    synchronized void requestCleanup() {
        cleanup = true;
        notifyAll();
    }

    /** Whether this was the first call. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        notifyAll();
        return first;
    }

    /** Waits for work; null when there will be no more. */
    synchronized @Nullable Work take() throws InterruptedException {
        while (isIdle() && !closed) {
            wait();
        }
        if (isIdle()) {
            return null;
        }
        List<Append> batch = batch();
        // an errand waits until all that came before it is written
        Work work = new Work(batch, cleanup, appends.isEmpty() ? List.copyOf(errands) : List.of());
        if (appends.isEmpty()) {
            errands.clear();
        }
        cleanup = false;
        return work;
    }

    private boolean isIdle() {
        return appends.isEmpty() && errands.isEmpty() && !cleanup;
    }

    private List<Append> batch() {
        List<Append> batch = new ArrayList<>();
        long bytes = 0;
        while (!appends.isEmpty() && bytes < BATCH_BYTES) {
            Append append = appends.removeFirst();
            batch.add(append);
            bytes += append.bytes();
        }
        return batch;
    }
}
