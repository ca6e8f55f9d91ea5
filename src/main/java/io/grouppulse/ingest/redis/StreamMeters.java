package io.grouppulse.ingest.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of the entries of one stream. */
final class StreamMeters {
    private final Counter taken;
    private final Counter rejected;
    private final Counter deleted;
    private final Counter claimed;
    private final Counter failures;

    StreamMeters(MeterRegistry registry, String source) {
        taken = entries(registry, source, "taken");
        rejected = entries(registry, source, "rejected");
        deleted = entries(registry, source, "deleted");
        claimed = Counter.builder("grouppulse.redis.claimed")
                .description("Entries taken over from consumers that did not acknowledge them")
                .tag("source", source)
                .register(registry);
        failures = Counter.builder("grouppulse.redis.failures")
                .description("Rounds of reading that failed and were tried again")
                .tag("source", source)
                .register(registry);
    }

    private static Counter entries(MeterRegistry registry, String source, String result) {
        return Counter.builder("grouppulse.redis.entries")
                .description("Entries of a stream that were acknowledged, by what became of them")
                .tag("source", source)
                .tag("result", result)
                .register(registry);
    }

    /** Entries that were acknowledged. */
    void acknowledged(int taken, int rejected, int deleted) {
        this.taken.increment(taken);
        this.rejected.increment(rejected);
        this.deleted.increment(deleted);
    }

    void claimed(int entries) {
        claimed.increment(entries);
    }

    void failed() {
        failures.increment();
    }
}
