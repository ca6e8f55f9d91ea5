package io.grouppulse.domain.signal;

import java.util.function.ToLongFunction;

/** What boards rank by and show of the orders of a window: whole numbers, money in minor units. */
public enum OrderMeasure implements ToLongFunction<Counts> {
    ORDERS_CREATED("ordersCreated", Column.ORDERS_CREATED),
    ORDERS_PAID("ordersPaid", Column.ORDERS_PAID),
    GMV_CREATED("gmvCreated", Column.GMV_CREATED),
    GMV_PAID("gmvPaid", Column.GMV_PAID),
    REFUNDS("refunds", Column.REFUNDS),
    /** Paid less refunds and less what was cancelled after it was paid. */
    GMV_NET("gmvNet", Column.GMV_PAID) {
        @Override
        public long applyAsLong(Counts counts) {
            return super.applyAsLong(counts) - counts.get(Column.REFUNDS) - counts.get(Column.CANCELLED_AFTER_PAID);
        }
    },
    UNPRICED("unpriced", Column.UNPRICED),
    BUYERS("buyers", Column.BUYERS);

    private final String wireName;
    private final Column column;

    OrderMeasure(String wireName, Column column) {
        this.wireName = wireName;
        this.column = column;
    }

    /** As JSON and paths name it. */
    public String wireName() {
        return wireName;
    }

    @Override
    public long applyAsLong(Counts counts) {
        return counts.get(column);
    }

    /** @throws IllegalArgumentException if none is named so */
    public static OrderMeasure named(String wireName) {
        for (OrderMeasure measure : values()) {
            if (measure.wireName.equals(wireName)) {
                return measure;
            }
        }
        throw new IllegalArgumentException("no such measure of orders: " + wireName);
    }
}
