package io.grouppulse.publish.query;

import static io.grouppulse.oracle.EventBuilder.event;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.oracle.EventBuilder;
import io.grouppulse.oracle.NaiveLedger.Payment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Two sales of 70 minutes, the second compared with the first, and what is done in their groups meanwhile. */
final class ToldSale {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long SECOND = 1_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    /** Ten in the morning in Shanghai, and two days before. */
    static final long TEN = Instant.parse("2026-11-11T02:00:00Z").toEpochMilli();

    static final long EARLIER = TEN - 2 * DAY;
    static final long LENGTH = 2 * HOUR;

    static final List<EventType> ACTIONS = List.of(
            EventType.SHARE_POSTED,
            EventType.FLASH_STARTED,
            EventType.FLASH_ENDED,
            EventType.BROADCAST_SENT,
            EventType.LIVE_ENDED);

    private static final List<EventType> ACTS = List.of(
            EventType.MEMBER_JOINED,
            EventType.MEMBER_LEFT,
            EventType.SHARE_OPENED,
            EventType.PRODUCT_VIEWED,
            EventType.CART_ADDED,
            EventType.MESSAGE_SENT,
            EventType.GROUPBUY_OPENED,
            EventType.GROUPBUY_OPENED,
            EventType.GROUPBUY_JOINED,
            EventType.GROUPBUY_FORMED,
            EventType.GROUPBUY_FAILED);

    private ToldSale() {}

    /** Both sales, in the order in which everything happened. */
    static List<GroupEvent> history(long seed) {
        List<GroupEvent> events = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        tell(EARLIER, "then", random, events);
        tell(TEN, "now", random, events);
        events.sort(Comparator.comparingLong(GroupEvent::ts));
        return events;
    }

    /** A sale of 70 minutes: a drizzle of orders of many items, and showers after what operators do. */
    private static void tell(long start, String which, SplittableRandom random, List<GroupEvent> events) {
        for (int i = 0; i < 90; i++) {
            order(start + random.nextLong(70 * MINUTE), which + "-" + i, random, events);
        }
        for (int i = 0; i < 150; i++) {
            EventType type = ACTS.get(random.nextInt(ACTS.size()));
            events.add(event(type, start + random.nextLong(-30 * MINUTE, 70 * MINUTE), which + "-t" + i)
                    .group("g" + random.nextInt(4))
                    .member(type.needsMember() ? "m" + random.nextInt(80) : null)
                    .share("s1")
                    .item(which + "-tea" + random.nextInt(2), 1)
                    .build());
        }
        for (int shower = 0; shower < 5; shower++) {
            long at = start + random.nextLong(68 * MINUTE);
            EventType type = ACTIONS.get(random.nextInt(ACTIONS.size()));
            EventBuilder act = event(type, at, which + "-a" + shower)
                    .group("g" + random.nextInt(4))
                    .item("sku" + shower, 1);
            if (type == EventType.SHARE_POSTED) {
                act.share("s" + shower);
            }
            events.add(act.build());
            for (int i = random.nextInt(5, 50); i > 0; i--) {
                long paid = at + random.nextLong(-2 * SECOND, 80 * SECOND);
                order(Math.max(start, paid), which + "-" + shower + "-" + i, random, events);
            }
        }
    }

    private static void order(long ts, String id, SplittableRandom random, List<GroupEvent> events) {
        String group = "g" + random.nextInt(4);
        String member = "m" + random.nextInt(60);
        EventBuilder paid = step(EventType.ORDER_PAID, ts, "p" + id, group, member, id);
        if (random.nextInt(8) > 0) {
            int sku = random.nextInt(1, 130);
            paid.item("sku" + sku * sku / 130, 1);
        }
        if (random.nextInt(10) > 0) {
            paid.amount(random.nextInt(5_000));
        }
        events.add(paid.build());
        if (random.nextInt(8) == 0) {
            events.add(step(EventType.ORDER_REFUNDED, ts + random.nextLong(MINUTE), "r" + id, group, member, id)
                    .amount(random.nextInt(3_000))
                    .build());
        }
        if (random.nextInt(12) == 0) {
            events.add(step(EventType.ORDER_CANCELLED, ts + random.nextLong(MINUTE), "c" + id, group, member, id)
                    .build());
        }
    }

    private static EventBuilder step(EventType type, long ts, String id, String group, String member, String order) {
        return event(type, ts, id).group(group).member(member).order(order);
    }

    /** Serves the events to four groups and two campaigns, of which {@code new} is compared with {@code old}. */
    static ServedHistory serve(Path dir, List<GroupEvent> events, long seed) throws Exception {
        ServedHistory served = ServedHistory.start(dir);
        for (int i = 0; i < 4; i++) {
            String org = i % 2 == 0 ? "a" : "b";
            served.put("groups/g" + i, "{\"name\":\"n%d\",\"orgs\":[\"bbg/%s\"]}".formatted(i, org));
        }
        plan(served, "old", EARLIER, "");
        plan(served, "new", TEN, ",\"targets\":{\"gmv\":900000,\"orders\":500},\"compareTo\":\"old\"");
        served.take(events, seed);
        return served;
    }

    private static void plan(ServedHistory served, String id, long from, String more) throws Exception {
        served.put(
                "campaigns/" + id,
                "{\"name\":\"n\",\"org\":\"bbg\",\"from\":%d,\"to\":%d%s}".formatted(from, from + LENGTH, more));
    }

    /** The people who paid; one who paid in two groups is two where memberships are counted. */
    static long people(List<Payment> payments, boolean memberships) {
        return payments.stream()
                .map(payment -> memberships ? payment.group() + " " + payment.member() : payment.member())
                .distinct()
                .count();
    }
}
