package io.grouppulse.oracle;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import java.util.List;
import java.util.function.LongPredicate;

/** What a source said of one order, earliest first. */
record NaiveOrder(List<GroupEvent> events) {

    List<GroupEvent> of(EventType type) {
        return events.stream().filter(e -> e.type() == type).toList();
    }

    boolean has(EventType type) {
        return !of(type).isEmpty();
    }

    /** The event that made the transition. */
    GroupEvent first(EventType type) {
        return of(type).get(0);
    }

    boolean happened(EventType type, LongPredicate when) {
        return has(type) && when.test(first(type).ts());
    }

    boolean priced(EventType type) {
        return of(type).stream().anyMatch(GroupEvent::hasAmount);
    }

    long amount(EventType type) {
        for (GroupEvent event : of(type)) {
            if (event.hasAmount()) {
                return event.amount();
            }
        }
        return 0;
    }

    long refunded(LongPredicate when) {
        long left = amount(EventType.ORDER_PAID);
        long sum = 0;
        for (GroupEvent refund : of(EventType.ORDER_REFUNDED)) {
            long applied = Math.min(left, refund.amount());
            left -= applied;
            sum += when.test(refund.ts()) ? applied : 0;
        }
        return sum;
    }

    long givenBack(LongPredicate when) {
        if (!has(EventType.ORDER_PAID) || !happened(EventType.ORDER_CANCELLED, when)) {
            return 0;
        }
        boolean cancelledAfterPaid = first(EventType.ORDER_CANCELLED).ts()
                >= first(EventType.ORDER_PAID).ts();
        return cancelledAfterPaid ? amount(EventType.ORDER_PAID) - refunded(ts -> true) : 0;
    }

    boolean unpaid() {
        return !has(EventType.ORDER_PAID) && !has(EventType.ORDER_CANCELLED);
    }
}
