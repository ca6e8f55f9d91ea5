package io.grouppulse.alert;

import io.grouppulse.domain.alert.AlertKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What is firing, and what became of the notifications. Thread-safe. */
public final class AlertMeters {
    private final MeterRegistry registry;
    private final Map<AlertKind, AtomicLong> firing = new ConcurrentHashMap<>();
    private final Map<AlertKind, AtomicLong> inhibited = new ConcurrentHashMap<>();
    private final Counter saveFailures;

    public AlertMeters(MeterRegistry registry) {
        this.registry = registry;
        for (AlertKind kind : AlertKind.values()) {
            firing.put(kind, gauge(kind, "firing"));
            inhibited.put(kind, gauge(kind, "inhibited"));
        }
        saveFailures = Counter.builder("grouppulse.alert.save.failures")
                .description("Times the alerts could not be saved; nothing new is delivered until they can")
                .register(registry);
    }

    private AtomicLong gauge(AlertKind kind, String state) {
        AtomicLong value = new AtomicLong();
        Gauge.builder("grouppulse.alerts", value, AtomicLong::get)
                .description("Alerts that fire, and conditions for which another alert speaks")
                .tag("kind", kind.wireName())
                .tag("state", state)
                .register(registry);
        return value;
    }

    void show(Map<AlertKind, Integer> firingNow, Map<AlertKind, Integer> inhibitedNow) {
        firing.forEach((kind, value) -> value.set(firingNow.getOrDefault(kind, 0)));
        inhibited.forEach((kind, value) -> value.set(inhibitedNow.getOrDefault(kind, 0)));
    }

    void saveFailed() {
        saveFailures.increment();
    }

    /** The meters of one webhook. */
    Delivery delivery(String webhook) {
        return new Delivery(registry, webhook);
    }

    static final class Delivery {
        private final Counter sent;
        private final Counter failed;
        private final Counter refused;
        private final Counter overflowed;
        private final AtomicLong depth = new AtomicLong();

        private Delivery(MeterRegistry registry, String webhook) {
            sent = attempts(registry, webhook, "sent");
            failed = attempts(registry, webhook, "failed");
            refused = dropped(registry, webhook, "refused");
            overflowed = dropped(registry, webhook, "overflow");
            Gauge.builder("grouppulse.alert.queue.depth", depth, AtomicLong::get)
                    .description("Notifications that a webhook has not taken yet")
                    .tag("webhook", webhook)
                    .register(registry);
        }

        private static Counter attempts(MeterRegistry registry, String webhook, String outcome) {
            return Counter.builder("grouppulse.alert.deliveries")
                    .description("Attempts to deliver to a webhook")
                    .tag("webhook", webhook)
                    .tag("outcome", outcome)
                    .register(registry);
        }

        private static Counter dropped(MeterRegistry registry, String webhook, String reason) {
            return Counter.builder("grouppulse.alert.dropped")
                    .description("Notifications given up: the receiver refused them, or newer ones needed the room")
                    .tag("webhook", webhook)
                    .tag("reason", reason)
                    .register(registry);
        }

        void sent() {
            sent.increment();
        }

        void failed() {
            failed.increment();
        }

        void refused() {
            refused.increment();
        }

        void overflowed(int notifications) {
            overflowed.increment(notifications);
        }

        void depth(int notifications) {
            depth.set(notifications);
        }
    }
}
