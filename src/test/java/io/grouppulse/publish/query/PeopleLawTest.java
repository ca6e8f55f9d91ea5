package io.grouppulse.publish.query;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.EventBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The people of a day and of fission as they are served, of events that come shuffled, some of them twice, over four shards
 * with a restart in the middle; held against plain loops over the events.
 */
class PeopleLawTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long NOON = Instant.parse("2026-11-11T04:00:00Z").toEpochMilli();
    private static final int CAPACITY = 400;

    private List<GroupEvent> events = List.of();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void people_shuffledDuplicatedShardedAndRestarted_areServedAsTheBatchSays(long seed, @TempDir Path dir)
            throws Exception {
        events = history(seed);
        long t = events.get(events.size() - 1).ts();
        LocalDate today = dayOf(t);
        try (ServedHistory served = ServedHistory.start(dir)) {
            served.put("groups/g0", "{\"orgs\":[\"bbg/a\"],\"capacity\":" + CAPACITY + "}");
            served.put("groups/g1", "{\"orgs\":[\"bbg/b\"]}");
            served.put("groups/g2", "{\"orgs\":[\"bbg/b\"]}");
            served.put("groups/few", "{\"orgs\":[\"bbg/b\"]}");
            served.put("groups/silent", "{\"orgs\":[\"bbg/b\"]}");
            served.take(events, seed);

            for (LocalDate day : List.of(today, today.minusDays(1))) {
                assertDay(served, "org:bbg", group -> true, day, t);
                assertDay(served, "group:g0", "g0"::equals, day, t);
            }
            JsonObject week = served.get("membership?scope=org:bbg")
                    .getJsonObject("retention")
                    .getJsonObject("d7");
            assertThat(week.getJsonObject("member").getLong("num")).isPositive();
            assertThat(served.get("membership?scope=group:g0").getLong("etaFull"))
                    .isNotNull();
            assertFission(served, t);
            assertPace(served, seed);
            assertHollow(served, today, t);
        }
    }

    /** Two days of a real channel, and the one in which it was not looked at. */
    @Test
    void people_ofARealChannel_areServedAsTheBatchSays(@TempDir Path dir) throws Exception {
        events = Datasets.ubuntuDisentangle().subList(1_216, 2_500);
        long t = events.get(events.size() - 1).ts();
        try (ServedHistory served = ServedHistory.start(dir)) {
            served.take(events, 4);

            assertDay(served, "org:", group -> true, dayOf(t), t);
            assertDay(served, "org:", group -> true, dayOf(t).minusDays(1), t);
            JsonObject next =
                    served.get("membership").getJsonObject("retention").getJsonObject("d1");
            assertThat(next.getJsonObject("member").getLong("num")).isPositive();
            assertThat(next.getJsonObject("active").getLong("num")).isPositive();
        }
    }

    /** Nine days in which a few people bring many, who talk, claim, buy, and often go. */
    private static List<GroupEvent> history(long seed) {
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

    private void assertDay(ServedHistory served, String scope, Predicate<String> isIn, LocalDate day, long t)
            throws Exception {
        JsonObject json = served.get("membership?scope=" + scope + "&day=" + day);
        long start = startOf(day);
        long end = Math.min(startOf(day.plusDays(1)), t + 1);
        List<GroupEvent> its =
                events.stream().filter(event -> isIn.test(event.group())).toList();
        List<GroupEvent> joins = within(its, EventType.MEMBER_JOINED, start, end);
        long leaves = within(its, EventType.MEMBER_LEFT, start, end).size();
        Set<String> members = membersAt(its, end - 1);
        List<GroupEvent> invited = invited(joins);
        Set<@Nullable String> inviters =
                invited.stream().map(GroupEvent::inviter).collect(Collectors.toSet());
        long limited =
                members.stream().filter(member -> member.startsWith("g0/")).count();
        long capacity = its.stream().anyMatch(event -> event.group().equals("g0")) ? CAPACITY : 0;
        long net = joins.size() - leaves;
        JsonObject expected = new JsonObject()
                .put("members", members.size())
                .put("joins", joins.size())
                .put("leaves", leaves)
                .put("joinLeave", ratio(joins.size(), leaves))
                .put("fill", ratio(limited, capacity))
                .put(
                        "etaFull",
                        scope.startsWith("org:") || net <= 0
                                ? null
                                : end + Math.round((CAPACITY - limited) * (double) (end - start) / net))
                .put("byChannel", byChannel(joins))
                .put("invites", invited.size())
                .put("inviters", inviters.size())
                .put("kFactor", ratio(stayed(invited), inviters.size()))
                .put("retention", retention(its, members, day, start, end));
        JsonObject told = new JsonObject();
        expected.fieldNames().forEach(name -> told.put(name, json.getValue(name)));
        assertThat(told).as("%s of %s", scope, day).isEqualTo(expected);
        JsonObject people = served.get("people?scope=" + scope + "&day=" + day);
        long dau = active(its, start, startOf(day.plusDays(1)), false).size();
        long wau = active(its, startOf(day.minusDays(6)), startOf(day.plusDays(1)), false)
                .size();
        assertThat(people.getLong("dau")).isEqualTo(dau);
        assertThat(people.getLong("wau")).isEqualTo(wau);
        assertThat(people.getJsonObject("stickiness")).isEqualTo(ratio(dau, wau));
    }

    private static JsonArray byChannel(List<GroupEvent> joins) {
        TreeMap<String, Long> sums = new TreeMap<>();
        joins.forEach(join -> sums.merge(Objects.requireNonNullElse(join.channel(), "unknown"), 1L, Long::sum));
        JsonArray rows = new JsonArray();
        sums.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(row ->
                        rows.add(new JsonObject().put("channel", row.getKey()).put("joins", row.getValue())));
        return rows;
    }

    private static JsonObject retention(
            List<GroupEvent> its, Set<String> members, LocalDate day, long start, long end) {
        Set<String> active = active(its, start, end, true);
        JsonArray decay = new JsonArray();
        for (int age = 1; age <= 7; age++) {
            LocalDate joined = day.minusDays(age);
            Set<String> cohort =
                    within(its, EventType.MEMBER_JOINED, startOf(joined), startOf(joined.plusDays(1))).stream()
                            .map(PeopleLawTest::membership)
                            .collect(Collectors.toSet());
            decay.add(new JsonObject()
                    .put("days", age)
                    .put("member", ratio(common(cohort, members), cohort.size()))
                    .put("active", ratio(common(cohort, active), cohort.size())));
        }
        return new JsonObject()
                .put("d1", without(decay.getJsonObject(0)))
                .put("d7", without(decay.getJsonObject(6)))
                .put("decay", decay);
    }

    private static JsonObject without(JsonObject row) {
        JsonObject copy = row.copy();
        copy.remove("days");
        return copy;
    }

    private static long common(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).count();
    }

    private void assertFission(ServedHistory served, long t) throws Exception {
        List<GroupEvent> invited = invited(within(events, EventType.MEMBER_JOINED, 0, t + 1));
        Map<String, List<GroupEvent>> byInviter = new HashMap<>();
        invited.forEach(join -> byInviter
                .computeIfAbsent(Objects.requireNonNull(join.inviter()), inviter -> new ArrayList<>())
                .add(join));
        JsonObject json = served.get("fission?scope=org:bbg&limit=1000");
        long rewards = 0;
        long largest = 0;
        for (List<GroupEvent> brought : byInviter.values()) {
            long stayed = stayed(brought);
            long reward = 0;
            for (long nth = 1; nth <= stayed; nth++) {
                reward += nth <= 100 ? 50 : 100;
            }
            rewards += reward;
            largest = Math.max(largest, reward);
        }
        assertThat(largest).as("more than a hundred brought").isGreaterThan(5_000);
        assertThat(json.getLong("invites")).isEqualTo(invited.size());
        assertThat(json.getLong("stayed")).isEqualTo(stayed(invited));
        assertThat(json.getLong("rewards")).isEqualTo(rewards);
        assertThat(json.getJsonObject("kFactor")).isEqualTo(ratio(stayed(invited), byInviter.size()));
        assertThat(json.getJsonArray("items")).hasSize(byInviter.size());
        assertThat(json.getJsonArray("items").getJsonObject(0).getLong("reward"))
                .isEqualTo(largest);
        JsonObject board = served.get("boards/referrers?window=24h&by=stayed&limit=1000");
        long end = t / (10 * 60_000) * (10 * 60_000) + 10 * 60_000;
        List<GroupEvent> ofADay = invited(within(events, EventType.MEMBER_JOINED, end - DAY, t + 1));
        assertThat(board.getJsonArray("items").stream()
                        .mapToLong(row -> ((JsonObject) row).getLong("stayed"))
                        .toArray())
                .isSortedAccordingTo(Comparator.<Long>naturalOrder().reversed())
                .containsExactlyInAnyOrder(ofADay.stream()
                        .collect(Collectors.groupingBy(join -> Objects.requireNonNull(join.inviter())))
                        .values()
                        .stream()
                        .mapToLong(this::stayed)
                        .toArray());
    }

    private static Predicate<String> groupsOf(String scope) {
        return group -> scope.equals("org:bbg") || scope.equals("group:" + group);
    }

    /** K, and how fast members double, of any stretch: at its pace twice as many are there so much later. */
    private void assertPace(ServedHistory served, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int grew = 0;
        int stood = 0;
        for (String scope : List.of("org:bbg", "group:g0", "group:g1", "group:few")) {
            List<GroupEvent> its = events.stream()
                    .filter(event -> groupsOf(scope).test(event.group()))
                    .toList();
            for (int i = 0; i < 6; i++) {
                long from = NOON - DAY - random.nextLong(6 * DAY);
                long to = from + 1 + random.nextLong(NOON - from - HOUR);
                String as = "%s from %d to %d".formatted(scope, from, to);
                JsonObject json = served.get("fission?scope=%s&from=%d&to=%d".formatted(scope, from, to));
                List<GroupEvent> invited = invited(within(its, EventType.MEMBER_JOINED, from, to));
                long inviters =
                        invited.stream().map(GroupEvent::inviter).distinct().count();
                long before = membersAt(its, from - 1).size();
                long after = membersAt(its, to - 1).size();
                assertThat(json.getJsonObject("kFactor")).as(as).isEqualTo(ratio(stayed(invited), inviters));
                assertThat(json.getJsonObject("growth")).as(as).isEqualTo(ratio(after, before));
                @Nullable Long doubling = json.getLong("doublingMillis");
                if (before == 0 || after <= before) {
                    assertThat(doubling).as(as).isNull();
                    stood++;
                } else {
                    double growth = (double) after / before;
                    double length = to - from;
                    assertThat(2.0)
                            .as(as)
                            .isBetween(
                                    Math.pow(growth, (Objects.requireNonNull(doubling) - 1) / length),
                                    Math.pow(growth, (doubling + 1) / length));
                    grew++;
                }
            }
        }
        assertThat(grew).isPositive();
        assertThat(stood).isPositive();
    }

    /** Where members are many, silent, and led by few; each of the three conditions decides somewhere. */
    private void assertHollow(ServedHistory served, LocalDate today, long t) throws Exception {
        Map<List<Boolean>, Integer> seen = new HashMap<>();
        for (String scope : List.of("org:bbg", "group:g0", "group:g1", "group:g2", "group:few", "group:silent")) {
            List<GroupEvent> its = events.stream()
                    .filter(event -> groupsOf(scope).test(event.group()))
                    .toList();
            for (int back = 0; back < 9; back++) {
                LocalDate day = today.minusDays(back);
                long start = startOf(day);
                long end = Math.min(startOf(day.plusDays(1)), t + 1);
                List<Boolean> whether = assertHollow(
                        served.get("breadth?period=day&scope=" + scope + "&at=" + (end - 1)),
                        its,
                        start,
                        end,
                        scope + " of " + day);
                seen.merge(whether, 1, Integer::sum);
            }
            assertHollow(served.get("breadth?period=start&scope=" + scope), its, 0, t + 1, scope);
            String live = scope.replace("group:", "groups/").replace("org:", "orgs/");
            assertHollow(served.get(live).getJsonObject("today"), its, startOf(today), t + 1, live);
        }
        assertThat(seen)
                .as("many, silent, led by few")
                .containsKeys(
                        List.of(true, true, true),
                        List.of(false, true, true),
                        List.of(true, false, true),
                        List.of(true, true, false));
    }

    private static List<Boolean> assertHollow(JsonObject told, List<GroupEvent> its, long start, long end, String as) {
        Map<String, Long> messages = new HashMap<>();
        within(its, EventType.MESSAGE_SENT, start, end)
                .forEach(message -> messages.merge(membership(message), 1L, Long::sum));
        Set<String> members = membersAt(its, end - 1);
        long silent =
                members.stream().filter(member -> !messages.containsKey(member)).count();
        long all = messages.values().stream().mapToLong(n -> n).sum();
        long squares = messages.values().stream().mapToLong(n -> n * n).sum();
        List<Boolean> whether = List.of(
                members.size() >= 20,
                !members.isEmpty() && (double) silent / members.size() >= 0.8,
                all == 0 || (double) (all * all) / squares < 5);
        assertThat(told.getJsonObject("lurkers")).as(as).isEqualTo(ratio(silent, members.size()));
        assertThat(told.getBoolean("hollow")).as("%s %s", as, whether).isEqualTo(!whether.contains(false));
        return whether;
    }

    private static List<GroupEvent> invited(List<GroupEvent> joins) {
        return joins.stream()
                .filter(join -> join.inviter() != null && !join.inviter().equals(join.member()))
                .toList();
    }

    /** How many of these joins were not followed by a leave of the same member within a day. */
    private long stayed(List<GroupEvent> joins) {
        return joins.stream()
                .filter(join -> within(events, EventType.MEMBER_LEFT, join.ts(), join.ts() + DAY).stream()
                        .noneMatch(left -> membership(left).equals(membership(join))))
                .count();
    }

    private static List<GroupEvent> within(List<GroupEvent> some, EventType type, long from, long to) {
        return some.stream()
                .filter(event -> event.type() == type && event.ts() >= from && event.ts() < to)
                .toList();
    }

    /** Who did anything; a person, or apart in each group. */
    private static Set<String> active(List<GroupEvent> some, long from, long to, boolean memberships) {
        Set<String> active = new TreeSet<>();
        for (GroupEvent event : some) {
            boolean acts = event.type() != EventType.MEMBER_JOINED && event.type() != EventType.MEMBER_LEFT;
            if (acts && event.ts() >= from && event.ts() < to) {
                active.add(memberships ? membership(event) : Objects.requireNonNull(event.member()));
            }
        }
        return active;
    }

    private static Set<String> membersAt(List<GroupEvent> some, long moment) {
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

    private static String membership(GroupEvent event) {
        return event.group() + "/" + event.member();
    }

    private static LocalDate dayOf(long ts) {
        return Instant.ofEpochMilli(ts).atZone(ZONE).toLocalDate();
    }

    private static long startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    private static JsonObject ratio(long num, long den) {
        return new JsonObject().put("num", num).put("den", den).put("value", den == 0 ? null : (double) num / den);
    }
}
