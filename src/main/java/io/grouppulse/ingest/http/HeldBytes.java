package io.grouppulse.ingest.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies are in memory, read and not yet durable, over all requests. Thread-safe. */
public final class HeldBytes {
    private final AtomicLong now = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    public long now() {
        return now.get();
    }

    /** The most that was ever held. */
    public long peak() {
        return peak.get();
    }

    void add(long bytes) {
        long sum = now.addAndGet(bytes);
        if (sum > peak.get()) {
            peak.accumulateAndGet(sum, Math::max);
        }
    }

    void release(long bytes) {
        now.addAndGet(-bytes);
    }
}
