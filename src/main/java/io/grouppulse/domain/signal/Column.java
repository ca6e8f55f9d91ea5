package io.grouppulse.domain.signal;

import java.util.function.ToLongFunction;

/** The whole numbers from which every measure of a window is made; ratios are formed from them when read. */
public enum Column implements ToLongFunction<Counts> {
    MESSAGES,
    INTERACTIONS,
    JOINS,
    LEAVES,
    SHARES,
    TOUCHES,
    CARTS,
    CHAIN_ENTRIES,
    ORDERS_CREATED,
    ORDERS_PAID,
    ORDERS_CANCELLED,
    ORDERS_REFUNDED,
    GMV_CREATED,
    GMV_PAID,
    REFUNDS,
    CANCELLED_AFTER_PAID,
    UNPRICED,
    UNPAID,
    SPEAKERS,
    ACTIVE,
    BUYERS,
    TOUCHED,
    CARTED,
    ORDERED,
    PAID,
    CONVERTED,
    MATURED_TOUCHED,
    MATURED_CONVERTED;

    /** Number of columns. */
    public static final int COUNT = values().length;

    @Override
    public long applyAsLong(Counts counts) {
        return counts.get(this);
    }
}
