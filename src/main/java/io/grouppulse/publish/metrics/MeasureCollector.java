package io.grouppulse.publish.metrics;

import io.grouppulse.bus.Messages.AskOverview;
import io.grouppulse.bus.Messages.Overview;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.time.WindowSpec;
import io.grouppulse.ops.SourceLedger;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The measures as Prometheus series, from the roll-up's newest answer. The number of series has a bound whatever the
 * number of groups: organisation nodes beyond the limit come together as {@code other}, groups are the most active few.
 */
public final class MeasureCollector implements MultiCollector {
    private static final double MINUTE = 60_000;

    private final List<WindowSpec> windows;
    private final SourceLedger ledger;
    private final LongSupplier wallClock;
    private final int maxOrgs;
    private final TopGroups topGroups;
    private volatile @Nullable Overview view;

    public MeasureCollector(
            List<WindowSpec> windows, SourceLedger ledger, LongSupplier wallClock, int maxGroups, int maxOrgs) {
        this.windows = List.copyOf(windows);
        this.ledger = ledger;
        this.wallClock = wallClock;
        this.maxOrgs = maxOrgs;
        this.topGroups = new TopGroups(maxGroups, TopGroups.windowOf(windows));
    }

    /** What a scrape shows; after the answer {@link #show}. */
    public AskOverview question() {
        return new AskOverview(
                maxOrgs, LabelledOrg.OTHER_LABEL, topGroups.window(), topGroups.candidates(), topGroups.places());
    }

    /** Sets what the next scrape shows; null if nothing is known. */
    public void show(@Nullable Overview newest) {
        view = newest;
    }

    @Override
    public MetricSnapshots collect() {
        Families families = new Families();
        Overview current = view;
        sources(families, current == null ? Map.of() : current.sources());
        if (current != null) {
            for (LabelledOrg org : LabelledOrg.of(current.nodes())) {
                org(families, org);
            }
            groups(families, current);
            families.gauge("dedup_size", "Event ids by which duplicates are recognised", current.rememberedIds());
        }
        return families.snapshots();
    }

    private void sources(Families families, Map<String, SourceCounts> counts) {
        ledger.forEachAccepted((source, type, count) -> families.counter(
                "events", "Events accepted since the process started", count, "source", source, "type", type));
        ledger.forEachRejected((source, code, count) -> families.counter(
                "events_rejected", "Events rejected since the process started", count, "source", source, "code", code));
        counts.forEach((source, some) -> {
            families.counter(
                    "events_duplicate",
                    "Events that were known already and changed nothing",
                    some.duplicates(),
                    "source",
                    source);
            families.counter(
                    "events_late", "Events further behind T than the allowed lateness", some.late(), "source", source);
        });
        ledger.read(wallClock.getAsLong()).forEach((source, health) -> {
            families.gauge(
                    "source_up", "1 while the source is heard, 0 otherwise", health.up() ? 1 : 0, "source", source);
            if (health.lag() >= 0) {
                families.gauge(
                        "source_lag_seconds",
                        "Time from when the source's newest event happened to its reception",
                        health.lag() / 1000.0,
                        "source",
                        source);
            }
        });
    }

    private void org(Families families, LabelledOrg org) {
        String label = org.label();
        families.gauge("members", "Customers in the groups of an organisation node", org.members(), "org", label);
        for (Map.Entry<ActivityState, Long> state : org.states().entrySet()) {
            families.gauge(
                    "groups",
                    "Groups by state",
                    state.getValue(),
                    "org",
                    label,
                    "state",
                    state.getKey().name());
        }
        for (int w = 0; w < windows.size(); w++) {
            orgWindow(
                    families,
                    label,
                    org.members(),
                    windows.get(w),
                    org.windows().get(w));
        }
        transition(families, label, org.total(), "created", Column.ORDERS_CREATED, Column.GMV_CREATED);
        transition(families, label, org.total(), "paid", Column.ORDERS_PAID, Column.GMV_PAID);
        transition(families, label, org.total(), "refunded", Column.ORDERS_REFUNDED, Column.REFUNDS);
        families.counter(
                "orders",
                "Orders by transition",
                org.total().get(Column.ORDERS_CANCELLED),
                "org",
                label,
                "transition",
                "cancelled");
    }

    private static void transition(
            Families families, String org, Counts total, String transition, Column orders, Column money) {
        families.counter("orders", "Orders by transition", total.get(orders), "org", org, "transition", transition);
        families.counter(
                "gmv_minor",
                "Money of orders by transition, in minor currency units",
                total.get(money),
                "org",
                org,
                "transition",
                transition);
    }

    private static void orgWindow(Families families, String org, long members, WindowSpec window, Counts counts) {
        long active = counts.get(Column.ACTIVE);
        families.gauge("active_members", "Customers with an interaction", active, "org", org, "window", window.name());
        families.gauge(
                "orders_per_minute",
                "Paid orders per minute",
                counts.get(Column.ORDERS_PAID) / (window.width() / MINUTE),
                "org",
                org,
                "window",
                window.name());
        if (members > 0) {
            families.gauge(
                    "activeness_ratio",
                    "Active members per member",
                    (double) active / members,
                    "org",
                    org,
                    "window",
                    window.name());
        }
        if (counts.get(Column.TOUCHED) > 0) {
            families.gauge(
                    "conversion_ratio",
                    "Customers who paid within the conversion window of a touch, per customer with a touch",
                    (double) counts.get(Column.CONVERTED) / counts.get(Column.TOUCHED),
                    "org",
                    org,
                    "window",
                    window.name());
        }
    }

    private void groups(Families families, Overview current) {
        List<GroupReading> shown = topGroups.choose(current.busiest(), current.asOf());
        families.gauge("group_series_dropped", "Groups without series of their own", current.groups() - shown.size());
        for (GroupReading group : shown) {
            group(families, group);
        }
    }

    private void group(Families families, GroupReading group) {
        String org = OrgGraph.orgsOf(group.profile()).get(0);
        for (int w = 0; w < windows.size(); w++) {
            families.gauge(
                    "group_active_members",
                    "Customers of the group with an interaction",
                    group.windows().get(w).get(Column.ACTIVE),
                    "group",
                    group.group(),
                    "org",
                    org,
                    "window",
                    windows.get(w).name());
        }
        if (group.lastInteraction() != Long.MIN_VALUE) {
            families.gauge(
                    "group_last_interaction_timestamp_seconds",
                    "When the group's newest interaction happened",
                    group.lastInteraction() / 1000.0,
                    "group",
                    group.group(),
                    "org",
                    org);
        }
        families.counter(
                "group_orders",
                "Paid orders of the group",
                group.total().get(Column.ORDERS_PAID),
                "group",
                group.group(),
                "org",
                org);
    }
}
