package io.grouppulse.alert;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.Alerted;
import io.grouppulse.bus.Messages.Alerts;
import io.grouppulse.bus.Messages.AskAlerts;
import io.grouppulse.bus.Messages.Uneasy;
import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.alert.EpisodeBook;
import io.grouppulse.domain.alert.Notification;
import io.grouppulse.domain.alert.Observation;
import io.grouppulse.ops.SourceLedger;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at what is uneasy, or less often when there is so much of it that it takes long, opens and closes episodes,
 * saves them, and hands out what is to be told. It asks the roll-up and is asked; nothing ever waits for it.
 */
public final class AlertVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(AlertVerticle.class);
    private static final long PERIOD = 1_000;

    private final AlertSettings settings;
    private final AlertDocument file;
    private final AlertMeters meters;
    private final SourceLedger ledger;
    private final LongSupplier wallClock;
    private final Lookout lookout;
    private final EpisodeBook book;
    private final Dispatch dispatch;
    private final List<Episode> unannounced = new ArrayList<>();
    private final LookPace pace = new LookPace(System.nanoTime());
    private boolean looking;
    private boolean saving;
    private boolean dirty;

    public AlertVerticle(
            AlertSettings settings,
            AlertDocument file,
            AlertMeters meters,
            SourceLedger ledger,
            Sales sales,
            LongSupplier wallClock) {
        this.settings = settings;
        this.file = file;
        this.meters = meters;
        this.ledger = ledger;
        this.wallClock = wallClock;
        this.lookout = new Lookout(settings, sales);
        this.book = new EpisodeBook(file.found().firing(), file.found().resolved());
        this.dispatch =
                new Dispatch(settings.receivers(), file.found().waiting(), meters, wallClock, () -> dirty = true);
    }

    @Override
    public Future<?> start() {
        dispatch.start(vertx);
        vertx.eventBus().<AskAlerts>consumer(Feeds.ALERTS, this::answer);
        vertx.setPeriodic(PERIOD, timer -> look());
        return Future.succeededFuture();
    }

    private void answer(Message<AskAlerts> message) {
        message.reply(new Alerts(book.firing(), book.resolved()), Feeds.options());
    }

    private void look() {
        long began = System.nanoTime();
        if (looking || !pace.isDue(began)) {
            return;
        }
        looking = true;
        vertx.eventBus()
                .<Uneasy>request(Feeds.ASK, Lookout.question(book), Feeds.options())
                .map(Message::body)
                .compose(groups -> groups.asOf() == Long.MIN_VALUE
                        ? Future.succeededFuture()
                        : lookout.look(groups, ledger.read(wallClock.getAsLong()), book, wallClock.getAsLong())
                                .onSuccess(seen -> take(seen, groups.asOf())))
                .onFailure(cause -> LOG.warn("nothing could be seen this time: {}", cause.toString()))
                // who had to wait in vain has not looked, and need not rest
                .onSuccess(done -> pace.looked(began, System.nanoTime()))
                .onComplete(done -> looking = false);
    }

    private void take(Observation seen, long t) {
        long now = wallClock.getAsLong();
        List<Episode> changed = book.observe(seen, t, now);
        List<Notification> due = book.takeDue(now, settings.groupWait(), isMuted(now));
        due.forEach(dispatch::offer);
        unannounced.addAll(changed);
        dirty |= !changed.isEmpty() || !due.isEmpty();
        meters.show(book.countByKind(), inhibited(seen));
        meters.showBehind(book.countByOrg(AlertKind.SALE_BEHIND));
        if (dirty && !saving) {
            save();
        }
        dispatch.tell(book.firing(), book.resolved(), now);
    }

    private boolean isMuted(long now) {
        LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(now), settings.zone());
        return settings.mute().stream().anyMatch(window -> window.contains(time));
    }

    private static Map<AlertKind, Integer> inhibited(Observation seen) {
        Map<AlertKind, Integer> counts = new EnumMap<>(AlertKind.class);
        seen.inhibited().forEach(key -> counts.merge(key.kind(), 1, Integer::sum));
        return counts;
    }

    private Future<Void> save() {
        saving = true;
        dirty = false;
        List<Episode> announced = List.copyOf(unannounced);
        SavedAlerts alerts = new SavedAlerts(book.firing(), book.resolved(), dispatch.save());
        return vertx.<Void>executeBlocking(() -> {
                    file.replace(alerts);
                    return null;
                })
                .onSuccess(done -> {
                    unannounced.removeAll(announced);
                    dispatch.saved(!announced.isEmpty());
                    if (!announced.isEmpty()) {
                        vertx.eventBus().publish(Feeds.ALERTED, new Alerted(announced), Feeds.options());
                    }
                })
                .onFailure(cause -> {
                    dirty = true;
                    meters.saveFailed();
                    LOG.error("the alerts could not be saved", cause);
                })
                .onComplete(done -> saving = false);
    }

    @Override
    public Future<?> stop() {
        Future<Void> last = dirty && !saving ? save().otherwiseEmpty() : Future.succeededFuture();
        return last.eventually(dispatch::close);
    }
}
