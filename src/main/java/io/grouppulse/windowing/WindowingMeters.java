package io.grouppulse.windowing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The shards' own numbers. Thread-safe. */
public final class WindowingMeters {
    private final Counter applied;
    private final Counter duplicates;
    private final Timer saves;
    private final Counter failedSaves;
    private final Timer ticks;
    private final LongAdder changes = new LongAdder();

    public WindowingMeters(MeterRegistry registry) {
        applied = Counter.builder("grouppulse.events.applied")
                .description("Events applied to group states")
                .register(registry);
        duplicates = Counter.builder("grouppulse.events.recognised.duplicate")
                .description("Events recognised as duplicates when applied, replays included")
                .register(registry);
        saves = Timer.builder("grouppulse.snapshot.duration")
                .description("Time to save the changed group states of one shard")
                .register(registry);
        failedSaves = Counter.builder("grouppulse.snapshot.failures")
                .description("Savings of group states that the store refused")
                .register(registry);
        ticks = Timer.builder("grouppulse.tick.duration")
                .description("Time from a tick to its roll-up over all shards")
                .register(registry);
    }

    void applied(int shard, int events, int repeated) {
        applied.increment(events);
        duplicates.increment(repeated);
        changes.add(events + (long) repeated);
    }

    /** Rises with everything that may have changed a reading. */
    long changes() {
        return changes.sum();
    }

    void saved(long nanos) {
        saves.record(nanos, TimeUnit.NANOSECONDS);
    }

    void saveFailed() {
        failedSaves.increment();
    }

    void ticked(long nanos) {
        ticks.record(nanos, TimeUnit.NANOSECONDS);
    }
}
