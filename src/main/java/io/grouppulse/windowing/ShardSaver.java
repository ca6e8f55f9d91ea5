package io.grouppulse.windowing;

import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.GroupStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a shard's changed groups one round at a time and releases the log behind. A round is written in short slices with
 * pauses between, so that no event waits for it; when the monitor stops, without. It is stored only when
 * all that was derived from what it contains is durable.
 */
final class ShardSaver {
    private static final Logger LOG = LoggerFactory.getLogger(ShardSaver.class);
    private static final int GROUPS_A_SLICE = 8;
    private static final long PAUSE_MILLIS = 10;

    private final Vertx vertx;
    private final int shard;
    private final ShardEngine engine;
    private final GroupStore store;
    private final EventLog log;
    private final WindowingMeters meters;
    private final Outbox outbox;
    private Future<Void> current = Future.succeededFuture();
    private boolean failing;
    private boolean hurried;
    private boolean abandoned;
    private long savedThrough;

    ShardSaver(
            Vertx vertx,
            int shard,
            ShardEngine engine,
            GroupStore store,
            EventLog log,
            WindowingMeters meters,
            Outbox outbox) {
        this.vertx = vertx;
        this.shard = shard;
        this.engine = engine;
        this.store = store;
        this.log = log;
        this.meters = meters;
        this.outbox = outbox;
    }

    /** Starts a round, unless one is under way or nothing changed. */
    void save() {
        if (!abandoned && current.isComplete() && engine.saving().hasUnsaved()) {
            current = round();
        }
    }

    /** Stores nothing more, not even the round under way: what it holds is not to be kept. */
    void abandon() {
        abandoned = true;
    }

    /** Saves everything that changed until now. */
    Future<Void> saveNow() {
        hurried = true;
        return current.transform(done -> engine.saving().hasUnsaved() ? round() : Future.succeededFuture());
    }

    /**
     * Saves everything that changed until now, and the position even if nothing did, so that the log may forget what it
     * holds until now. Fails if that could not be stored.
     */
    Future<Void> saveThrough() {
        long through = engine.position();
        current = current.transform(done -> round());
        return current.compose(done -> savedThrough >= through
                ? Future.succeededFuture()
                : Future.failedFuture("shard " + shard + " could not be saved"));
    }

    private Future<Void> round() {
        long started = System.nanoTime();
        ShardSaving.Round round = engine.saving().begin(engine.position());
        Promise<Void> written = Promise.promise();
        write(round, written);
        return written.future()
                .compose(done -> outbox.durable())
                .compose(done ->
                        abandoned ? Future.succeededFuture() : store.save(shard, round.position(), round.records()))
                .transform(result -> {
                    if (abandoned) {
                        return Future.succeededFuture();
                    }
                    if (result.succeeded()) {
                        savedThrough = round.position();
                        log.release(shard, round.position());
                        meters.saved(System.nanoTime() - started);
                        failing = false;
                    } else {
                        round.failed();
                        report(result.cause());
                    }
                    return Future.succeededFuture();
                });
    }

    private void write(ShardSaving.Round round, Promise<Void> written) {
        if (!round.writeSome(GROUPS_A_SLICE)) {
            written.complete();
        } else if (hurried) {
            vertx.runOnContext(next -> write(round, written));
        } else {
            vertx.setTimer(PAUSE_MILLIS, next -> write(round, written));
        }
    }

    private void report(Throwable cause) {
        meters.saveFailed();
        if (!failing) {
            failing = true;
            LOG.warn("shard={} cannot save group states, will try again: {}", shard, cause.getMessage());
        }
    }
}
