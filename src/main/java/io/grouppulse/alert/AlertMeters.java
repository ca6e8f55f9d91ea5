package io.grouppulse.alert;

import io.grouppulse.domain.alert.AlertKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What is firing, and what became of the notifications. Thread-safe. */
public final class AlertMeters {
    private final MeterRegistry registry;
    private final Map<AlertKind, AtomicLong> firing = new ConcurrentHashMap<>();
    private final Map<AlertKind, AtomicLong> inhibited = new ConcurrentHashMap<>();
    private final Counter saveFailures;
    private final MultiGauge behind;
    private final int mostOrgs;
    private @Nullable Map<String, Integer> behindNow;

    /** @param mostOrgs nodes with a series of their own; what is beyond comes together as {@code other} */
    public AlertMeters(MeterRegistry registry, int mostOrgs) {
        this.registry = registry;
        this.mostOrgs = mostOrgs;
        behind = MultiGauge.builder("grouppulse.campaigns.behind")
                .description("Running campaigns that are behind, at the node they belong to")
                .register(registry);
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

    /**
     * Of nodes without any only the root is shown.
     *
     * @param byOrg campaigns that are behind at each node, the root having no name
     */
    void showBehind(Map<String, Integer> byOrg) {
        if (byOrg.equals(behindNow)) {
            return;
        }
        behindNow = Map.copyOf(byOrg);
        Map<String, Integer> byLabel = new TreeMap<>(Map.of("/", 0));
        byOrg.forEach((org, count) -> {
            String label = org.isEmpty() ? "/" : org;
            byLabel.merge(
                    byLabel.size() <= mostOrgs || byLabel.containsKey(label) ? label : "other", count, Integer::sum);
        });
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        byLabel.forEach((label, count) -> rows.add(MultiGauge.Row.of(Tags.of("org", label), count)));
        behind.register(rows, true);
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
