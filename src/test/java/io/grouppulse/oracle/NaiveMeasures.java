package io.grouppulse.oracle;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.time.WindowSpec;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** Every measure by plain loops over the definitions: the oracle's twin, slow, for small sets of events. */
public final class NaiveMeasures implements BatchMeasures {

    private static final Set<EventType> INTERACTIONS = Set.of(
            EventType.MESSAGE_SENT,
            EventType.REACTION_ADDED,
            EventType.CHECKIN_DONE,
            EventType.REDPACKET_CLAIMED,
            EventType.LOTTERY_ENTERED,
            EventType.COUPON_CLAIMED,
            EventType.CHAIN_JOINED,
            EventType.GROUPBUY_OPENED,
            EventType.GROUPBUY_JOINED,
            EventType.SHARE_OPENED,
            EventType.PRODUCT_VIEWED,
            EventType.CART_ADDED,
            EventType.ORDER_CREATED,
            EventType.ORDER_PAID);

    private final OracleSettings settings;
    private final Map<String, Group> groups = new HashMap<>();

    public NaiveMeasures(OracleSettings settings, List<GroupEvent> events) {
        this.settings = settings;
        Map<String, List<GroupEvent>> byGroup = new HashMap<>();
        Set<List<String>> seen = new HashSet<>();
        for (GroupEvent event : events) {
            boolean first = seen.add(List.of(event.group(), event.source(), event.id()));
            if (first && !event.group().isEmpty()) {
                byGroup.computeIfAbsent(event.group(), g -> new ArrayList<>()).add(event);
            }
        }
        byGroup.forEach((group, its) -> groups.put(group, new Group(its)));
    }

    @Override
    public Map<String, Map<String, Map<String, Long>>> windows(long t) {
        Map<String, Map<String, Map<String, Long>>> all = new HashMap<>();
        groups.forEach((name, group) -> {
            Map<String, Map<String, Long>> windows = new HashMap<>();
            for (WindowSpec window : settings.windows()) {
                windows.put(window.name(), window(group, window, t));
            }
            all.put(name, windows);
        });
        return all;
    }

    private Map<String, Long> window(Group group, WindowSpec window, long t) {
        long end = t - t % window.slice() + window.slice();
        long since = end - window.width();
        long a = settings.conversionWindowMillis();
        Map<String, Long> measures = group.measures(ts -> ts >= since);
        measures.putAll(group.conversion("conversion", c -> c >= since, t, a));
        measures.putAll(group.conversion("matured", c -> since <= c + a && c + a < end, t, a));
        return measures;
    }

    @Override
    public Map<String, Map<String, Long>> today(long t) {
        ZonedDateTime midnight = Instant.ofEpochMilli(t).atZone(settings.zone()).truncatedTo(ChronoUnit.DAYS);
        long start = midnight.toInstant().toEpochMilli();
        long end = t - t % 1_000 + 1_000;
        long a = settings.conversionWindowMillis();
        Map<String, Map<String, Long>> all = new HashMap<>();
        groups.forEach((name, group) -> {
            Map<String, Long> measures = group.measures(ts -> ts >= start);
            measures.putAll(group.conversion("conversion", c -> c >= start, t, a));
            measures.putAll(group.conversion("matured", c -> start <= c + a && c + a < end, t, a));
            all.put(name, measures);
        });
        return all;
    }

    @Override
    public Map<String, Long> members(long t) {
        Map<String, Long> members = new HashMap<>();
        groups.forEach((name, group) -> members.put(name, group.members()));
        return members;
    }

    @Override
    public Map<String, Map<Long, Map<String, Long>>> history(long fromMinute, long toMinute) {
        Map<String, Map<Long, Map<String, Long>>> history = new HashMap<>();
        groups.forEach((name, group) -> {
            for (long minute : group.minutes(fromMinute, toMinute)) {
                Map<String, Long> measures = group.measures(ts -> ts / 60_000 == minute / 60_000);
                measures.keySet().retainAll(MeasureNames.HISTORY);
                if (measures.values().stream().anyMatch(value -> value != 0)) {
                    history.computeIfAbsent(name, n -> new HashMap<>()).put(minute, measures);
                }
            }
        });
        return history;
    }

    @Override
    public Map<String, Map<String, Long>> total() {
        Map<String, Map<String, Long>> totals = new HashMap<>();
        groups.forEach((name, group) -> {
            Map<String, Long> measures = group.measures(ts -> true);
            measures.put(
                    "ordersCancelled",
                    group.count(group.orders, o -> o.happened(EventType.ORDER_CANCELLED, ts -> true)));
            measures.keySet().retainAll(MeasureNames.TOTAL);
            totals.put(name, measures);
        });
        return totals;
    }

    private static boolean isCustomer(GroupEvent event) {
        return event.role() == null || event.role() == Role.CUSTOMER;
    }

    private static boolean isTouch(GroupEvent event) {
        return event.type() == EventType.SHARE_OPENED || event.type() == EventType.PRODUCT_VIEWED;
    }

    /** The events of one group and the loops over them. */
    private static final class Group {

        private final List<GroupEvent> events;
        private final List<GroupEvent> acts;
        private final List<NaiveOrder> orders;

        Group(List<GroupEvent> events) {
            this.events = events;
            acts = events.stream().filter(e -> !takenBack(e)).toList();
            orders = orders();
        }

        private boolean takenBack(GroupEvent message) {
            for (GroupEvent revoke : events) {
                long after = revoke.ts() - message.ts();
                if (message.type() == EventType.MESSAGE_SENT
                        && revoke.type() == EventType.MESSAGE_REVOKED
                        && revoke.source().equals(message.source())
                        && message.id().equals(revoke.target())
                        && 0 <= after
                        && after <= 2 * 60 * 1000) {
                    return true;
                }
            }
            return false;
        }

        private List<NaiveOrder> orders() {
            Map<List<String>, List<GroupEvent>> byKey = new HashMap<>();
            for (GroupEvent event : events) {
                String order = event.order();
                if (order != null) {
                    byKey.computeIfAbsent(List.of(event.source(), order), k -> new ArrayList<>())
                            .add(event);
                }
            }
            byKey.values()
                    .forEach(its ->
                            its.sort(Comparator.comparingLong(GroupEvent::ts).thenComparing(GroupEvent::id)));
            return byKey.values().stream().map(NaiveOrder::new).toList();
        }

        Map<String, Long> measures(LongPredicate when) {
            Map<String, Long> m = new HashMap<>();
            putCounts(m, when);
            putPeople(m, when);
            putOrders(m, when);
            return m;
        }

        private void putCounts(Map<String, Long> m, LongPredicate when) {
            m.put("messages", acts(EventType.MESSAGE_SENT, when));
            m.put("interactions", count(acts, e -> INTERACTIONS.contains(e.type()) && when.test(e.ts())));
            m.put("joins", acts(EventType.MEMBER_JOINED, when));
            m.put("leaves", acts(EventType.MEMBER_LEFT, when));
            m.put("shares", acts(EventType.SHARE_POSTED, when));
            m.put("touches", count(acts, e -> isTouch(e) && when.test(e.ts())));
            m.put("carts", acts(EventType.CART_ADDED, when));
            m.put("chainEntries", acts(EventType.CHAIN_JOINED, when) + newChainLines(when));
        }

        private void putPeople(Map<String, Long> m, LongPredicate when) {
            m.put("speakers", customers(e -> e.type() == EventType.MESSAGE_SENT && when.test(e.ts())));
            m.put("active", customers(e -> INTERACTIONS.contains(e.type()) && when.test(e.ts())));
            m.put("touched", customers(e -> isTouch(e) && when.test(e.ts())));
            m.put("carted", customers(e -> e.type() == EventType.CART_ADDED && when.test(e.ts())));
            Set<String> created = ordering(EventType.ORDER_CREATED, when, NaiveMeasures::isCustomer);
            Set<String> paid = ordering(EventType.ORDER_PAID, when, NaiveMeasures::isCustomer);
            m.put("paid", (long) paid.size());
            paid.addAll(created);
            m.put("ordered", (long) paid.size());
            m.put("buyers", (long)
                    ordering(EventType.ORDER_PAID, when, e -> true).size());
        }

        private void putOrders(Map<String, Long> m, LongPredicate when) {
            EventType created = EventType.ORDER_CREATED;
            EventType paid = EventType.ORDER_PAID;
            long gmvPaid = sum(paid, when);
            long refunds = 0;
            long givenBack = 0;
            for (NaiveOrder order : orders) {
                refunds += order.refunded(when);
                givenBack += order.givenBack(when);
            }
            m.put("ordersCreated", count(orders, o -> o.happened(created, when)));
            m.put("ordersPaid", count(orders, o -> o.happened(paid, when)));
            m.put("gmvCreated", sum(created, when));
            m.put("gmvPaid", gmvPaid);
            m.put("refunds", refunds);
            m.put("gmvNet", gmvPaid - refunds - givenBack);
            m.put("unpriced", count(orders, o -> o.happened(paid, when) && !o.priced(paid)));
            m.put("unpaid", count(orders, o -> o.happened(created, when) && o.unpaid()));
            m.put("pricedPaid", count(orders, o -> o.happened(paid, when) && o.priced(paid)));
        }

        private long sum(EventType type, LongPredicate when) {
            return orders.stream()
                    .filter(o -> o.happened(type, when))
                    .mapToLong(o -> o.amount(type))
                    .sum();
        }

        /** Lines that no earlier post of the same list has. */
        private long newChainLines(LongPredicate when) {
            Map<List<Long>, Long> firstSeen = new HashMap<>();
            for (GroupEvent event : events) {
                var chain = event.chain();
                if (event.type() == EventType.CHAIN_POSTED && chain != null) {
                    chain.lines().forEach(line -> firstSeen.merge(List.of(chain.head(), line), event.ts(), Math::min));
                }
            }
            return firstSeen.values().stream().filter(when::test).count();
        }

        Map<String, Long> conversion(String name, LongPredicate when, long t, long a) {
            Set<String> touched = new HashSet<>();
            Set<String> converted = new HashSet<>();
            for (GroupEvent touch : events) {
                if (isTouch(touch) && isCustomer(touch) && when.test(touch.ts())) {
                    String member = Objects.requireNonNull(touch.member());
                    touched.add(member);
                    if (paidBetween(member, touch.ts(), Math.min(touch.ts() + a, t))) {
                        converted.add(member);
                    }
                }
            }
            return Map.of(name + "Num", (long) converted.size(), name + "Den", (long) touched.size());
        }

        private boolean paidBetween(String member, long from, long to) {
            return orders.stream()
                    .filter(o -> o.happened(EventType.ORDER_PAID, p -> from <= p && p <= to))
                    .map(o -> o.first(EventType.ORDER_PAID))
                    .anyMatch(paid -> isCustomer(paid) && member.equals(paid.member()));
        }

        long members() {
            Set<String> in = new HashSet<>();
            for (GroupEvent event : events) {
                String member = event.member();
                if (member != null && isSign(event) && !leftSince(member, event.ts())) {
                    in.add(member);
                }
            }
            return in.size();
        }

        private static boolean isSign(GroupEvent event) {
            return isCustomer(event)
                    && event.type() != EventType.MEMBER_LEFT
                    && event.type() != EventType.SOURCE_HEARTBEAT;
        }

        private boolean leftSince(String member, long ts) {
            return events.stream()
                    .anyMatch(e -> e.type() == EventType.MEMBER_LEFT && member.equals(e.member()) && e.ts() >= ts);
        }

        Set<Long> minutes(long from, long to) {
            Set<Long> minutes = new TreeSet<>();
            for (GroupEvent event : events) {
                long minute = event.ts() - event.ts() % 60_000;
                if (from <= minute && minute < to) {
                    minutes.add(minute);
                }
            }
            return minutes;
        }

        private long acts(EventType type, LongPredicate when) {
            return count(acts, e -> e.type() == type && when.test(e.ts()));
        }

        private long customers(Predicate<GroupEvent> act) {
            return acts.stream()
                    .filter(act)
                    .filter(NaiveMeasures::isCustomer)
                    .map(GroupEvent::member)
                    .distinct()
                    .count();
        }

        private Set<String> ordering(EventType type, LongPredicate when, Predicate<GroupEvent> who) {
            Set<String> members = new HashSet<>();
            for (NaiveOrder order : orders) {
                if (order.happened(type, when) && who.test(order.first(type))) {
                    members.add(Objects.requireNonNull(order.first(type).member()));
                }
            }
            return members;
        }

        <X> long count(List<X> things, Predicate<X> which) {
            return things.stream().filter(which).count();
        }
    }
}
