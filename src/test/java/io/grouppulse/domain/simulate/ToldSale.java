package io.grouppulse.domain.simulate;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.rain.RainEpisode;
import io.grouppulse.domain.rain.RainEpisodes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a demo that starts at some moment has told by T, and what that makes of the root's measures, by plain loops. */
final class ToldSale {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long ATTRIBUTION = 30 * MINUTE;
    private static final int[] SLOTS = {10, 12, 15, 18};

    private final SaleSimulator sale;
    private final List<Told> events = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, Long> lastSeen = new HashMap<>();
    private final Map<Integer, Long> lastLeft = new HashMap<>();
    private final Map<String, List<GroupEvent>> touches = new HashMap<>();
    private final Map<String, String> groupOfOrder = new HashMap<>();
    private long capacity;
    private long t;

    /**
     * An event where it counts.
     *
     * @param group empty if it counts nowhere
     * @param who number of the membership, {@code person} of the member
     * @param customer whether it is one
     */
    private record Told(
            EventType type,
            long ts,
            String group,
            int who,
            int person,
            boolean customer,
            @Nullable String inviter) {}

    /** @param start when the demo starts, epoch milliseconds */
    ToldSale(int groups, int members, long seed, long start) {
        sale = new SaleSimulator(
                SimulationSettings.show(groups, members, seed, start).in(ZONE).withPastAt(start));
        sale.profiles().forEach(profile -> capacity += profile.capacity());
        sale.rosters()
                .forEach(roster -> roster.members().stream()
                        .filter(entry -> entry.role() == Role.CUSTOMER)
                        .forEach(entry -> lastSeen.put(membership(roster.group(), entry.member()), roster.ts())));
        t = start - 1;
    }

    /** Lets it tell on; T is then the last millisecond before {@code moment}. */
    ToldSale until(long moment) {
        sale.advanceTo(moment, simulated -> take(simulated.event()));
        t = moment - 1;
        return this;
    }

    /** Each measure by the name that it has among the bands. */
    Map<String, Double> measures() {
        Map<String, Double> values = new TreeMap<>();
        LocalDate yesterday = today().minusDays(1);
        values.put("stickiness of yesterday", stickiness(yesterday));
        values.put("stickiness of today", stickiness(today()));
        double members = members().cardinality();
        values.put("fill", members / capacity);
        values.put("retention after 1 day", retention(1));
        values.put("retention after 7 days", retention(7));
        long since = startOf(yesterday);
        values.put(
                "joins per leave",
                (double) events(EventType.MEMBER_JOINED, since, startOf(today()))
                        / events(EventType.MEMBER_LEFT, since, startOf(today())));
        values.put("K of yesterday", kFactor(yesterday));
        values.put("conversion of 24 h", conversion(endOfSlice(10 * MINUTE) - DAY, t + 1));
        long end = endOfSlice(SECOND) - ATTRIBUTION;
        values.put("matured conversion of 5 min", conversion(end - 5 * MINUTE, end));
        values.put(
                "activeness of 5 min",
                distinct(endOfSlice(SECOND) - 5 * MINUTE, t + 1, EventType::isInteraction, Told::who)
                                .cardinality()
                        / members);
        BitSet lurkers = members();
        lurkers.andNot(distinct(0, t + 1, type -> type == EventType.MESSAGE_SENT, Told::who));
        values.put("lurkers since the start", lurkers.cardinality() / members);
        LocalDate monday = yesterday.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        values.put("repurchase of yesterday's week", repurchase(startOf(monday), startOf(monday.plusWeeks(1))));
        LocalDate first = yesterday.withDayOfMonth(1);
        values.put("repurchase of yesterday's month", repurchase(startOf(first), startOf(first.plusMonths(1))));
        values.put("gifts that sold", giftConversion(t - 7 * DAY));
        slots(yesterday, values);
        List<RainEpisode> rain = rain();
        values.put("rains that ended", (double)
                rain.stream().filter(one -> !one.isOpen()).count());
        values.put(
                "minutes of the longest rain",
                rain.stream().mapToDouble(this::minutes).max().orElse(0));
        return values;
    }

    private List<RainEpisode> rain() {
        Map<Long, Long> bySecond = new TreeMap<>();
        for (Told event : events) {
            if (event.type == EventType.ORDER_PAID && !event.group.isEmpty()) {
                bySecond.merge(Math.floorDiv(event.ts, SECOND) * SECOND, 1L, Long::sum);
            }
        }
        return RainEpisodes.find(bySecond, t - DAY, t);
    }

    private double minutes(RainEpisode rain) {
        return ((rain.isOpen() ? t : rain.end()) - rain.start()) / (double) MINUTE;
    }

    private void take(GroupEvent event) {
        String group = event.group();
        if (event.type().isTouch()) {
            touches.computeIfAbsent(event.member() + "", member -> new ArrayList<>())
                    .add(event);
        } else if (event.type().isOrder() && group.isEmpty()) {
            group = groupOfOrder.computeIfAbsent(event.order() + "", order -> attributed(event));
        }
        if (event.member() != null) {
            int who = membership(group, event.member());
            boolean customer = event.role() == null;
            events.add(
                    new Told(event.type(), event.ts(), group, who, number(event.member()), customer, event.inviter()));
            if (customer && !group.isEmpty()) {
                (event.type() == EventType.MEMBER_LEFT ? lastLeft : lastSeen).merge(who, event.ts(), Math::max);
            }
        }
    }

    private String attributed(GroupEvent order) {
        Set<String> opened = new HashSet<>();
        Set<String> touched = new HashSet<>();
        for (GroupEvent touch : touches.getOrDefault(order.member() + "", List.of())) {
            if (touch.ts() >= order.ts() - ATTRIBUTION) {
                touched.add(touch.group());
            }
            if (touch.type() == EventType.SHARE_OPENED
                    && touch.ts() >= order.ts() - DAY
                    && (touch.share() + "").equals(order.share())) {
                opened.add(touch.group());
            }
        }
        Set<String> found = opened.isEmpty() ? touched : opened;
        return found.size() == 1 ? found.iterator().next() : "";
    }

    private double stickiness(LocalDate day) {
        long end = Math.min(startOf(day.plusDays(1)), t + 1);
        double people = distinct(startOf(day), end, EventType::isInteraction, Told::person)
                .cardinality();
        return people
                / distinct(startOf(day.minusDays(6)), end, EventType::isInteraction, Told::person)
                        .cardinality();
    }

    private double retention(int days) {
        long from = startOf(today().minusDays(days));
        BitSet joined = distinct(from, from + DAY, type -> type == EventType.MEMBER_JOINED, Told::who);
        double all = joined.cardinality();
        joined.and(members());
        return joined.cardinality() / all;
    }

    private double kFactor(LocalDate day) {
        Map<Integer, List<Long>> leaves = new HashMap<>();
        Set<String> inviters = new HashSet<>();
        events.stream()
                .filter(event -> event.type == EventType.MEMBER_LEFT)
                .forEach(left -> leaves.computeIfAbsent(left.who, who -> new ArrayList<>())
                        .add(left.ts));
        double stayed = 0;
        for (Told join : events) {
            if (join.type == EventType.MEMBER_JOINED
                    && join.inviter != null
                    && join.ts >= startOf(day)
                    && join.ts < startOf(day) + DAY) {
                inviters.add(join.inviter);
                boolean left = leaves.getOrDefault(join.who, List.of()).stream()
                        .anyMatch(ts -> ts >= join.ts && ts < join.ts + DAY);
                stayed += left ? 0 : 1;
            }
        }
        return stayed / inviters.size();
    }

    private double conversion(long from, long to) {
        Map<Integer, List<Long>> paid = new HashMap<>();
        events.stream()
                .filter(event -> event.type == EventType.ORDER_PAID)
                .forEach(event -> paid.computeIfAbsent(event.who, who -> new ArrayList<>())
                        .add(event.ts));
        BitSet touched = new BitSet();
        BitSet converted = new BitSet();
        for (Told touch : events) {
            if (touch.type.isTouch() && touch.ts >= from && touch.ts < to) {
                touched.set(touch.who);
                if (paid.getOrDefault(touch.who, List.of()).stream()
                        .anyMatch(ts -> ts >= touch.ts && ts <= touch.ts + ATTRIBUTION)) {
                    converted.set(touch.who);
                }
            }
        }
        return converted.cardinality() / (double) touched.cardinality();
    }

    private double repurchase(long from, long to) {
        Map<Integer, Integer> orders = new HashMap<>();
        paid(from, to).forEach(order -> orders.merge(order.person, 1, Integer::sum));
        return orders.values().stream().filter(count -> count > 1).count() / (double) orders.size();
    }

    private double giftConversion(long from) {
        Map<Integer, Long> claimed = new HashMap<>();
        Set<Integer> bought = new HashSet<>();
        for (Told event : events) {
            if (event.type == EventType.ORDER_PAID) {
                if (claimed.getOrDefault(event.who, Long.MAX_VALUE) <= event.ts) {
                    bought.add(event.who);
                }
            } else if (event.ts >= from
                    && (event.type == EventType.COUPON_CLAIMED || event.type == EventType.REDPACKET_CLAIMED)) {
                claimed.putIfAbsent(event.who, event.ts);
            }
        }
        return bought.size() / (double) claimed.size();
    }

    private void slots(LocalDate day, Map<String, Double> values) {
        for (int hour : SLOTS) {
            long from = startOf(day) + hour * HOUR;
            List<Told> orders = paid(from, from + 2 * HOUR);
            Set<Integer> regulars = new HashSet<>();
            for (int back = 1; back <= 8; back++) {
                paid(from - back * DAY, from - back * DAY + 2 * HOUR).forEach(order -> regulars.add(order.person));
            }
            Set<Integer> buyers = new HashSet<>();
            orders.forEach(order -> buyers.add(order.person));
            double inFirst =
                    orders.stream().filter(order -> order.ts < from + MINUTE).count();
            extremes(values, "first-minute share", inFirst / orders.size());
            extremes(
                    values,
                    "habit share",
                    buyers.stream().filter(regulars::contains).count() / (double) buyers.size());
        }
    }

    private static void extremes(Map<String, Double> values, String name, double value) {
        values.merge("least " + name, value, Math::min);
        values.merge("most " + name, value, Math::max);
    }

    private List<Told> paid(long from, long to) {
        return events.stream()
                .filter(event -> event.type == EventType.ORDER_PAID
                        && event.ts >= from
                        && event.ts < to
                        && !event.group.isEmpty())
                .toList();
    }

    private long events(EventType type, long from, long to) {
        return events.stream()
                .filter(event -> event.type == type && event.ts >= from && event.ts < to)
                .count();
    }

    private BitSet distinct(long from, long to, Predicate<EventType> kind, Function<Told, Integer> of) {
        BitSet distinct = new BitSet();
        for (Told event : events) {
            if (event.customer
                    && event.ts >= from
                    && event.ts < to
                    && !event.group.isEmpty()
                    && kind.test(event.type)) {
                distinct.set(of.apply(event));
            }
        }
        return distinct;
    }

    private BitSet members() {
        BitSet members = new BitSet();
        lastSeen.forEach((who, seen) -> members.set(who, seen > lastLeft.getOrDefault(who, -1L)));
        return members;
    }

    private int membership(String group, String member) {
        return number(group + " " + member);
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, unknown -> numbers.size());
    }

    private long endOfSlice(long width) {
        return Math.floorDiv(t, width) * width + width;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(t), ZONE);
    }

    private static long startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }
}
