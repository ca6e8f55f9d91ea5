package io.grouppulse.oracle;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The orders behind the numbers of a stretch of time, by plain loops over the definitions. */
public final class NaiveLedger {
    private final Map<List<String>, NaiveOrder> orders = new HashMap<>();

    /** Takes events in any order, repeats included. */
    public NaiveLedger(List<GroupEvent> events) {
        Map<List<String>, List<GroupEvent>> byOrder = new HashMap<>();
        Set<List<String>> seen = new HashSet<>();
        for (GroupEvent event : events) {
            if (event.order() != null
                    && !event.group().isEmpty()
                    && seen.add(List.of(event.group(), event.source(), event.id()))) {
                byOrder.computeIfAbsent(List.of(event.group(), event.source(), event.order()), k -> new ArrayList<>())
                        .add(event);
            }
        }
        byOrder.forEach((key, its) -> {
            its.sort(Comparator.comparingLong(GroupEvent::ts).thenComparing(GroupEvent::id));
            orders.put(key, new NaiveOrder(its));
        });
    }

    /** One line for each order that did anything in {@code from <= ts < to}, as texts and numbers in a fixed order. */
    public List<List<@Nullable Object>> lines(long from, long to) {
        LongPredicate when = ts -> from <= ts && ts < to;
        List<List<@Nullable Object>> lines = new ArrayList<>();
        orders.forEach((key, order) -> {
            if (isIn(order, when)) {
                lines.add(Arrays.asList(
                        key.get(0),
                        key.get(1),
                        key.get(2),
                        member(order),
                        at(order, EventType.ORDER_CREATED),
                        at(order, EventType.ORDER_PAID),
                        at(order, EventType.ORDER_CANCELLED),
                        first(order, GroupEvent::item),
                        first(order, GroupEvent::share),
                        first(order, GroupEvent::channel),
                        count(order, EventType.ORDER_CREATED, when),
                        count(order, EventType.ORDER_PAID, when),
                        money(order, EventType.ORDER_PAID, when),
                        net(order, when)));
            }
        });
        return lines;
    }

    /** A paid order: where, who, when, how much, for what; whether a customer paid it. */
    public record Payment(
            String group,
            String member,
            long ts,
            long money,
            boolean byCustomer,
            @Nullable String item,
            @Nullable String share) {}

    /** The orders paid in {@code from <= ts < to}. */
    public List<Payment> payments(long from, long to) {
        LongPredicate when = ts -> from <= ts && ts < to;
        List<Payment> payments = new ArrayList<>();
        orders.forEach((key, order) -> {
            if (order.happened(EventType.ORDER_PAID, when)) {
                GroupEvent paid = order.first(EventType.ORDER_PAID);
                payments.add(new Payment(
                        key.get(0),
                        Objects.requireNonNull(paid.member()),
                        paid.ts(),
                        order.amount(EventType.ORDER_PAID),
                        paid.role() == null || paid.role() == Role.CUSTOMER,
                        first(order, GroupEvent::item),
                        first(order, GroupEvent::share)));
            }
        });
        return payments;
    }

    /** Money that orders gave back by being cancelled after they were paid. */
    public long cancelled() {
        return orders.values().stream()
                .mapToLong(order -> order.givenBack(ts -> true))
                .sum();
    }

    /** Orders with a refund that gave anything back. */
    public long refunded() {
        return orders.values().stream()
                .filter(order -> order.refunded(ts -> true) > 0)
                .count();
    }

    /** For each text: orders paid, money paid, net money, buyers summed over groups. The empty text for none. */
    public Map<String, List<Long>> board(Function<GroupEvent, @Nullable String> trait, long from, long to) {
        LongPredicate when = ts -> from <= ts && ts < to;
        Map<String, long[]> sums = new TreeMap<>();
        Map<String, Set<List<String>>> buyers = new HashMap<>();
        orders.forEach((key, order) -> {
            if (isIn(order, when)) {
                String named = first(order, trait);
                String text = named == null ? "" : named;
                long[] sum = sums.computeIfAbsent(text, t -> new long[3]);
                sum[0] += count(order, EventType.ORDER_PAID, when);
                sum[1] += money(order, EventType.ORDER_PAID, when);
                sum[2] += net(order, when);
                Set<List<String>> who = buyers.computeIfAbsent(text, t -> new HashSet<>());
                if (order.happened(EventType.ORDER_PAID, when)) {
                    who.add(Arrays.asList(
                            key.get(0), order.first(EventType.ORDER_PAID).member()));
                }
            }
        });
        Map<String, List<Long>> board = new TreeMap<>();
        sums.forEach((text, sum) -> board.put(text, List.of(sum[0], sum[1], sum[2], (long)
                buyers.getOrDefault(text, Set.of()).size())));
        return board;
    }

    /** Whether it was created, paid or cancelled in the stretch, or a refund of it took effect there. */
    private static boolean isIn(NaiveOrder order, LongPredicate when) {
        return order.happened(EventType.ORDER_CREATED, when)
                || order.happened(EventType.ORDER_PAID, when)
                || order.happened(EventType.ORDER_CANCELLED, when)
                || order.refunded(when) > 0;
    }

    private static @Nullable String member(NaiveOrder order) {
        for (EventType type : List.of(EventType.ORDER_PAID, EventType.ORDER_CREATED)) {
            if (order.has(type)) {
                return order.first(type).member();
            }
        }
        return null;
    }

    private static @Nullable Long at(NaiveOrder order, EventType type) {
        return order.has(type) ? order.first(type).ts() : null;
    }

    private static @Nullable String first(NaiveOrder order, Function<GroupEvent, @Nullable String> trait) {
        for (GroupEvent event : order.events()) {
            String text = trait.apply(event);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static long count(NaiveOrder order, EventType type, LongPredicate when) {
        return order.happened(type, when) ? 1 : 0;
    }

    private static long money(NaiveOrder order, EventType type, LongPredicate when) {
        return order.happened(type, when) ? order.amount(type) : 0;
    }

    private static long net(NaiveOrder order, LongPredicate when) {
        return money(order, EventType.ORDER_PAID, when) - order.refunded(when) - order.givenBack(when);
    }
}
