package io.grouppulse.domain.signal.groupbuy;

import io.grouppulse.domain.event.EventType;
import java.util.Comparator;

/**
 * One event of a group-buy.
 *
 * @param key the event's 64-bit identity within its source
 * @param item empty when the event names none
 * @param member index of who opened or joined, -1 for an outcome
 */
record BuyAct(long ts, long key, EventType type, String item, int member) {
    /** Of acts at one moment an opening comes first and an outcome last, as the types are in order. */
    static final Comparator<BuyAct> IN_TIME =
            Comparator.comparingLong(BuyAct::ts).thenComparing(BuyAct::type).thenComparingLong(BuyAct::key);

    boolean isOutcome() {
        return type == EventType.GROUPBUY_FORMED || type == EventType.GROUPBUY_FAILED;
    }
}
