package io.grouppulse.domain.signal.orderrain;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One order as a state machine that takes its transitions in any order; what it adds to the counters is a function of them. */
final class Order {
    private static final Comparator<Refund> IN_TIME =
            Comparator.comparingLong(Refund::ts).thenComparing(Refund::id);

    private final String source;
    private final String id;
    private final EarliestText item = new EarliestText();
    private final EarliestText share = new EarliestText();
    private final EarliestText channel = new EarliestText();
    final Transition created = new Transition();
    final Transition paid = new Transition();
    final Transition cancelled = new Transition();
    private @Nullable List<Refund> refunds;
    private long newest = Long.MIN_VALUE;

    private record Refund(long ts, String id, long amount) {}

    /** Receives a contribution: add {@code value} to {@code column} at {@code ts}. */
    interface Ledger {
        void add(Column column, long ts, long value);
    }

    Order(String source, String id) {
        this.source = source;
        this.id = id;
    }

    String source() {
        return source;
    }

    String id() {
        return id;
    }

    /** The time of its newest event, {@link Long#MIN_VALUE} if it has none. */
    long newest() {
        return newest;
    }

    /** Takes all that another part of the same order consists of. */
    void add(Order other) {
        newest = Math.max(newest, other.newest);
        item.add(other.item);
        share.add(other.share);
        channel.add(other.channel);
        created.add(other.created);
        paid.add(other.paid);
        cancelled.add(other.cancelled);
        for (Refund refund : other.refunds == null ? List.<Refund>of() : other.refunds) {
            add(refund);
        }
    }

    /** Takes back that creation and payment were a customer's, if they were this member's; true if the payment was. */
    boolean exclude(int member) {
        created.exclude(member);
        return paid.exclude(member);
    }

    /** What it adds in {@code from <= ts < to}, or null if that is nothing. */
    @Nullable OrderEntry entry(long from, long to) {
        if (newest < from) {
            return null;
        }
        long[] sums = new long[Column.COUNT];
        boolean[] happened = {false};
        contribute((column, ts, value) -> {
            if (ts >= from && ts < to) {
                sums[column.ordinal()] += value;
                happened[0] = true;
            }
        });
        return happened[0]
                ? new OrderEntry(
                        source,
                        id,
                        paid.happened() ? paid.member() : created.member(),
                        created.ts(),
                        paid.ts(),
                        cancelled.ts(),
                        item.text(),
                        share.text(),
                        channel.text(),
                        Counts.copyOf(sums))
                : null;
    }

    /** The order as a sale, null while it is not paid. */
    @Nullable PaidSale sale() {
        return paid.happened()
                ? new PaidSale(
                        paid.ts(),
                        paid.member(),
                        paid.byCustomer(),
                        paid.money(),
                        item.text(),
                        share.text(),
                        channel.text())
                : null;
    }

    void take(GroupEvent event, int member, boolean customer) {
        newest = Math.max(newest, event.ts());
        item.take(event.item(), event);
        share.take(event.share(), event);
        channel.take(event.channel(), event);
        switch (event.type()) {
            case ORDER_CREATED -> created.take(event, member, customer);
            case ORDER_PAID -> paid.take(event, member, customer);
            case ORDER_CANCELLED -> cancelled.take(event, member, customer);
            case ORDER_REFUNDED -> add(new Refund(event.ts(), event.id(), event.amount()));
            default -> throw new IllegalArgumentException("no transition of an order: " + event.type());
        }
    }

    /** Visits every moment at which something happened to it that may count. */
    void forEachTime(LongConsumer visitor) {
        for (Transition transition : List.of(created, paid, cancelled)) {
            if (transition.happened()) {
                visitor.accept(transition.ts());
            }
        }
        if (refunds != null) {
            refunds.forEach(refund -> visitor.accept(refund.ts()));
        }
    }

    private void add(Refund refund) {
        List<Refund> all = refunds == null ? new ArrayList<>(1) : refunds;
        all.add(refund);
        all.sort(IN_TIME);
        refunds = all;
    }

    /** States all that this order adds to the counters as it stands. */
    void contribute(Ledger ledger) {
        if (created.happened()) {
            ledger.add(Column.ORDERS_CREATED, created.ts(), 1);
            ledger.add(Column.GMV_CREATED, created.ts(), created.money());
            if (!paid.happened() && !cancelled.happened()) {
                ledger.add(Column.UNPAID, created.ts(), 1);
            }
        }
        if (cancelled.happened()) {
            ledger.add(Column.ORDERS_CANCELLED, cancelled.ts(), 1);
        }
        if (paid.happened()) {
            contributePayment(ledger);
        }
    }

    private void contributePayment(Ledger ledger) {
        ledger.add(Column.ORDERS_PAID, paid.ts(), 1);
        ledger.add(Column.GMV_PAID, paid.ts(), paid.money());
        if (!paid.isPriced()) {
            ledger.add(Column.UNPRICED, paid.ts(), 1);
        }
        long left = contributeRefunds(ledger);
        if (cancelled.happened() && cancelled.ts() >= paid.ts()) {
            ledger.add(Column.CANCELLED_AFTER_PAID, cancelled.ts(), left);
        }
    }

    /** Refunds in time order until the paid amount is used up; returns what is left of it. */
    private long contributeRefunds(Ledger ledger) {
        long left = paid.money();
        boolean first = true;
        for (Refund refund : refunds == null ? List.<Refund>of() : refunds) {
            long applied = Math.min(left, refund.amount());
            if (applied > 0) {
                ledger.add(Column.REFUNDS, refund.ts(), applied);
                ledger.add(Column.ORDERS_REFUNDED, refund.ts(), first ? 1 : 0);
                first = false;
                left -= applied;
            }
        }
        return left;
    }

    void save(SavedWriter out) {
        out.text(source);
        out.text(id);
        item.save(out);
        share.save(out);
        channel.save(out);
        out.number(newest);
        created.save(out);
        paid.save(out);
        cancelled.save(out);
        List<Refund> all = refunds == null ? List.of() : refunds;
        out.number(all.size());
        for (Refund refund : all) {
            out.number(refund.ts());
            out.text(refund.id());
            out.number(refund.amount());
        }
    }

    static Order restore(SavedReader in) {
        Order order = new Order(in.text(), in.text());
        order.restoreState(in);
        return order;
    }

    private void restoreState(SavedReader in) {
        item.restore(in);
        share.restore(in);
        channel.restore(in);
        newest = in.number();
        created.restore(in);
        paid.restore(in);
        cancelled.restore(in);
        int count = in.size();
        for (int i = 0; i < count; i++) {
            List<Refund> all = refunds == null ? new ArrayList<>(count) : refunds;
            all.add(new Refund(in.number(), in.text(), in.number()));
            refunds = all;
        }
    }
}
