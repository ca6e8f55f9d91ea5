package io.grouppulse.domain.signal;

/** The whole numbers from which every measure of a window is made; ratios are formed from them when read. */
public enum Column {
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
}
