package io.grouppulse.ingest.redis;

import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.decode.EventScreen;
import io.grouppulse.ops.SourceLedger;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream being read: at once while there is something, at rest while there is nothing or no room, and after
 * failures again and again, the pauses growing to 5 s. A source that cannot be read shows by its lag, and is down after
 * a minute.
 */
public final class RedisSourceVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSourceVerticle.class);
    private static final long REST_MILLIS = 50;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final StreamSettings settings;
    private final Intake intake;
    private final EventScreen screen;
    private final SourceLedger ledger;
    private final LongSupplier clock;
    private final StreamMeters meters;
    private @Nullable StreamGroup group;
    private @Nullable StreamReader reader;
    private Future<Boolean> round = Future.succeededFuture(false);
    private long timer;
    private long pause = FIRST_PAUSE_MILLIS;
    private @Nullable String trouble;
    private boolean stopping;

    /** @param clock the wall clock, epoch milliseconds */
    public RedisSourceVerticle(
            StreamSettings settings,
            Intake intake,
            EventScreen screen,
            SourceLedger ledger,
            LongSupplier clock,
            MeterRegistry registry) {
        this.settings = settings;
        this.intake = intake;
        this.screen = screen;
        this.ledger = ledger;
        this.clock = clock;
        this.meters = new StreamMeters(registry, settings.source());
    }

    /** Does not wait for Redis: the monitor serves without it. */
    @Override
    public Future<?> start() {
        StreamGroup opened = new StreamGroup(vertx, settings);
        group = opened;
        reader = new StreamReader(settings, opened, intake, screen, ledger, meters, clock, context);
        ledger.readToEnd(settings.source(), clock.getAsLong());
        again(1);
        return Future.succeededFuture();
    }

    /** Lets the round end, so that what is durable is acknowledged too. */
    @Override
    public Future<?> stop() {
        stopping = true;
        vertx.cancelTimer(timer);
        return round.otherwise(false)
                .compose(ended -> Objects.requireNonNull(group).close());
    }

    private void again(long delay) {
        if (!stopping) {
            timer = vertx.setTimer(delay, due -> begin());
        }
    }

    private void begin() {
        if (!intake.hasRoom()) {
            again(REST_MILLIS);
            return;
        }
        StreamReader reading = Objects.requireNonNull(reader);
        round = Objects.requireNonNull(group).open().compose(open -> reading.round());
        round.onComplete(
                more -> context.runOnContext(v -> well(more)), cause -> context.runOnContext(v -> stumble(cause)));
    }

    private void well(boolean more) {
        if (trouble != null) {
            LOG.info("stream is read again source={}", settings.source());
            trouble = null;
        }
        pause = FIRST_PAUSE_MILLIS;
        again(more ? 1 : REST_MILLIS);
    }

    private void stumble(Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (!reason.equals(trouble)) {
            LOG.warn("stream cannot be read source={} reason={}", settings.source(), reason);
            trouble = reason;
        }
        meters.failed();
        Objects.requireNonNull(reader).startOver();
        again(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
    }
}
