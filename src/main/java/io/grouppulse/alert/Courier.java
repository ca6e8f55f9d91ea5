package io.grouppulse.alert;

import io.grouppulse.alert.Poster.Answer;
import io.grouppulse.domain.alert.Notification;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one webhook its notifications, one after the other, each until it is taken. Belongs to one event loop. */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** The notification itself is at fault; it would be refused for ever and hold up the others. */
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    private final Vertx vertx;
    private final Receiver receiver;
    private final MessageFormat format;
    private final Outbox outbox;
    private final Poster poster;
    private final Backoff backoff;
    private final AlertMeters.Delivery meters;
    private final LongSupplier wallClock;
    private final Runnable onTaken;
    private boolean busy;

    /** @param onTaken called when the outbox needs saving because something left it */
    Courier(
            Vertx vertx,
            Receiver receiver,
            Outbox outbox,
            Poster poster,
            Backoff backoff,
            AlertMeters.Delivery meters,
            LongSupplier wallClock,
            Runnable onTaken) {
        this.vertx = vertx;
        this.receiver = receiver;
        this.format = MessageFormat.of(receiver.type());
        this.outbox = outbox;
        this.poster = poster;
        this.backoff = backoff;
        this.meters = meters;
        this.wallClock = wallClock;
        this.onTaken = onTaken;
        meters.depth(outbox.size());
    }

    String name() {
        return receiver.name();
    }

    void offer(Notification notification) {
        if (receiver.wants(notification)) {
            int dropped = outbox.add(notification);
            meters.overflowed(dropped);
            meters.depth(outbox.size());
        }
    }

    List<Notification> save() {
        return outbox.save();
    }

    void saved() {
        outbox.saved();
        deliver();
    }

    /** Sends the oldest, unless one is on its way or a failure is being waited out. */
    void deliver() {
        Notification next = outbox.first();
        if (busy || next == null) {
            return;
        }
        busy = true;
        poster.post(format.write(receiver, next, wallClock.getAsLong()))
                .onSuccess(answer -> onAnswer(next, answer))
                .onFailure(cause -> retry(Poster.reasonOf(cause)));
    }

    private void onAnswer(Notification sent, Answer answer) {
        boolean success = answer.status() / 100 == 2;
        if (success && format.isTaken(answer.body())) {
            meters.sent();
            finish(sent);
        } else if (REFUSALS.contains(answer.status())) {
            LOG.error("webhook {} refused notification {} with {}", receiver.name(), sent.key(), answer.status());
            meters.failed();
            meters.refused();
            finish(sent);
        } else {
            retry("answered " + answer.status() + (success ? " with an error code" : ""));
        }
    }

    private void finish(Notification done) {
        busy = false;
        backoff.succeeded();
        outbox.remove(done);
        meters.depth(outbox.size());
        onTaken.run();
        deliver();
    }

    private void retry(String why) {
        meters.failed();
        long wait = backoff.failed();
        LOG.warn("webhook {} did not take a notification ({}), next attempt in {} ms", receiver.name(), why, wait);
        vertx.setTimer(wait, timer -> {
            busy = false;
            deliver();
        });
    }
}
