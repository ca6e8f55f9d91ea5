package io.grouppulse.access;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often each credential may ask: so many requests a second, and as many at once. Thread-safe. */
public final class RateLimit {
    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_KNOWN = 10_000;

    private final long interval;
    private final LongSupplier nanoTime;
    private final Map<String, Long> paidUntil = new HashMap<>();

    /** @param perSecond requests a second, above 0 */
    public RateLimit(int perSecond, LongSupplier nanoTime) {
        this.interval = SECOND / perSecond;
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a request; 0 if it may go on, else after how many seconds to ask again. Each request takes the credential
     * one interval further into the future, of which it has a second.
     */
    synchronized int secondsToWait(String name) {
        long now = nanoTime.getAsLong();
        if (paidUntil.size() > MOST_KNOWN) {
            paidUntil.values().removeIf(until -> until - now < 0);
        }
        Long known = paidUntil.get(name);
        long next = (known == null || known - now < 0 ? now : known) + interval;
        if (next - now > SECOND) {
            return 1;
        }
        paidUntil.put(name, next);
        return 0;
    }
}
