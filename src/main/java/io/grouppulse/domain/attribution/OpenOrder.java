package io.grouppulse.domain.attribution;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.orderrain.OrderCounts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One order of one member as far as it concerns attribution: its events that name no group, and those that name one. Any
 * that names one decides, whenever it comes; of the others only what is no later than the first payment.
 */
final class OpenOrder {
    private static final Comparator<GroupEvent> EVENTS =
            Comparator.comparingLong(GroupEvent::ts).thenComparing(GroupEvent::id);
    private static final Comparator<MemberTrace> NAMES =
            Comparator.comparingLong(MemberTrace::ts).thenComparing(MemberTrace::id);

    final String source;
    final String order;
    final TreeSet<GroupEvent> events = new TreeSet<>(EVENTS);
    final TreeSet<MemberTrace> names = new TreeSet<>(NAMES);
    private @Nullable Decision decision;
    private Counts counts = Counts.ZERO;
    private boolean isChanged;

    OpenOrder(String source, String order) {
        this.source = source;
        this.order = order;
    }

    void add(GroupEvent event) {
        isChanged |= events.add(event);
    }

    /** What it was decided to be, null before the first decision. */
    @Nullable Decision decision() {
        return decision;
    }

    /** What it adds to the part it is in. */
    Counts counts() {
        return counts;
    }

    /** Whether events came since the last decision. */
    boolean isChanged() {
        return isChanged;
    }

    void decided(Decision newDecision) {
        decision = newDecision;
        counts = OrderCounts.of(List.copyOf(events));
        isChanged = false;
    }

    long newest() {
        long newest = events.isEmpty() ? Long.MIN_VALUE : events.last().ts();
        return names.isEmpty() ? newest : Math.max(newest, names.last().ts());
    }

    /** The group that the earliest event with one names, null while none does. */
    @Nullable String name() {
        return names.isEmpty() ? null : names.first().group();
    }

    /** When it was made: its earliest creation or payment, or whatever is known of it if neither is. */
    long madeAt() {
        return deciding()
                .mapToLong(GroupEvent::ts)
                .findFirst()
                .orElseGet(() -> events.first().ts());
    }

    /** The share that its earliest creation or payment with one names. */
    @Nullable String share() {
        return deciding()
                .map(GroupEvent::share)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Stream<GroupEvent> deciding() {
        long paidAt = paidAt();
        return events.stream()
                .filter(event -> event.type() == EventType.ORDER_CREATED || event.type() == EventType.ORDER_PAID)
                .filter(event -> event.ts() <= paidAt);
    }

    private long paidAt() {
        return events.stream()
                .filter(event -> event.type() == EventType.ORDER_PAID)
                .mapToLong(GroupEvent::ts)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
