package io.grouppulse.windowing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The shards' own numbers. Thread-safe. */
public final class WindowingMeters {
    private final Counter applied;
    private final Counter duplicates;
    private final Timer saves;
    private final Counter failedSaves;
    private final Timer ticks;
    private final LongAdder changes = new LongAdder();
    private final AtomicReference<@Nullable Runnable> awaiting = new AtomicReference<>();

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
        if (events > 0 || repeated > 0) {
            changes.add(events + (long) repeated);
            tellOfChange();
        }
    }

    private void tellOfChange() {
        // Read first: while changes come all the time, nobody waits for one, and the shards do not write to one place.
        if (awaiting.get() != null) {
            Runnable action = awaiting.getAndSet(null);
            if (action != null) {
                action.run();
            }
        }
    }

    /** Rises with everything that may have changed a reading. */
    long changes() {
        return changes.sum();
    }

    /** Runs this once, with the next change, on the thread that makes it; it takes the place of what waited before. */
    void onNextChange(Runnable action) {
        awaiting.set(action);
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
