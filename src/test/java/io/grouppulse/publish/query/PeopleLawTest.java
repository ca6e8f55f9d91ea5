package io.grouppulse.publish.query;

import static io.grouppulse.publish.query.Ratios.ratio;
import static io.grouppulse.publish.query.ToldPeople.CAPACITY;
import static io.grouppulse.publish.query.ToldPeople.dayOf;
import static io.grouppulse.publish.query.ToldPeople.groupsOf;
import static io.grouppulse.publish.query.ToldPeople.invited;
import static io.grouppulse.publish.query.ToldPeople.membersAt;
import static io.grouppulse.publish.query.ToldPeople.membership;
import static io.grouppulse.publish.query.ToldPeople.startOf;
import static io.grouppulse.publish.query.ToldPeople.stayed;
import static io.grouppulse.publish.query.ToldPeople.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.oracle.Datasets;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * The people of a day, and whether groups are hollow, as it is served, of events that come shuffled, some of them twice, over four shards with a restart
 * in the middle; held against plain loops over the events.
 */
class PeopleLawTest {
    private List<GroupEvent> events = List.of();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void people_shuffledDuplicatedShardedAndRestarted_areServedAsTheBatchSays(long seed, @TempDir Path dir)
            throws Exception {
        events = ToldPeople.history(seed);
        long t = events.get(events.size() - 1).ts();
        LocalDate today = dayOf(t);
        try (ServedHistory served = ServedHistory.start(dir)) {
            ToldPeople.register(served);
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
                .put("kFactor", ratio(stayed(events, invited), inviters.size()))
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
                            .map(ToldPeople::membership)
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
}
