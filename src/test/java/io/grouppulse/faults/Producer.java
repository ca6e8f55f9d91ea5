package io.grouppulse.faults;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.testing.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches one after another, each until it is acknowledged, from a thread of its own; whoever watches a recovery
 * sends some of them itself. What was acknowledged stands in the ledger.
 */
final class Producer implements AutoCloseable {
    private final Fleet fleet;
    private final Ledger ledger;
    private final List<List<GroupEvent>> batches;
    private final Duration pace;
    private final ReentrantLock sending = new ReentrantLock(true);
    private final Thread thread = new Thread(this::run, "producer");
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private int next;
    private volatile int end;
    private volatile boolean closed;

    /** @param pace the shortest time from one batch to the next */
    Producer(Fleet fleet, Ledger ledger, List<List<GroupEvent>> batches, Duration pace) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.batches = batches;
        this.pace = pace;
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets it send up to this batch. */
    void allow(int end) {
        this.end = Math.min(end, batches.size());
    }

    /** Sends one batch and returns when every number shows it; an old one if there is no new one left. */
    void probe() throws Exception {
        check();
        List<GroupEvent> next = take(batches.size());
        List<GroupEvent> batch = next == null ? batches.get(batches.size() - 1) : next;
        fleet.send(batch, true);
        ledger.acknowledged(batch);
    }

    /** Returns when everything that was allowed is acknowledged; nothing is on its way then. */
    void drain() throws Exception {
        while (true) {
            check();
            sending.lock();
            try {
                if (isDone(end)) {
                    return;
                }
                sendNext(end);
            } finally {
                sending.unlock();
            }
        }
    }

    /** Keeps the producer from sending until it is closed; whoever holds it sends alone. */
    final class Quiet implements AutoCloseable {
        private Quiet() {
            sending.lock();
        }

        /** Sends one batch, and returns what it was: an old one if there is no new one left. */
        List<GroupEvent> send() throws Exception {
            List<GroupEvent> next = take(batches.size());
            List<GroupEvent> batch = next == null ? batches.get(batches.size() - 1) : next;
            fleet.send(batch, false);
            ledger.acknowledged(batch);
            return batch;
        }

        void sendAgain(List<GroupEvent> batch) throws Exception {
            fleet.send(batch, false);
            ledger.acknowledgedAgain(batch);
        }

        @Override
        public void close() {
            sending.unlock();
        }
    }

    /** Returns when nothing is on its way. */
    Quiet quiet() {
        return new Quiet();
    }

    private void run() {
        try {
            while (!closed) {
                if (sending.tryLock()) {
                    try {
                        sendNext(end);
                    } finally {
                        sending.unlock();
                    }
                }
                Deadline.pause(pace);
            }
        } catch (Exception | AssertionError e) {
            failure.completeExceptionally(e);
        }
    }

    private void sendNext(int end) throws Exception {
        List<GroupEvent> batch = take(end);
        if (batch != null) {
            fleet.send(batch, false);
            ledger.acknowledged(batch);
        }
    }

    private synchronized @Nullable List<GroupEvent> take(int end) {
        return next < end ? batches.get(next++) : null;
    }

    private synchronized boolean isDone(int end) {
        return next >= end;
    }

    private void check() throws Exception {
        if (failure.isCompletedExceptionally()) {
            failure.get();
        }
    }

    /** Sends nothing more; does not wait. */
    @Override
    public void close() {
        closed = true;
    }
}
