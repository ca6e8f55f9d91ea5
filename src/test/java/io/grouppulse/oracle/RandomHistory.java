package io.grouppulse.oracle;

import static io.grouppulse.oracle.EventBuilder.event;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Random events of a few groups and members around a midnight in Shanghai, told as little stories that collide with one
 * another and sit on every edge; the same seed gives the same events. Every order names its group.
 */
public final class RandomHistory {

    /** The midnight in the middle of every history. */
    public static final long MIDNIGHT = Instant.parse("2026-11-10T16:00:00Z").toEpochMilli();

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private static final List<EventType> SIMPLE = List.of(
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
            EventType.CART_ADDED);

    private static final List<EventType> OF_NOBODY = List.of(
            EventType.GROUPBUY_FORMED,
            EventType.GROUPBUY_FAILED,
            EventType.SHARE_POSTED,
            EventType.BROADCAST_SENT,
            EventType.REDPACKET_SENT,
            EventType.FLASH_STARTED,
            EventType.FLASH_ENDED,
            EventType.LIVE_STARTED,
            EventType.LIVE_ENDED,
            EventType.SOURCE_HEARTBEAT);

    private static final List<String> SOURCES = List.of("wecom", "shop");

    /**
     * How large a history is.
     *
     * @param events at least so many
     * @param start earliest time of an event
     * @param end latest time of an event
     */
    public record Shape(int events, int groups, int members, long start, long end) {

        /** A history small enough for quadratic checks: minutes, hours or more than a day long. */
        public static Shape small(long seed) {
            long half = List.of(5 * MINUTE, 90 * MINUTE, 16 * HOUR).get((int) Math.floorMod(seed, 3L));
            return new Shape(60 + (int) Math.floorMod(seed, 90L), 2, 4, MIDNIGHT - half, MIDNIGHT + half);
        }

        /** A history of so many events in a few groups, over a day and a half. */
        public static Shape large(int events) {
            return new Shape(events, 6, 40, MIDNIGHT - 18 * HOUR, MIDNIGHT + 18 * HOUR);
        }
    }

    private final SplittableRandom random;
    private final OracleSettings settings;
    private final Shape shape;
    private final List<GroupEvent> events = new ArrayList<>();
    private int nextId;
    private int nextOrder;

    private RandomHistory(long seed, OracleSettings settings, Shape shape) {
        this.random = new SplittableRandom(seed);
        this.settings = settings;
        this.shape = shape;
    }

    /** A small history, sorted by time. */
    public static List<GroupEvent> of(long seed, OracleSettings settings) {
        return of(seed, settings, Shape.small(seed));
    }

    /** A history of this shape, sorted by time; edges are those of the windows and the conversion window given. */
    public static List<GroupEvent> of(long seed, OracleSettings settings, Shape shape) {
        RandomHistory history = new RandomHistory(seed, settings, shape);
        while (history.events.size() < shape.events()) {
            history.tell();
        }
        history.events.sort(Comparator.comparingLong(GroupEvent::ts));
        return List.copyOf(history.events);
    }

    /** Times at which measures are worth a look: the last event, edges of slices and days, an instant to either side. */
    public static List<Long> instants(List<GroupEvent> events, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long last = events.stream().mapToLong(GroupEvent::ts).max().orElse(MIDNIGHT);
        TreeSet<Long> instants = new TreeSet<>(List.of(last));
        long[] units = {1, SECOND, 10 * SECOND, MINUTE, 10 * MINUTE};
        while (instants.size() < count) {
            long ts = events.get(random.nextInt(events.size())).ts();
            long unit = units[random.nextInt(units.length)];
            instants.add((random.nextInt(5) == 0 ? MIDNIGHT : ts / unit * unit) + random.nextInt(-1, 2));
        }
        return List.copyOf(instants);
    }

    private void tell() {
        switch (random.nextInt(10)) {
            case 0, 1 -> talk();
            case 2 -> comeAndGo();
            case 3, 4 -> act();
            case 5, 6 -> shop();
            case 7 -> confusedOrder();
            case 8 -> chain();
            default -> operate();
        }
    }

    private void talk() {
        String group = group();
        long ts = moment();
        String id = id();
        String source = source();
        add(person(EventType.MESSAGE_SENT, ts, id, group).source(source));
        if (random.nextInt(5) == 0) {
            String other = source.equals(SOURCES.get(0)) ? SOURCES.get(1) : SOURCES.get(0);
            add(person(EventType.MESSAGE_SENT, moment(), id, group).source(other));
        }
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            long after = oneOf(-1L, 0L, 1L, MINUTE, 2 * MINUTE - 1, 2 * MINUTE, 2 * MINUTE + 1, 5 * MINUTE);
            String target = random.nextInt(6) == 0 ? "unknown" : id;
            add(person(EventType.MESSAGE_REVOKED, ts + after, id(), group)
                    .source(random.nextInt(6) == 0 ? source() : source)
                    .target(target));
        }
    }

    private void comeAndGo() {
        String group = group();
        String member = member();
        long ts = moment();
        for (int i = random.nextInt(4); i >= 0; i--) {
            long at = ts + oneOf(0L, 0L, -1L, 1L, MINUTE);
            if (random.nextBoolean()) {
                add(event(EventType.MEMBER_JOINED, at, id())
                        .group(group)
                        .member(member)
                        .role(role())
                        .inviter(member())
                        .channel("field_promotion"));
            } else {
                add(event(EventType.MEMBER_LEFT, at, id())
                        .group(group)
                        .member(member)
                        .role(role())
                        .reason(oneOf("self", "removed")));
            }
        }
    }

    private void act() {
        for (int i = random.nextInt(3); i >= 0; i--) {
            EventType type = SIMPLE.get(random.nextInt(SIMPLE.size()));
            add(person(type, moment(), id(), group()).source(source()).item("sku" + random.nextInt(3), 1));
        }
    }

    /** A touch, a cart and an order whose payment sits on an edge of the conversion window. */
    private void shop() {
        long a = settings.conversionWindowMillis();
        String group = group();
        String order = order();
        String member = ownerOf(order);
        long touched = moment();
        EventType touch = oneOf(EventType.SHARE_OPENED, EventType.PRODUCT_VIEWED);
        add(by(member, touch, touched, group).share("s" + random.nextInt(3)).channel("group_share"));
        if (random.nextBoolean()) {
            add(by(member, EventType.CART_ADDED, touched + random.nextLong(a), group)
                    .item("sku", 2));
        }
        long paid = touched + oneOf(-1L, 0L, 1L, a - 1, a, a + 1, random.nextLong(2 * a));
        if (random.nextBoolean()) {
            add(step(member, EventType.ORDER_CREATED, paid - random.nextLong(MINUTE), group, order));
        }
        if (random.nextInt(5) > 0) {
            add(step(member, EventType.ORDER_PAID, paid, group, order));
        }
    }

    /** Any transitions any number of times at any times, each with an amount of its own or none. */
    private void confusedOrder() {
        String group = group();
        String order = order();
        String member = ownerOf(order);
        String source = source();
        long ts = moment();
        long spread = oneOf(2L, MINUTE, HOUR);
        for (EventType type : List.of(EventType.ORDER_CREATED, EventType.ORDER_PAID, EventType.ORDER_CANCELLED)) {
            for (int i = random.nextInt(4) - 1; i > 0; i--) {
                add(step(member, type, ts + random.nextLong(-spread, spread), group, order)
                        .source(source));
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            add(by(member, EventType.ORDER_REFUNDED, ts + random.nextLong(-spread, 2 * spread), group)
                    .order(order)
                    .source(source)
                    .amount(random.nextInt(150)));
        }
    }

    private void chain() {
        String group = group();
        List<Long> lines = new ArrayList<>();
        long head = random.nextInt(2);
        for (int i = random.nextInt(3); i >= 0; i--) {
            for (int j = random.nextInt(3); j > 0; j--) {
                lines.add((long) random.nextInt(12));
            }
            add(person(EventType.CHAIN_POSTED, moment(), id(), group)
                    .source(source())
                    .chain(head, lines.toArray(Long[]::new)));
        }
    }

    private void operate() {
        EventType type = OF_NOBODY.get(random.nextInt(OF_NOBODY.size()));
        EventBuilder act = event(type, moment(), id()).group(group()).source(source());
        if (type != EventType.SOURCE_HEARTBEAT && random.nextInt(3) == 0) {
            act.member(member()).role(role());
        }
        if (random.nextBoolean()) {
            act.item("sku" + random.nextInt(3), 1);
        }
        add(act.share("s" + random.nextInt(3)).campaign("double-eleven"));
    }

    private EventBuilder step(String member, EventType type, long ts, String group, String order) {
        EventBuilder step = by(member, type, ts, group).order(order);
        if (random.nextBoolean()) {
            step.item("sku" + random.nextInt(3), 1).share("s" + random.nextInt(3));
        }
        return random.nextInt(4) == 0 ? step : step.amount(random.nextInt(5) == 0 ? 0 : random.nextInt(1, 100));
    }

    private EventBuilder person(EventType type, long ts, String id, String group) {
        return event(type, ts, id).group(group).member(member()).role(role());
    }

    private EventBuilder by(String member, EventType type, long ts, String group) {
        return event(type, ts, id()).source("shop").group(group).member(member).role(role());
    }

    private void add(EventBuilder event) {
        events.add(event.build());
    }

    /** A time on some edge more often than not, or that of an event already told. */
    private long moment() {
        long any = random.nextLong(shape.start(), shape.end() + 1);
        return switch (random.nextInt(8)) {
            case 0 -> nudged(MIDNIGHT);
            case 1 -> nudged(any / SECOND * SECOND);
            case 2 -> nudged(any / MINUTE * MINUTE);
            case 3 -> nudged(any / (10 * MINUTE) * (10 * MINUTE));
            case 4 -> nudged(startOfSomeWindow());
            case 5 ->
                events.isEmpty()
                        ? any
                        : events.get(random.nextInt(events.size())).ts();
            default -> any;
        };
    }

    private long startOfSomeWindow() {
        long start = settings.windows()
                .get(random.nextInt(settings.windows().size()))
                .startAt(shape.end());
        return random.nextBoolean() ? start : start - settings.conversionWindowMillis();
    }

    private long nudged(long edge) {
        return Math.max(shape.start(), edge + random.nextInt(-1, 2));
    }

    private String group() {
        return "g" + random.nextInt(shape.groups());
    }

    private String member() {
        return "m" + random.nextInt(shape.members());
    }

    private String source() {
        return SOURCES.get(random.nextInt(SOURCES.size()));
    }

    private String id() {
        return "e" + nextId++;
    }

    /** A new order, or one that another source or group may know under the same id. */
    private String order() {
        return "o" + (random.nextInt(4) == 0 ? random.nextInt(nextOrder + 1) : nextOrder++);
    }

    /** An order is one person's, whatever else is said of it. */
    private String ownerOf(String order) {
        return "m" + Integer.parseInt(order.substring(1)) % shape.members();
    }

    private @Nullable Role role() {
        return random.nextInt(5) == 0 ? oneOf(Role.CUSTOMER, Role.STAFF, Role.LEADER, Role.BOT) : null;
    }

    @SafeVarargs
    private <X> X oneOf(X... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
