package io.grouppulse;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.embedded.SegmentedLog;
import io.grouppulse.eventlog.redis.RedisStore;
import io.grouppulse.eventlog.redis.StoreListener;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.metrics.MeasureCollector;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The registry of the monitor's own meters, and those that belong to no room: JVM, Vert.x, log. */
final class OwnMeters {
    private static final Duration[] INGEST_BUCKETS = IntStream.of(
                    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    OwnMeters() {
        // the names under which these two appear break the rules for metric names
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    Vertx instrumentedVertx() {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions().setEnabled(true);
        return Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(true).setMetricsOptions(options))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
    }

    AppendListener appends() {
        Timer appended = Timer.builder("grouppulse.log.append")
                .description("Time from an append to its durability")
                .publishPercentileHistogram()
                .register(registry);
        Timer forced = Timer.builder("grouppulse.log.force")
                .description("Time of one force of the log to the disk")
                .register(registry);
        Counter bytes = Counter.builder("grouppulse.log.written")
                .description("Bytes written to the log")
                .baseUnit("bytes")
                .register(registry);
        Counter failed = Counter.builder("grouppulse.log.append.failures")
                .description("Entries that could not be made durable")
                .register(registry);
        return new AppendListener() {
            @Override
            public void appended(int entries, long written, long nanos) {
                appended.record(nanos, TimeUnit.NANOSECONDS);
                bytes.increment(written);
            }

            @Override
            public void forced(long nanos) {
                forced.record(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void failed(int entries) {
                failed.increment(entries);
            }
        };
    }

    /** Times each request from its head to the end of its answer. */
    Handler<RoutingContext> ingestTimer() {
        Timer requests = Timer.builder("grouppulse.ingest.duration")
                .description("Time from a request with events to the end of its answer")
                .serviceLevelObjectives(INGEST_BUCKETS)
                .register(registry);
        return ctx -> {
            long begun = System.nanoTime();
            ctx.addEndHandler(ended -> requests.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
            ctx.next();
        };
    }

    void watchFiles(SegmentedLog log) {
        Gauge.builder("grouppulse.log.size", log, SegmentedLog::bytesOnDisk)
                .description("Bytes of the log on disk")
                .baseUnit("bytes")
                .register(registry);
    }

    void watchRedis(RedisStore store) {
        Gauge.builder("grouppulse.redis.up", store, redis -> redis.isUp() ? 1 : 0)
                .description("Whether every connection to Redis stands")
                .register(registry);
    }

    /** Counts what becomes of saves on Redis. */
    StoreListener commits() {
        return new RedisMeters(registry);
    }

    void watch(EventLog log, SourceLedger ledger, MeasureCollector measures) {
        Gauge.builder("grouppulse.log.pending", log, EventLog::pendingBytes)
                .description("Bytes appended and not yet applied")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("grouppulse.shard.queue.depth", ledger, SourceLedger::backlog)
                .description("Events that are durable and not applied yet")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        gc.bindTo(registry);
        registry.getPrometheusRegistry().register(measures);
    }

    void close() {
        gc.close();
        registry.close();
    }
}
