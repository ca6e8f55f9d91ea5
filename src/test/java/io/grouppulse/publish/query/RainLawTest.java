package io.grouppulse.publish.query;

import static io.grouppulse.publish.query.Ratios.ratio;
import static io.grouppulse.publish.query.ToldSale.ACTIONS;
import static io.grouppulse.publish.query.ToldSale.EARLIER;
import static io.grouppulse.publish.query.ToldSale.HOUR;
import static io.grouppulse.publish.query.ToldSale.MINUTE;
import static io.grouppulse.publish.query.ToldSale.TEN;
import static io.grouppulse.publish.query.ToldSale.people;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.rain.NaiveRain;
import io.grouppulse.domain.rain.RainEpisode;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.NaiveLedger.Payment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Order rain, what operators did, and group-buys as they are served, of events that come shuffled, some of them twice, over
 * four shards with a restart in the middle; held against plain loops over the events.
 */
class RainLawTest {
    private static final long SECOND = 1_000;

    private static final Set<EventType> INTERACTIONS = Set.of(
            EventType.SHARE_OPENED,
            EventType.PRODUCT_VIEWED,
            EventType.CART_ADDED,
            EventType.MESSAGE_SENT,
            EventType.GROUPBUY_OPENED,
            EventType.GROUPBUY_JOINED,
            EventType.ORDER_PAID);

    private @Nullable ServedHistory served;

    @AfterEach
    void stop() {
        if (served != null) {
            served.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void rain_shuffledDuplicatedShardedAndRestarted_isServedAsTheBatchSays(long seed, @TempDir Path dir)
            throws Exception {
        List<GroupEvent> events = ToldSale.history(seed);
        served = ToldSale.serve(dir, events, seed);
        NaiveLedger ledger = new NaiveLedger(events);
        long t = events.get(events.size() - 1).ts();

        int triggered = assertRain("org:bbg", events, ledger, t) + assertRain("group:g1", events, ledger, t);
        assertThat(triggered).as("episodes with a trigger").isPositive();
        assertStimuli(events, ledger, MINUTE, t);
        assertStimuli(events, ledger, HOUR, t);
        assertGroupBuys(events);
    }

    private JsonObject get(String query) throws Exception {
        return Objects.requireNonNull(served).get(query);
    }

    /** Answers how many episodes had a trigger. */
    private int assertRain(String scope, List<GroupEvent> events, NaiveLedger ledger, long t) throws Exception {
        Predicate<String> isIn = group -> scope.startsWith("org:") || scope.equals("group:" + group);
        List<Payment> paid = ledger.payments(TEN, Long.MAX_VALUE).stream()
                .filter(payment -> isIn.test(payment.group()))
                .toList();
        TreeMap<Long, Long> bySecond = new TreeMap<>();
        paid.forEach(payment -> bySecond.merge(second(payment.ts()), 1L, Long::sum));
        JsonArray expected = new JsonArray();
        int triggered = 0;
        List<RainEpisode> episodes = NaiveRain.find(bySecond, TEN - MINUTE, t);
        for (int i = episodes.size() - 1; i >= 0; i--) {
            RainEpisode episode = episodes.get(i);
            long first = episode.start() - 59 * SECOND;
            long end = episode.isOpen() ? second(t) + SECOND : episode.end();
            List<Payment> its = paid.stream()
                    .filter(payment -> payment.ts() >= first && payment.ts() < end)
                    .toList();
            JsonArray curve = new JsonArray();
            for (long second = first; second < end; second += SECOND) {
                curve.add(bySecond.getOrDefault(second, 0L));
            }
            @Nullable JsonObject trigger = trigger(episode.start(), events, isIn, bySecond);
            triggered += trigger == null ? 0 : 1;
            expected.add(new JsonObject()
                    .put("start", episode.start())
                    .put("end", episode.isOpen() ? null : episode.end())
                    .put("open", episode.isOpen())
                    .put("baseline", episode.baseline())
                    .put("startRate", episode.startRate())
                    .put("peak", episode.peak())
                    .put("peakAt", episode.peakAt())
                    .put("halfLifeSeconds", episode.halfLife() < 0 ? null : episode.halfLife())
                    .put("orders", its.size())
                    .put("gmv", its.stream().mapToLong(Payment::money).sum())
                    .put("buyers", people(its, true))
                    .put("trigger", trigger)
                    .put("topGroups", topGroups(its))
                    .put("curve", curve));
        }
        JsonArray items = get("rain?curve=true&limit=100&scope=" + scope).getJsonArray("items");
        assertThat(items).as(scope).isEqualTo(expected);
        return triggered;
    }

    private static @Nullable JsonObject trigger(
            long start, List<GroupEvent> events, Predicate<String> isIn, NavigableMap<Long, Long> bySecond) {
        @Nullable GroupEvent nearest = null;
        for (GroupEvent act : events) {
            boolean canTrigger = act.type() == EventType.SHARE_POSTED
                    || act.type() == EventType.FLASH_STARTED
                    || act.type() == EventType.BROADCAST_SENT;
            long before = start - second(act.ts());
            boolean isNear = before >= 0 && before <= 120 * SECOND;
            if (canTrigger && isNear && isIn.test(act.group()) && (nearest == null || act.ts() > nearest.ts())) {
                nearest = act;
            }
        }
        if (nearest == null) {
            return null;
        }
        long ts = nearest.ts();
        @Nullable Long seconds = null;
        for (long paid : bySecond.descendingKeySet()) {
            seconds = paid >= second(ts) ? Long.valueOf(Math.max(0, paid - ts) / SECOND) : seconds;
        }
        return new JsonObject()
                .put("type", nearest.type().wireName())
                .put("ts", ts)
                .put("group", nearest.group())
                .put("name", nearest.group().replace('g', 'n'))
                .put("item", nearest.item())
                .put("share", nearest.share())
                .put("secondsBefore", Math.max(0, start - ts) / SECOND)
                .put("secondsToFirstOrder", seconds);
    }

    private static JsonArray topGroups(List<Payment> payments) {
        TreeMap<String, Long> orders = new TreeMap<>();
        payments.forEach(payment -> orders.merge(payment.group(), 1L, Long::sum));
        JsonArray top = new JsonArray();
        orders.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(5)
                .forEach(entry ->
                        top.add(new JsonObject().put("group", entry.getKey()).put("orders", entry.getValue())));
        return top;
    }

    private static long second(long ts) {
        return ts / SECOND * SECOND;
    }

    /** What operators did, newest first, and what was done before and after it. */
    private void assertStimuli(List<GroupEvent> events, NaiveLedger ledger, long span, long t) throws Exception {
        List<GroupEvent> acts = events.stream()
                .filter(event -> ACTIONS.contains(event.type()) && event.ts() >= TEN)
                .sorted(Comparator.comparingLong(GroupEvent::ts).reversed())
                .toList();
        JsonArray expected = new JsonArray();
        for (GroupEvent act : acts) {
            JsonObject before = activity(events, ledger, act.group(), act.ts() - span, act.ts());
            JsonObject after = activity(events, ledger, act.group(), act.ts(), act.ts() + span);
            long num = after.getLong("interactions");
            long den = before.getLong("interactions");
            expected.add(new JsonObject()
                    .put("group", act.group())
                    .put("ts", act.ts())
                    .put("type", act.type().wireName())
                    .put("share", act.share())
                    .put("item", act.item())
                    .put("before", before)
                    .put("after", after)
                    .put(
                            "lift",
                            new JsonObject()
                                    .put("num", num)
                                    .put("den", den)
                                    .put("value", den == 0 ? null : (double) num / den))
                    .put("complete", t >= act.ts() + span));
        }
        JsonObject told = get("stimuli?scope=org:bbg&limit=100&from=" + TEN + "&span=" + span / MINUTE + "m");
        assertThat(acts).hasSize(5);
        assertThat(told.getJsonArray("items")).isEqualTo(expected);
    }

    private static JsonObject activity(List<GroupEvent> events, NaiveLedger ledger, String group, long from, long to) {
        List<GroupEvent> acts = events.stream()
                .filter(event -> event.group().equals(group)
                        && event.ts() >= from
                        && event.ts() < to
                        && INTERACTIONS.contains(event.type()))
                .toList();
        List<Payment> paid = ledger.payments(from, to).stream()
                .filter(payment -> payment.group().equals(group))
                .toList();
        return new JsonObject()
                .put("interactions", acts.size())
                .put("active", acts.stream().map(GroupEvent::member).distinct().count())
                .put("ordersPaid", paid.size())
                .put("gmvPaid", paid.stream().mapToLong(Payment::money).sum());
    }

    /** An outcome ends a group-buy of its item and group that is open, if there is one. */
    private void assertGroupBuys(List<GroupEvent> events) throws Exception {
        Map<String, Integer> open = new HashMap<>();
        Map<String, long[]> ended = new TreeMap<>();
        for (GroupEvent event : events) {
            String key = event.group() + " " + event.item();
            if (event.type() == EventType.GROUPBUY_OPENED) {
                open.merge(key, 1, Integer::sum);
                ended.computeIfAbsent(Objects.requireNonNull(event.item()), item -> new long[2]);
            }
            boolean formed = event.type() == EventType.GROUPBUY_FORMED;
            boolean ends = formed || event.type() == EventType.GROUPBUY_FAILED;
            if (ends && open.getOrDefault(key, 0) > 0) {
                open.merge(key, -1, Integer::sum);
                Objects.requireNonNull(ended.get(event.item()))[formed ? 0 : 1]++;
            }
        }
        JsonArray items =
                get("groupbuys?scope=org:bbg&from=" + (EARLIER - HOUR)).getJsonArray("items");
        assertThat(items).hasSameSizeAs(ended.keySet());
        long allFormed = 0;
        long allFailed = 0;
        for (Object item : items) {
            JsonObject row = (JsonObject) item;
            long[] ends = Objects.requireNonNull(ended.get(row.getString("item")));
            assertRatio(row.getJsonObject("success"), ends[0], ends[0] + ends[1]);
            allFormed += ends[0];
            allFailed += ends[1];
        }
        assertThat(allFormed).isPositive();
        assertThat(allFailed).isPositive();
    }

    private static void assertRatio(JsonObject told, long num, long den) {
        assertThat(told).isEqualTo(ratio(num, den));
    }
}
