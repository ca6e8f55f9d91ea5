package io.grouppulse;

import io.grouppulse.access.Visibility;
import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskApplied;
import io.grouppulse.bus.Messages.AskBarrier;
import io.grouppulse.clock.MonitorClock;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.ingest.HidingIntake;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.LogIntake;
import io.grouppulse.ingest.Pseudonyms;
import io.grouppulse.ingest.callback.CallbackIntake;
import io.grouppulse.ingest.decode.EventScreen;
import io.grouppulse.ingest.decode.TimeRule;
import io.grouppulse.ingest.http.IngestRoutes;
import io.grouppulse.ingest.http.IngestSettings;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;

/** The way of an event into the log, the same whichever door or stream it comes through. */
final class EventWay {
    private static final long MOST_BACKLOG = 200_000;

    private final Foundation on;
    private final MonitorClock clock;
    private final ErasureSweep erasures;

    EventWay(Foundation on, MonitorClock clock, ErasureSweep erasures) {
        this.on = on;
        this.clock = clock;
        this.erasures = erasures;
    }

    IngestRoutes routes(Visibility visibility) {
        return new IngestRoutes(
                ingestSettings(), intake(), on.store().rejects(), on.store().campaigns(), on.wallClock(), visibility);
    }

    CallbackIntake callbacks() {
        return new CallbackIntake(intake(), on.store().rejects(), timeRule(), on.wallClock());
    }

    /** Readers of streams that others write, not yet deployed. */
    List<? extends Deployable> streams(String node) {
        Intake intake = intake();
        return RedisSources.verticles(
                on.settings().sources().redis(),
                node,
                intake,
                new EventScreen(intake, on.store().rejects(), timeRule(), on.wallClock()),
                on.ledger(),
                on.wallClock(),
                on.meters().registry());
    }

    private Intake intake() {
        LogIntake intake = new LogIntake(
                on.store().log(),
                on.shardMap(),
                clock,
                on.wallClock(),
                on.ledger(),
                this::awaitApplied,
                new LogIntake.Limits(on.settings().ingest().maxPendingBytes(), MOST_BACKLOG));
        Pseudonyms pseudonyms = Store.pseudonyms(on.settings());
        return erasures.after(pseudonyms == null ? intake : new HidingIntake(intake, pseudonyms));
    }

    /** Asks each shard what its entry was, then waits until a tick that began later has been rolled up. */
    private Future<Integer> awaitApplied(List<LogEntry> entries) {
        List<Future<Integer>> duplicates = new ArrayList<>();
        for (LogEntry entry : entries) {
            duplicates.add(on.vertx()
                    .eventBus()
                    .<Integer>request(Feeds.shard(entry.shard()), new AskApplied(entry.position()), Feeds.options())
                    .map(Message::body));
        }
        return Future.all(duplicates)
                .compose(known ->
                        on.vertx().eventBus().request(Feeds.BARRIER, new AskBarrier(clock.now()), Feeds.options()))
                .map(barrier -> duplicates.stream().mapToInt(Future::result).sum());
    }

    private IngestSettings ingestSettings() {
        return RoomSettings.ofIngest(on.settings().ingest(), timeRule());
    }

    private TimeRule timeRule() {
        return new TimeRule(
                () -> clock.isReplay() ? TimeRule.Mode.EVENT : TimeRule.Mode.SYSTEM,
                on.groups().historyRetention());
    }
}
