package io.grouppulse.alert;

import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.alert.Notification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All webhooks: who is told in messages, and who in states. Belongs to one event loop. */
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final List<Receiver> receivers;
    private final Map<String, List<Notification>> found;
    private final AlertMeters meters;
    private final LongSupplier wallClock;
    private final Runnable onTaken;
    private final List<Courier> couriers = new ArrayList<>();
    private final List<AlertmanagerCourier> alertmanagers = new ArrayList<>();
    private @Nullable Poster poster;

    /**
     * @param found by the name of a webhook, what a former life did not deliver
     * @param onTaken called when what {@link #save} answers has become less
     */
    Dispatch(
            List<Receiver> receivers,
            Map<String, List<Notification>> found,
            AlertMeters meters,
            LongSupplier wallClock,
            Runnable onTaken) {
        this.receivers = receivers;
        this.found = found;
        this.meters = meters;
        this.wallClock = wallClock;
        this.onTaken = onTaken;
    }

    /** Goes on with what a former life left. */
    void start(Vertx vertx) {
        Poster opened = new Poster(vertx, Poster.LIMIT);
        poster = opened;
        for (Receiver receiver : receivers) {
            Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
            AlertMeters.Delivery delivery = meters.delivery(receiver.name());
            if (receiver.type() == Receiver.Type.ALERTMANAGER) {
                alertmanagers.add(new AlertmanagerCourier(receiver, opened, backoff, delivery));
            } else {
                Outbox outbox = new Outbox(found.getOrDefault(receiver.name(), List.of()));
                couriers.add(new Courier(vertx, receiver, outbox, opened, backoff, delivery, wallClock, onTaken));
            }
        }
        warnOfOrphans();
        couriers.forEach(Courier::deliver);
    }

    private void warnOfOrphans() {
        found.forEach((name, waiting) -> {
            boolean known = couriers.stream().anyMatch(courier -> courier.name().equals(name));
            if (!known && !waiting.isEmpty()) {
                LOG.warn("{} notifications are given up: there is no webhook {} any more", waiting.size(), name);
            }
        });
    }

    void offer(Notification notification) {
        couriers.forEach(courier -> courier.offer(notification));
    }

    Map<String, List<Notification>> save() {
        Map<String, List<Notification>> waiting = new LinkedHashMap<>();
        couriers.forEach(courier -> waiting.put(courier.name(), courier.save()));
        return waiting;
    }

    /** @param changed whether episodes began or ended */
    void saved(boolean changed) {
        couriers.forEach(Courier::saved);
        if (changed) {
            alertmanagers.forEach(AlertmanagerCourier::changed);
        }
    }

    void tell(List<Episode> firing, List<Episode> resolved, long now) {
        alertmanagers.forEach(alertmanager -> alertmanager.tell(firing, resolved, now));
    }

    Future<Void> close() {
        return Objects.requireNonNull(poster, "started").close();
    }
}
