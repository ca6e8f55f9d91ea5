package io.grouppulse.publish.query;

import static io.grouppulse.oracle.EventBuilder.event;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.oracle.EventBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Nine days of a few groups, and who is in them when. */
final class ToldPeople {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;
    static final long NOON = Instant.parse("2026-11-11T04:00:00Z").toEpochMilli();
    static final int CAPACITY = 400;

    private ToldPeople() {}

    /** Nine days in which a few people bring many, who talk, claim, buy, and often go. */
    static List<GroupEvent> history(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<GroupEvent> told = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            long ts = NOON - random.nextLong(8 * DAY + 11 * HOUR);
            String group = "g" + random.nextInt(3);
            String member = "m" + random.nextInt(250);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> told.add(join(ts, "j" + i, group, member, random));
                case 4 ->
                    told.add(by(EventType.MEMBER_LEFT, ts, "l" + i, group, member)
                            .build());
                case 5 ->
                    told.add(by(EventType.COUPON_CLAIMED, ts, "c" + i, group, member)
                            .build());
                case 6 ->
                    told.add(by(EventType.ORDER_PAID, ts, "p" + i, group, member)
                            .order("o" + i)
                            .build());
                default ->
                    told.add(by(EventType.MESSAGE_SENT, ts, "t" + i, group, member)
                            .build());
            }
        }
        for (int i = 0; i < 40; i++) {
            told.add(join(NOON - random.nextLong(2 * HOUR), "n" + i, "g0", "new" + i, random));
        }
        tellFew(told);
        told.sort(Comparator.comparingLong(GroupEvent::ts));
        return told;
    }

    /**
     * A silent group of 19; and one that has 20, then 25: on one day many talk and one is loud, on the next just five talk
     * alike, on the last five unalike.
     */
    private static void tellFew(List<GroupEvent> told) {
        for (int i = 0; i < 19; i++) {
            told.add(by(EventType.MEMBER_JOINED, NOON - 4 * DAY + i, "s" + i, "silent", "silent" + i)
                    .build());
        }
        for (int i = 0; i < 25; i++) {
            told.add(by(EventType.MEMBER_JOINED, NOON - (i < 20 ? 4 : 3) * DAY + i, "f" + i, "few", "few" + i)
                    .build());
        }
        long at = NOON - 2 * DAY;
        for (int i = 0; i < 39; i++) {
            told.add(by(EventType.MESSAGE_SENT, at + i, "f1-" + i, "few", "few" + Math.max(0, i - 29))
                    .build());
        }
        for (int i = 0; i < 5; i++) {
            told.add(by(EventType.MESSAGE_SENT, at + DAY + i, "f2-" + i, "few", "few" + i)
                    .build());
        }
        for (int i = 0; i < 21; i++) {
            told.add(by(EventType.MESSAGE_SENT, at + 2 * DAY - HOUR + i, "f3-" + i, "few", "few" + i / 5)
                    .build());
        }
    }

    private static GroupEvent join(long ts, String id, String group, String member, SplittableRandom random) {
        @Nullable String inviter = switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "m" + random.nextInt(5);
            default -> "hub";
        };
        @Nullable String channel = random.nextInt(3) == 0 ? null : "channel" + random.nextInt(3);
        return by(EventType.MEMBER_JOINED, ts, id, group, member)
                .inviter(inviter)
                .channel(channel)
                .build();
    }

    private static EventBuilder by(EventType type, long ts, String id, String group, String member) {
        return event(type, ts, id).group(group).member(member);
    }

    /** The groups; one of them has a capacity. */
    static void register(ServedHistory served) throws Exception {
        served.put("groups/g0", "{\"orgs\":[\"bbg/a\"],\"capacity\":" + CAPACITY + "}");
        served.put("groups/g1", "{\"orgs\":[\"bbg/b\"]}");
        served.put("groups/g2", "{\"orgs\":[\"bbg/b\"]}");
        served.put("groups/few", "{\"orgs\":[\"bbg/b\"]}");
        served.put("groups/silent", "{\"orgs\":[\"bbg/b\"]}");
    }

    static Predicate<String> groupsOf(String scope) {
        return group -> scope.equals("org:bbg") || scope.equals("group:" + group);
    }

    static List<GroupEvent> within(List<GroupEvent> some, EventType type, long from, long to) {
        return some.stream()
                .filter(event -> event.type() == type && event.ts() >= from && event.ts() < to)
                .toList();
    }

    static Set<String> membersAt(List<GroupEvent> some, long moment) {
        Map<String, Long> seen = new TreeMap<>();
        Map<String, Long> left = new HashMap<>();
        for (GroupEvent event : some) {
            if (event.ts() <= moment) {
                (event.type() == EventType.MEMBER_LEFT ? left : seen).merge(membership(event), event.ts(), Math::max);
            }
        }
        seen.entrySet().removeIf(one -> left.getOrDefault(one.getKey(), Long.MIN_VALUE) >= one.getValue());
        return seen.keySet();
    }

    static String membership(GroupEvent event) {
        return event.group() + "/" + event.member();
    }

    static List<GroupEvent> invited(List<GroupEvent> joins) {
        return joins.stream()
                .filter(join -> join.inviter() != null && !join.inviter().equals(join.member()))
                .toList();
    }

    /** How many of these joins were not followed by a leave of the same member within a day. */
    static long stayed(List<GroupEvent> all, List<GroupEvent> joins) {
        return joins.stream()
                .filter(join -> within(all, EventType.MEMBER_LEFT, join.ts(), join.ts() + DAY).stream()
                        .noneMatch(left -> membership(left).equals(membership(join))))
                .count();
    }

    static LocalDate dayOf(long ts) {
        return Instant.ofEpochMilli(ts).atZone(ZONE).toLocalDate();
    }

    static long startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }
}
