package io.grouppulse.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** When the monitor last took its own canary, and how often it did not. Thread-safe. */
public final class CanaryMeters {
    private static final double MILLIS = 1_000;

    private final LongSupplier wallClock;
    private final Counter failures;
    private volatile long seenAt = Long.MIN_VALUE;

    public CanaryMeters(MeterRegistry registry, LongSupplier wallClock) {
        this.wallClock = wallClock;
        failures = Counter.builder("grouppulse.canary.failures")
                .description("Canaries that the monitor did not take")
                .register(registry);
        Gauge.builder("grouppulse.canary.last.seen.timestamp", this, CanaryMeters::lastSeen)
                .description("When the monitor last took its canary, NaN before the first")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("grouppulse.canary.age", this, CanaryMeters::age)
                .description("Time since the monitor last took its canary, NaN before the first")
                .baseUnit("seconds")
                .register(registry);
    }

    long now() {
        return wallClock.getAsLong();
    }

    void seen() {
        seenAt = now();
    }

    void failed() {
        failures.increment();
    }

    private double lastSeen() {
        long seen = seenAt;
        return seen == Long.MIN_VALUE ? Double.NaN : seen / MILLIS;
    }

    private double age() {
        long seen = seenAt;
        return seen == Long.MIN_VALUE ? Double.NaN : Math.max(0, now() - seen) / MILLIS;
    }
}
