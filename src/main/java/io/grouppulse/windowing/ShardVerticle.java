package io.grouppulse.windowing;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskApplied;
import io.grouppulse.bus.Messages.AskSaved;
import io.grouppulse.bus.Messages.ShardReadings;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.MonitorClock;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.GroupStore;
import io.grouppulse.eventlog.LogDamagedException;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.ops.SourceLedger;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owns one shard: restores its groups, replays the log, then follows it, answers ticks and saves. All on one event loop.
 */
public final class ShardVerticle extends VerticleBase {
    private static final int REMEMBERED_ENTRIES = 4_096;
    private static final int SAVES_SPREAD = 16;
    private static final long RECOVERY_PAUSE_MILLIS = 500;

    /** Sooner an answer may still be on its way. */
    private static final long TELLS_AGAIN_NANOS = 400_000_000;

    private static final long NOTHING = -1;

    private final int shard;
    private final String address;
    private final EventLog log;
    private final GroupStore store;
    private final MonitorClock clock;
    private final SourceLedger ledger;
    private final Questions questions;
    private final long saveEvery;
    private final WindowingMeters meters;
    private final ShardMap shards;
    private final Map<Long, Integer> duplicates = new LinkedHashMap<>();
    private final GroupSettings settings;
    private volatile @Nullable String stoppedBy;
    private ShardEngine engine;
    private long oldestReceivedAt = Long.MAX_VALUE;
    private boolean caughtUp;
    private @Nullable ShardSaver saver;
    private @Nullable Outbox outbox;
    private long lastReport = NOTHING;
    private boolean isOver;
    private @Nullable Tick waiting;
    private boolean ticking;
    private long newestTick = NOTHING;
    private boolean isOpen;
    private @Nullable Tick missed;
    private @Nullable ShardReadings told;
    private long toldAt;

    /** @param address where it answers questions */
    public ShardVerticle(
            int shard,
            String address,
            GroupSettings settings,
            long saveEvery,
            EventLog log,
            GroupStore store,
            MonitorClock clock,
            SourceLedger ledger,
            WindowingMeters meters,
            ShardMap shards) {
        this.shard = shard;
        this.address = address;
        this.log = log;
        this.store = store;
        this.clock = clock;
        this.ledger = ledger;
        this.settings = settings;
        this.engine = new ShardEngine(settings, clock.followsEvents());
        this.questions = new Questions(settings.zone());
        this.saveEvery = saveEvery;
        this.meters = meters;
        this.shards = shards;
    }

    /** Why this shard applies nothing any more, or null while it does. */
    public @Nullable String stoppedBy() {
        return stoppedBy;
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<Tick>consumer(Feeds.TICKS, message -> onTick(message.body()));
        return recover(engine).compose(done -> {
            vertx.eventBus().<Object>consumer(address, this::onQuestion);
            vertx.setPeriodic(firstSave(), saveEvery, timer -> save());
            answerMissed();
            return Future.succeededFuture();
        });
    }

    /** Whoever has announced a tick while this shard was read may wait for its answer, and announces no other meanwhile. */
    private void answerMissed() {
        isOpen = true;
        Tick tick = missed;
        missed = null;
        if (tick != null) {
            onTick(tick);
        }
    }

    /** Not all shards save at the same moment. */
    private long firstSave() {
        return Math.max(1, saveEvery * (1 + shard % SAVES_SPREAD) / SAVES_SPREAD);
    }

    private void save() {
        if (saver != null) {
            saver.save();
        }
    }

    /** Loads what was saved into a new engine and replays the log; the engine takes its place when it has caught up. */
    private Future<Void> recover(ShardEngine fresh) {
        caughtUp = false;
        Outbox derived = new Outbox(vertx, shard, log, shards);
        outbox = derived;
        return store.load(shard)
                .compose(saved -> restore(saved, fresh, derived))
                .compose(done -> derived.durable())
                .map(done -> {
                    engine = fresh;
                    saver = new ShardSaver(vertx, shard, fresh, store, log, meters, derived);
                    return null;
                });
    }

    private Future<Void> restore(GroupStore.Saved saved, ShardEngine fresh, Outbox derived) {
        if (isOver) {
            // Another one may follow the log of this shard by now, and there is one follower.
            return Future.failedFuture("shard " + shard + " is not here any more");
        }
        try {
            fresh.restore(saved.position(), saved.records(), clock.now());
        } catch (SavedStateException e) {
            return Future.failedFuture(new LogDamagedException("shard " + shard + ": " + e.getMessage()));
        }
        tellClock(fresh);
        log.release(shard, saved.position());
        Promise<Void> replayed = Promise.promise();
        Future<Void> following = log.follow(shard, saved.position(), new EventLog.Follower() {
            @Override
            public void onEntry(LogEntry entry) {
                apply(entry, fresh, derived);
            }

            @Override
            public void onCaughtUp() {
                caughtUp = true;
                tellClock(fresh);
                replayed.tryComplete();
            }

            @Override
            public void onRegression(String why) {
                startAgain(why);
            }
        });
        following.onFailure(replayed::tryFail);
        return replayed.future();
    }

    /** What memory holds is not of the log any more. Until it is built anew, the old numbers are shown, and not saved. */
    private void startAgain(String why) {
        if (isOver) {
            return;
        }
        stoppedBy = "shard " + shard + " reads its log again: " + why;
        duplicates.clear();
        if (saver != null) {
            saver.abandon();
            saver = null;
        }
        if (outbox != null) {
            outbox.close();
        }
        ShardEngine old = engine;
        ShardEngine fresh = new ShardEngine(settings, clock.followsEvents());
        recover(fresh)
                .onSuccess(done -> {
                    fresh.noteGone(old);
                    stoppedBy = null;
                })
                .onFailure(cause ->
                        vertx.setTimer(RECOVERY_PAUSE_MILLIS, again -> startAgain(String.valueOf(cause.getMessage()))));
    }

    private void tellClock(ShardEngine of) {
        if (of.t() != Long.MIN_VALUE) {
            clock.accepted(of.t());
        }
    }

    /** An entry that cannot be applied stops the shard where it is: to go on would be a silent gap. */
    private void apply(LogEntry entry, ShardEngine to, Outbox derived) {
        ShardEngine.Applied applied;
        try {
            applied = to.apply(entry);
        } catch (RuntimeException e) {
            stoppedBy = "shard " + shard + " stopped at position " + entry.position() + ": " + e;
            throw e;
        }
        derived.send(applied.derived(), entry);
        meters.applied(shard, applied.applied(), applied.duplicates());
        if (caughtUp) {
            remember(entry, applied);
        }
    }

    private void remember(LogEntry entry, ShardEngine.Applied applied) {
        oldestReceivedAt = Math.min(oldestReceivedAt, entry.receivedAt());
        duplicates.put(entry.position(), applied.duplicates());
        if (duplicates.size() > REMEMBERED_ENTRIES) {
            duplicates.remove(duplicates.keySet().iterator().next());
        }
        for (GroupInput input : entry.inputs()) {
            if (input instanceof GroupEvent event) {
                ledger.applied(event.source(), 1);
            }
        }
    }

    /** Where T follows events, T is not passed before what was in the log when it was announced. */
    private void onTick(Tick tick) {
        if (!isOpen) {
            missed = tick;
            return;
        }
        if (tick.seq() < newestTick || (tick.seq() == newestTick && (ticking || hasToldAgain()))) {
            return;
        }
        newestTick = tick.seq();
        if (!clock.followsEvents()) {
            report(tick);
        } else if (ticking) {
            waiting = tick;
        } else {
            ticking = true;
            log.readToEnd(shard).onComplete(read -> {
                ticking = false;
                Tick next = waiting;
                waiting = null;
                if (read.succeeded() && (next == null || next.seq() == tick.seq())) {
                    report(tick);
                } else if (next != null) {
                    newestTick = tick.seq();
                    onTick(next);
                }
            });
        }
    }

    /** A tick that is announced again was answered in vain, or could not be answered. */
    private boolean hasToldAgain() {
        ShardReadings last = told;
        if (last == null || last.seq() != newestTick) {
            return false;
        }
        if (System.nanoTime() - toldAt > TELLS_AGAIN_NANOS) {
            tell(last);
        }
        return true;
    }

    private void tell(ShardReadings readings) {
        told = readings;
        toldAt = System.nanoTime();
        vertx.eventBus().send(Feeds.READINGS, readings, Feeds.options());
    }

    private void report(Tick tick) {
        boolean isWhole = tick.heard().getOrDefault(shard, NOTHING) != lastReport || lastReport == NOTHING;
        if (isWhole) {
            engine.noteAllChanged();
        }
        lastReport = tick.seq();
        ShardEngine.Readings readings = engine.tick(tick.t());
        tell(new ShardReadings(
                shard,
                tick.seq(),
                tick.t(),
                engine.position(),
                engine.t(),
                isWhole,
                oldestReceivedAt,
                readings.changed(),
                readings.removed(),
                readings.paidOrders(),
                readings.withdrawn(),
                readings.attribution()));
        oldestReceivedAt = Long.MAX_VALUE;
    }

    private void onQuestion(Message<Object> message) {
        if (message.body() instanceof AskSaved) {
            Future<Void> saved = saver == null ? Future.failedFuture("not yet recovered") : saver.saveThrough();
            saved.onSuccess(done -> message.reply(new AskSaved(), Feeds.options()))
                    .onFailure(cause -> message.fail(503, cause.getMessage()));
        } else if (message.body() instanceof AskApplied ask) {
            Future<Void> read = engine.position() < ask.position() ? log.readToEnd(shard) : Future.succeededFuture();
            read.onSuccess(done -> answerOnceDerived(message, duplicates.getOrDefault(ask.position(), 0)))
                    .onFailure(cause -> message.fail(503, String.valueOf(cause.getMessage())));
        } else {
            answer(message, questions.walk(engine, message.body()));
        }
    }

    private void answer(Message<Object> message, GroupWalk<?> walk) {
        walk.runInSlices(vertx)
                .onSuccess(found -> message.reply(found, Feeds.options()))
                .onFailure(cause -> message.fail(500, String.valueOf(cause.getMessage())));
    }

    /** The shards of the groups have been handed what is durable before this is answered. */
    private void answerOnceDerived(Message<Object> message, int answer) {
        Outbox derived = outbox;
        Future<Void> told = derived == null ? Future.succeededFuture() : derived.durable();
        told.onSuccess(done -> message.reply(answer)).onFailure(cause -> message.fail(503, cause.getMessage()));
    }

    @Override
    public Future<?> stop() {
        ShardSaver current = saver;
        isOver = true;
        log.unfollow(shard);
        if (outbox != null) {
            outbox.close();
        }
        return current == null ? Future.succeededFuture() : current.saveNow();
    }
}
