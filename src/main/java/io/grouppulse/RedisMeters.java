package io.grouppulse;

import io.grouppulse.eventlog.redis.StoreListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of saves on Redis, and how often a log was not what it had been. */
final class RedisMeters implements StoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(RedisMeters.class);

    private final Counter committed;
    private final Counter fenced;
    private final Counter failed;
    private final Counter regressions;

    RedisMeters(MeterRegistry registry) {
        this.committed = commits(registry, "ok");
        this.fenced = commits(registry, "fenced");
        this.failed = commits(registry, "error");
        this.regressions = Counter.builder("grouppulse.log.regressions")
                .description("Times that entries which had been read were no longer in the log")
                .register(registry);
    }

    private static Counter commits(MeterRegistry registry, String result) {
        return Counter.builder("grouppulse.commits")
                .description("Saves of a shard's groups by what became of them")
                .tag("result", result)
                .register(registry);
    }

    @Override
    public void committed() {
        committed.increment();
    }

    @Override
    public void fenced(int shard) {
        fenced.increment();
    }

    @Override
    public void commitFailed() {
        failed.increment();
    }

    @Override
    public void regressed() {
        regressions.increment();
    }

    @Override
    public void trimFailed(int shard, Throwable cause) {
        LOG.warn("shard={} the log could not be shortened, the next save tries again: {}", shard, cause.getMessage());
    }
}
