package io.grouppulse.domain.signal.orderrain;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import org.jspecify.annotations.Nullable;

/**
 * One transition of an order, told by any number of events: it happened at the earliest of them, by that event's
 * member, for the amount of the earliest that names one (ties by event id). A function of the set of events.
 */
final class Transition {
    static final long UNPRICED = GroupEvent.NO_AMOUNT;

    private long ts = Long.MAX_VALUE;
    private @Nullable String id;
    private int member = -1;
    private boolean customer;

    private long amount = UNPRICED;
    private long pricedTs = Long.MAX_VALUE;
    private @Nullable String pricedId;

    boolean happened() {
        return id != null;
    }

    long ts() {
        return ts;
    }

    int member() {
        return member;
    }

    boolean byCustomer() {
        return customer;
    }

    boolean isPriced() {
        return amount != UNPRICED;
    }

    /** Minor units; 0 when unpriced. */
    long money() {
        return isPriced() ? amount : 0;
    }

    /** Whether the event would be the one that dates this transition. */
    boolean isEarlier(GroupEvent event) {
        return precedes(event.ts(), event.id(), ts, id);
    }

    /** Takes back that it was a customer's, if it was this member's; true if that changed it. */
    boolean exclude(int who) {
        boolean wasCustomers = customer && member == who;
        customer = customer && !wasCustomers;
        return wasCustomers;
    }

    void take(GroupEvent event, int who, boolean isCustomer) {
        if (isEarlier(event)) {
            ts = event.ts();
            id = event.id();
            member = who;
            customer = isCustomer;
        }
        if (event.hasAmount() && precedes(event.ts(), event.id(), pricedTs, pricedId)) {
            amount = event.amount();
            pricedTs = event.ts();
            pricedId = event.id();
        }
    }

    /** Takes all that another part of the same order tells of this transition. */
    void add(Transition other) {
        if (other.id != null && precedes(other.ts, other.id, ts, id)) {
            ts = other.ts;
            id = other.id;
            member = other.member;
            customer = other.customer;
        }
        if (other.pricedId != null && precedes(other.pricedTs, other.pricedId, pricedTs, pricedId)) {
            amount = other.amount;
            pricedTs = other.pricedTs;
            pricedId = other.pricedId;
        }
    }

    /** Whether both date the same act of the same member. */
    boolean isSameAct(Transition other) {
        return happened() == other.happened() && ts == other.ts && member == other.member && customer == other.customer;
    }

    private static boolean precedes(long ts, String id, long otherTs, @Nullable String otherId) {
        return otherId == null || ts < otherTs || (ts == otherTs && id.compareTo(otherId) < 0);
    }

    void save(SavedWriter out) {
        out.text(id);
        if (id != null) {
            out.number(ts);
            out.number(member);
            out.flag(customer);
            out.text(pricedId);
            out.number(pricedTs);
            out.number(amount);
        }
    }

    void restore(SavedReader in) {
        id = in.textOrNull();
        if (id != null) {
            ts = in.number();
            member = in.index();
            customer = in.flag();
            pricedId = in.textOrNull();
            pricedTs = in.number();
            amount = in.number();
        }
    }
}
