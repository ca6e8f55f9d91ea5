package io.grouppulse.domain.signal.orderrain;

import io.grouppulse.domain.event.AttributedOrder;
import io.grouppulse.domain.event.EventKey;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Act;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.DistinctInMinute;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.WindowedCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Orders, their counts and money, and the members who ordered and paid. An order is corrected by taking back all it
 * contributed and contributing anew, so that the order of arrival cannot matter.
 */
public final class OrderSignal implements GroupSignal {
    private final GroupSettings settings;
    private final WindowedCounters counters;
    private final PaymentListener payments;
    private final Long2ObjectHashMap<Order> orders = new Long2ObjectHashMap<>();
    private final OrdersByHour byHour = new OrdersByHour();
    private final Map<Long, OrderParts> partly = new HashMap<>();
    private final Map<Integer, List<Order>> ordersOfMember = new HashMap<>();
    private final LastSeen buyers;
    private final LastSeen orderers;
    private final LastSeen payers;
    private final DistinctInMinute buyersInMinute;
    private long nextSweep = Long.MIN_VALUE;

    public OrderSignal(GroupSettings settings, WindowedCounters counters, PaymentListener payments) {
        this.settings = settings;
        this.counters = counters;
        this.payments = payments;
        this.buyers = new LastSeen(counters, Column.BUYERS);
        this.orderers = new LastSeen(counters, Column.ORDERED);
        this.payers = new LastSeen(counters, Column.PAID);
        this.buyersInMinute = new DistinctInMinute(counters, Column.BUYERS);
    }

    @Override
    public void onEvent(Sighting sighting) {
        GroupEvent event = sighting.event();
        if (!event.type().isOrder() || event.order() == null) {
            return;
        }
        String id = event.order();
        long key = EventKey.of(event.source(), id);
        OrderParts parts = partly.get(key);
        if (parts != null) {
            parts.named().take(event, sighting.member(), sighting.customer());
            replace(key, parts.whole());
            return;
        }
        byHour.note(key, event.ts());
        Order order = orders.get(key);
        if (order == null) {
            order = new Order(event.source(), id);
            orders.put(key, order);
        }
        order.contribute((column, ts, value) -> counters.count(column, ts, -value));
        switch (event.type()) {
            case ORDER_CREATED -> takeDated(order, order.created, sighting, false);
            case ORDER_PAID -> takeDated(order, order.paid, sighting, true);
            default -> order.take(event, sighting.member(), sighting.customer());
        }
        order.contribute(counters::count);
    }

    /** Says whether an act of a member, with the role that its event states, is a customer's. */
    public interface CustomerRule {
        boolean isCustomer(@Nullable Role said);
    }

    /**
     * Counts an order that names no group as told, in the place of what was told of it before; with no events, no more.
     *
     * @param member index of its member in this group
     * @return what it consists of and no longer consists of; null if a newer version is known, so that nothing changed
     */
    public @Nullable Retold attribute(AttributedOrder told, int member, CustomerRule rule) {
        long key = EventKey.of(told.source(), told.order());
        OrderParts parts = partly.computeIfAbsent(key, k -> {
            Order named = orders.get(key);
            return new OrderParts(named == null ? new Order(told.source(), told.order()) : named);
        });
        if (!parts.isNew(member, told.version())) {
            return null;
        }
        Order part = new Order(told.source(), told.order());
        List<Act> acts = new ArrayList<>();
        for (GroupEvent event : told.events()) {
            Act act = Act.of(event, member, rule.isCustomer(event.role()));
            part.take(event, member, act.customer());
            acts.add(act);
        }
        Retold retold = Retold.of(parts.put(member, told.version(), part, acts), acts);
        replace(key, parts.whole());
        return retold;
    }

    /** The difference between two versions of an order's part: acts to be taken back, and acts to be counted. */
    public record Retold(List<Act> gone, List<Act> come) {
        static Retold of(List<Act> before, List<Act> after) {
            List<Act> gone = new ArrayList<>(before);
            List<Act> come = new ArrayList<>();
            for (Act act : after) {
                if (!gone.remove(act)) {
                    come.add(act);
                }
            }
            return new Retold(gone, come);
        }
    }

    /** Puts an order in the place of what was known of it: takes back all that this counted for, and counts anew. */
    private void replace(long key, Order after) {
        Order before = Objects.requireNonNullElseGet(orders.put(key, after), () -> new Order("", ""));
        after.forEachTime(ts -> byHour.note(key, ts));
        before.contribute((column, ts, value) -> counters.count(column, ts, -value));
        after.contribute(counters::count);
        if (!before.paid.isSameAct(after.paid)) {
            if (before.paid.happened()) {
                takeBackPayment(before.paid.member(), before.paid.ts(), before.paid.byCustomer());
            }
            if (after.paid.happened()) {
                notePayment(after.paid);
            }
        }
        for (Transition transition : List.of(before.created, before.paid)) {
            ordersOfMember.computeIfPresent(transition.member(), (member, linked) -> {
                linked.removeIf(order -> order == before);
                return linked.isEmpty() ? null : linked;
            });
        }
        linkAll(after);
        for (Transition transition : List.of(before.created, before.paid, after.created, after.paid)) {
            if (transition.happened()) {
                review(transition.member());
            }
        }
    }

    private void linkAll(Order order) {
        if (order.created.happened()) {
            link(order, order.created.member());
        }
        if (order.paid.happened()) {
            link(order, order.paid.member());
        }
    }

    /** Takes a transition that dates a member's ordering or payment. */
    private void takeDated(Order order, Transition transition, Sighting sighting, boolean isPayment) {
        boolean redated = transition.happened() && transition.isEarlier(sighting.event());
        boolean dated = redated || !transition.happened();
        int formerMember = transition.member();
        long formerTs = transition.ts();
        boolean formerCustomer = transition.byCustomer();
        order.take(sighting.event(), sighting.member(), sighting.customer());
        if (!dated) {
            return;
        }
        link(order, sighting.member());
        if (isPayment && redated) {
            takeBackPayment(formerMember, formerTs, formerCustomer);
        }
        if (isPayment) {
            notePayment(transition);
        }
        if (redated) {
            review(formerMember);
            review(transition.member());
        } else {
            raise(transition, isPayment);
        }
    }

    private void takeBackPayment(int member, long ts, boolean byCustomer) {
        buyersInMinute.add(member, ts, -1);
        if (byCustomer) {
            payments.onUnpaid(member, ts);
        }
    }

    private void notePayment(Transition payment) {
        buyersInMinute.add(payment.member(), payment.ts(), 1);
        if (payment.byCustomer()) {
            payments.onPaid(payment.member(), payment.ts());
        }
    }

    private void raise(Transition transition, boolean isPayment) {
        if (isPayment) {
            buyers.raise(transition.member(), transition.ts());
        }
        if (transition.byCustomer()) {
            orderers.raise(transition.member(), transition.ts());
            if (isPayment) {
                payers.raise(transition.member(), transition.ts());
            }
        }
    }

    private void link(Order order, int member) {
        List<Order> linked = ordersOfMember.computeIfAbsent(member, m -> new ArrayList<>(1));
        if (linked.isEmpty() || linked.get(linked.size() - 1) != order) {
            linked.add(order);
        }
    }

    /** Looks through all orders of a member for its newest: rare, when a transition turned out to be earlier. */
    private void review(int member) {
        long bought = LastSeen.NEVER;
        long ordered = LastSeen.NEVER;
        long paid = LastSeen.NEVER;
        for (Order order : ordersOfMember.getOrDefault(member, List.of())) {
            if (order.paid.happened() && order.paid.member() == member) {
                bought = Math.max(bought, order.paid.ts());
                paid = order.paid.byCustomer() ? Math.max(paid, order.paid.ts()) : paid;
            }
            if (order.created.happened() && order.created.member() == member && order.created.byCustomer()) {
                ordered = Math.max(ordered, order.created.ts());
            }
        }
        buyers.set(member, bought);
        payers.set(member, paid);
        orderers.set(member, Math.max(ordered, paid));
    }

    /** Visits the orders paid in {@code from <= ts < to}, in no order. */
    public void forEachPaid(long from, long to, PaymentVisitor visitor) {
        byHour.forEach(from, to, key -> {
            Order order = orders.get(key);
            if (order != null && order.paid.happened() && order.paid.ts() >= from && order.paid.ts() < to) {
                visitor.visit(order.paid.ts(), order.paid.member(), order.paid.money());
            }
        });
    }

    /** The orders paid in {@code from <= ts < to}, in no order. */
    public List<PaidSale> sales(long from, long to) {
        List<PaidSale> sales = new ArrayList<>();
        for (Order order : orders.values()) {
            PaidSale sale = order.sale();
            if (sale != null && sale.ts() >= from && sale.ts() < to) {
                sales.add(sale);
            }
        }
        return sales;
    }

    /** Visits the orders that add anything in {@code from <= ts < to}, in no order. */
    public void forEachOrder(long from, long to, Consumer<OrderEntry> visitor) {
        byHour.forEach(from, to, key -> {
            Order order = orders.get(key);
            OrderEntry entry = order == null ? null : order.entry(from, to);
            if (entry != null) {
                visitor.accept(entry);
            }
        });
    }

    /** Receives one payment: when, by which member of the group, and how much in minor units (0 when unpriced). */
    public interface PaymentVisitor {
        void visit(long ts, int member, long money);
    }

    @Override
    public void onExcluded(int member) {
        for (Order order : ordersOfMember.getOrDefault(member, List.of())) {
            if (order.exclude(member)) {
                payments.onUnpaid(member, order.paid.ts());
            }
        }
        partly.values().forEach(parts -> parts.exclude(member));
        orderers.set(member, LastSeen.NEVER);
        payers.set(member, LastSeen.NEVER);
    }

    @Override
    public void onTime(long t) {
        if (orders.isEmpty()) {
            return;
        }
        buyersInMinute.settle(t - settings.historyRetention());
        if (t >= nextSweep) {
            nextSweep = t + settings.orderRetention() / 16;
            forgetOrdersBefore(t - settings.orderRetention());
        }
    }

    private void forgetOrdersBefore(long ts) {
        partly.values().removeIf(parts -> parts.newest() < ts);
        List<Long> old = new ArrayList<>();
        orders.forEachLong((key, order) -> {
            if (order.newest() < ts && !partly.containsKey(key)) {
                old.add(key);
            }
        });
        old.forEach(orders::remove);
        byHour.forget(ts, orders::containsKey);
        ordersOfMember.values().removeIf(linked -> {
            linked.removeIf(order -> order.newest() < ts);
            return linked.isEmpty();
        });
    }

    @Override
    public void save(SavedWriter out) {
        out.number(nextSweep);
        out.number(orders.size());
        new TreeMap<>(orders).forEach((key, order) -> {
            out.fixed(key);
            order.save(out);
        });
        out.number(partly.size());
        new TreeMap<>(partly).forEach((key, parts) -> {
            out.fixed(key);
            parts.save(out);
        });
        buyers.save(out);
        orderers.save(out);
        payers.save(out);
        buyersInMinute.save(out);
    }

    @Override
    public void restore(SavedReader in) {
        nextSweep = in.number();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            long key = in.fixed();
            Order order = Order.restore(in);
            orders.put(key, order);
            order.forEachTime(ts -> byHour.note(key, ts));
            linkAll(order);
        }
        int partial = in.size();
        for (int i = 0; i < partial; i++) {
            partly.put(in.fixed(), OrderParts.restore(in));
        }
        buyers.restore(in);
        orderers.restore(in);
        payers.restore(in);
        buyersInMinute.restore(in);
    }
}
