package io.grouppulse.publish.query;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.rain.NaiveRain;
import io.grouppulse.domain.rain.RainEpisode;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.EventBuilder;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.NaiveLedger.Payment;
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
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Order rain, boards, campaigns and repurchase as they are served, of events that come shuffled, some of them twice, over four
 * shards with a restart in the middle; held against plain loops over the payments.
 */
class SaleLawTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** Ten in the morning in Shanghai, and two days before. */
    private static final long TEN = Instant.parse("2026-11-11T02:00:00Z").toEpochMilli();

    private static final long EARLIER = TEN - 2 * DAY;
    private static final long LENGTH = 2 * HOUR;

    private static final List<EventType> ACTIONS = List.of(
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

    private static final Set<EventType> TOUCHES = Set.of(EventType.SHARE_OPENED, EventType.PRODUCT_VIEWED);

    private static final Set<EventType> INTERACTIONS = Set.of(
            EventType.SHARE_OPENED,
            EventType.PRODUCT_VIEWED,
            EventType.CART_ADDED,
            EventType.MESSAGE_SENT,
            EventType.GROUPBUY_OPENED,
            EventType.GROUPBUY_JOINED,
            EventType.ORDER_PAID);

    private static final long ORDERS_KEPT = 35 * DAY;

    private @Nullable ServedHistory served;

    @AfterEach
    void stop() {
        if (served != null) {
            served.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void sale_shuffledDuplicatedShardedAndRestarted_isServedAsTheBatchSays(long seed, @TempDir Path dir)
            throws Exception {
        List<GroupEvent> events = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        tell(EARLIER, "then", random, events);
        tell(TEN, "now", random, events);
        events.sort(Comparator.comparingLong(GroupEvent::ts));
        take(dir, events, seed);
        NaiveLedger ledger = new NaiveLedger(events);
        long t = events.get(events.size() - 1).ts();

        int triggered = assertRain("org:bbg", events, ledger, t) + assertRain("group:g1", events, ledger, t);
        assertThat(triggered).as("episodes with a trigger").isPositive();
        long midnight = TEN - 10 * HOUR;
        for (String by : new String[] {"gmvPaid", "ordersPaid", "gmvNet", "buyers"}) {
            assertBoard("items", "item", by, ledger.board(GroupEvent::item, midnight, Long.MAX_VALUE));
            assertBoard("groups", "group", by, ledger.board(GroupEvent::group, midnight, Long.MAX_VALUE));
        }
        assertCampaign(ledger, t);
        assertBridge(events, ledger, t - TEN);
        assertSlots(ledger, t);
        assertStimuli(events, ledger, MINUTE, t);
        assertStimuli(events, ledger, HOUR, t);
        assertGroupBuys(events);
    }

    /** The last 37 days of real stores, of whose orders 35 are remembered: who came back in a day, a week, the month, and which store sold most. */
    @Test
    void realBaskets_shuffledDuplicatedShardedAndRestarted_areServedAsTheBatchSays(@TempDir Path dir) throws Exception {
        long noon = Instant.parse("2017-12-31T04:00:00Z").toEpochMilli();
        List<GroupEvent> baskets = Datasets.completeJourney().stream()
                .filter(event ->
                        event.type() == EventType.ORDER_PAID && event.ts() > noon - 37 * DAY && event.ts() <= noon)
                .toList();
        take(dir, baskets, 7);
        NaiveLedger ledger = new NaiveLedger(baskets);
        long t = baskets.stream().mapToLong(GroupEvent::ts).max().orElseThrow();

        long repeaters = 0;
        for (long at : new long[] {noon, noon - 12 * DAY - 5 * HOUR, noon - 31 * DAY, noon - 35 * DAY}) {
            LocalDate day = Instant.ofEpochMilli(at).atZone(ZONE).toLocalDate();
            LocalDate monday = day.minusDays(day.getDayOfWeek().getValue() - 1L);
            LocalDate first = day.minusDays(day.getDayOfMonth() - 1L);
            repeaters += assertRepurchase(ledger, t, "day", at, day, day.plusDays(1));
            repeaters += assertRepurchase(ledger, t, "week", at, monday, monday.plusDays(7));
            repeaters += assertRepurchase(ledger, t, "month", at, first, first.plusMonths(1));
        }
        assertThat(repeaters).isPositive();
        assertBoard("groups", "group", "gmvPaid", ledger.board(GroupEvent::group, noon - 12 * HOUR, Long.MAX_VALUE));
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

    private void take(Path dir, List<GroupEvent> events, long seed) throws Exception {
        served = ServedHistory.start(dir);
        for (int i = 0; i < 4; i++) {
            String org = i % 2 == 0 ? "a" : "b";
            served.put("groups/g" + i, "{\"name\":\"n%d\",\"orgs\":[\"bbg/%s\"]}".formatted(i, org));
        }
        plan(served, "old", EARLIER, "");
        plan(served, "new", TEN, ",\"targets\":{\"gmv\":900000,\"orders\":500},\"compareTo\":\"old\"");
        served.take(events, seed);
    }

    private static void plan(ServedHistory served, String id, long from, String more) throws Exception {
        served.put(
                "campaigns/" + id,
                "{\"name\":\"n\",\"org\":\"bbg\",\"from\":%d,\"to\":%d%s}".formatted(from, from + LENGTH, more));
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

    /** The people who paid; one who paid in two groups is two where memberships are counted. */
    private static long people(List<Payment> payments, boolean memberships) {
        return payments.stream()
                .map(payment -> memberships ? payment.group() + " " + payment.member() : payment.member())
                .distinct()
                .count();
    }

    /** The rows and their order, and of items the share of the best. */
    private void assertBoard(String kind, String field, String by, Map<String, List<Long>> sums) throws Exception {
        List<String> measures = List.of("ordersPaid", "gmvPaid", "gmvNet", "buyers");
        int column = measures.indexOf(by);
        List<String> keys = new ArrayList<>(new TreeSet<>(sums.keySet()));
        keys.sort(Comparator.comparingLong(
                key -> -Objects.requireNonNull(sums.get(key)).get(column)));
        List<String> expected = new ArrayList<>();
        for (String key : keys) {
            expected.add((expected.size() + 1) + " " + key + " " + sums.get(key));
        }
        JsonObject board = get("boards/" + kind + "?scope=org:&window=today&limit=1000&by=" + by);
        List<String> told = new ArrayList<>();
        for (Object item : board.getJsonArray("items")) {
            JsonObject row = (JsonObject) item;
            List<Long> numbers = measures.stream().map(row::getLong).toList();
            told.add(row.getLong("rank") + " " + Objects.requireNonNullElse(row.getString(field), "") + " " + numbers);
        }
        assertThat(told).as("%s by %s", kind, by).isEqualTo(expected);
        if (kind.equals("items")) {
            List<Long> money = sums.entrySet().stream()
                    .filter(row -> !row.getKey().isEmpty() && row.getValue().get(0) > 0)
                    .map(row -> row.getValue().get(1))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            assertThat(money).hasSizeGreaterThan(50);
            assertRatio(
                    board.getJsonObject("top2Share"),
                    sum(money.subList(0, (int) Math.ceil(money.size() / 50.0))),
                    sum(money));
        }
    }

    private static long sum(List<Long> numbers) {
        return numbers.stream().mapToLong(number -> number).sum();
    }

    private void assertCampaign(NaiveLedger ledger, long t) throws Exception {
        JsonObject json = get("campaigns/new");
        long elapsed = t - TEN;
        Map<String, List<Long>> nowByGroup = ledger.board(GroupEvent::group, TEN, t + 1);
        Map<String, List<Long>> thenByGroup = ledger.board(GroupEvent::group, EARLIER, EARLIER + elapsed + 1);
        List<Long> now = total(nowByGroup);
        List<Long> then = total(thenByGroup);
        assertThat(told(json)).isEqualTo(now);
        assertRatio(json.getJsonObject("elapsed"), elapsed, LENGTH);
        JsonObject progress = json.getJsonObject("progress");
        assertRatio(progress.getJsonObject("orders"), now.get(0), 500);
        assertRatio(progress.getJsonObject("gmv"), now.get(1), 900_000);
        JsonObject pace = json.getJsonObject("pace");
        assertRatio(pace.getJsonObject("orders"), now.get(0), Math.round(500.0 * elapsed / LENGTH));
        assertRatio(pace.getJsonObject("gmv"), now.get(1), Math.round(900_000.0 * elapsed / LENGTH));
        JsonObject compared = json.getJsonObject("compared");
        assertThat(told(compared)).isEqualTo(then);
        assertRatio(compared.getJsonObject("orders"), now.get(0), then.get(0));
        assertRatio(compared.getJsonObject("gmv"), now.get(1), then.get(1));
        assertThat(json.getJsonArray("behind").stream().map(SaleLawTest::gap))
                .containsExactlyElementsOf(behind(nowByGroup, thenByGroup));
        assertAgain(
                json, ledger.payments(TEN, t + 1), json.getJsonObject("people").getLong("buyers"));
    }

    /** What is added on the way from one sale to the other on which every factor grows at an even rate. */
    private void assertBridge(List<GroupEvent> events, NaiveLedger ledger, long elapsed) throws Exception {
        List<Double> then = factors(events, ledger, EARLIER, EARLIER + elapsed);
        List<Double> now = factors(events, ledger, TEN, TEN + elapsed);
        List<String> names = List.of("exposed", "openRate", "buyRate", "frequency", "basket");
        double[] parts = new double[names.size()];
        int steps = 20_000;
        for (int step = 0; step < steps; step++) {
            double way = (step + 0.5) / steps;
            double money = 1;
            for (int i = 0; i < parts.length; i++) {
                money *= Math.pow(then.get(i), 1 - way) * Math.pow(now.get(i), way);
            }
            for (int i = 0; i < parts.length; i++) {
                parts[i] += money * Math.log(now.get(i) / then.get(i)) / steps;
            }
        }
        JsonObject json = get("campaigns/new");
        JsonObject funnel = json.getJsonObject("funnel");
        assertThat(funnel.getDouble("exposed")).isEqualTo(now.get(0));
        JsonObject bridge = json.getJsonObject("bridge");
        long difference =
                total(ledger.board(GroupEvent::group, TEN, TEN + elapsed + 1)).get(1)
                        - total(ledger.board(GroupEvent::group, EARLIER, EARLIER + elapsed + 1))
                                .get(1);
        int largest = 0;
        long rest = difference;
        for (int i = 0; i < parts.length; i++) {
            largest = Math.abs(parts[i]) > Math.abs(parts[largest]) ? i : largest;
            rest -= Math.round(parts[i]);
            if (i > 0) {
                assertThat(funnel.getJsonObject(names.get(i)).getDouble("value"))
                        .as(names.get(i))
                        .isEqualTo(now.get(i));
            }
        }
        JsonObject expected = new JsonObject().put("difference", difference);
        for (int i = 0; i < parts.length; i++) {
            expected.put(names.get(i), Math.round(parts[i]) + (i == largest ? rest : 0));
        }
        assertThat(bridge).isEqualTo(expected);
        assertThat(names.stream().mapToLong(bridge::getLong).sum()).isEqualTo(difference);
    }

    /** Members, how many of them opened, how many of these bought, how often, and for how much; {@code end} is in it. */
    private static List<Double> factors(List<GroupEvent> events, NaiveLedger ledger, long from, long end) {
        Map<String, Long> seen = new HashMap<>();
        Map<String, Long> left = new HashMap<>();
        Set<String> opened = new TreeSet<>();
        for (GroupEvent event : events) {
            if (event.member() != null && event.ts() <= end) {
                String who = event.group() + " " + event.member();
                (event.type() == EventType.MEMBER_LEFT ? left : seen).merge(who, event.ts(), Math::max);
                if (event.ts() >= from && TOUCHES.contains(event.type())) {
                    opened.add(who);
                }
            }
        }
        double exposed = seen.entrySet().stream()
                .filter(one -> left.getOrDefault(one.getKey(), Long.MIN_VALUE) < one.getValue())
                .count();
        List<Payment> paid = ledger.payments(from, end + 1);
        double buyers = people(paid, true);
        double orders = paid.size();
        double money = paid.stream().mapToLong(Payment::money).sum();
        return List.of(exposed, opened.size() / exposed, buyers / opened.size(), orders / buyers, money / orders);
    }

    /** Of which slots all orders are remembered, and whose habit they are. */
    private void assertSlots(NaiveLedger ledger, long t) throws Exception {
        LocalDate today = LocalDate.of(2026, 11, 11);
        long habitual = 0;
        for (int back : new int[] {0, 1, 2, 34, 35, 36}) {
            LocalDate day = today.minusDays(back);
            JsonArray items = get("slots?scope=org:bbg&day=" + day).getJsonArray("items");
            List<Integer> hours = List.of(10, 12, 15, 18);
            for (int i = 0; i < hours.size(); i++) {
                JsonObject slot = items.getJsonObject(i);
                long start = at(day, hours.get(i));
                Set<String> before = new TreeSet<>();
                long days = 0;
                for (int age = 1; age < 60; age++) {
                    long earlier = at(day.minusDays(age), hours.get(i));
                    if (earlier >= t - ORDERS_KEPT) {
                        days++;
                        before.addAll(buyers(ledger.payments(earlier, earlier + 2 * HOUR)));
                    }
                }
                Set<String> buyers = buyers(ledger.payments(start, start + 2 * HOUR));
                long again = buyers.stream().filter(before::contains).count();
                String as = hours.get(i) + " of " + day;
                assertThat(slot.getLong("earlierDays")).as(as).isEqualTo(days);
                assertThat(slot.getBoolean("complete")).as(as).isEqualTo(start >= t - ORDERS_KEPT);
                assertRatio(slot.getJsonObject("habitShare"), again, buyers.size());
                habitual += again;
            }
        }
        assertThat(habitual).isPositive();
    }

    private static long at(LocalDate day, int hour) {
        return day.atTime(hour, 0).atZone(ZONE).toInstant().toEpochMilli();
    }

    private static Set<String> buyers(List<Payment> payments) {
        return payments.stream().map(Payment::member).collect(Collectors.toSet());
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

    private static List<Long> told(JsonObject json) {
        return List.of(
                json.getLong("ordersPaid"), json.getLong("gmvPaid"), json.getLong("gmvNet"), json.getLong("buyers"));
    }

    private static List<Long> total(Map<String, List<Long>> byGroup) {
        List<Long> total = new ArrayList<>(List.of(0L, 0L, 0L, 0L));
        for (List<Long> sums : byGroup.values()) {
            for (int i = 0; i < sums.size(); i++) {
                total.set(i, total.get(i) + sums.get(i));
            }
        }
        return total;
    }

    private static String gap(Object behind) {
        JsonObject row = (JsonObject) behind;
        JsonObject gap = row.getJsonObject("gap");
        return row.getString("group") + " " + gap.getLong("gmv") + " " + gap.getLong("orders");
    }

    private static List<String> behind(Map<String, List<Long>> now, Map<String, List<Long>> then) {
        List<Gap> gaps = new ArrayList<>();
        new TreeMap<>(then).forEach((group, before) -> {
            List<Long> after = now.getOrDefault(group, List.of(0L, 0L));
            gaps.add(new Gap(
                    group, Math.max(0, before.get(1) - after.get(1)), Math.max(0, before.get(0) - after.get(0))));
        });
        gaps.removeIf(gap -> gap.money() == 0 && gap.orders() == 0);
        gaps.sort(Comparator.comparingLong((Gap gap) -> -gap.money()).thenComparingLong(gap -> -gap.orders()));
        return gaps.stream()
                .map(gap -> gap.group() + " " + gap.money() + " " + gap.orders())
                .toList();
    }

    /** What a group has still to take to stand where it stood in the earlier sale. */
    private record Gap(String group, long money, long orders) {}

    /** Answers how many people bought again. */
    private long assertRepurchase(NaiveLedger ledger, long t, String period, long at, LocalDate from, LocalDate to)
            throws Exception {
        JsonObject json = get("repurchase?period=" + period + "&at=" + at);
        long start = from.atStartOfDay(ZONE).toInstant().toEpochMilli();
        long end = to.atStartOfDay(ZONE).toInstant().toEpochMilli();
        assertThat(List.of(json.getLong("from"), json.getLong("to")))
                .as("%s of %s", period, from)
                .containsExactly(start, end);
        assertThat(json.getBoolean("complete")).as("%s of %s", period, from).isEqualTo(start >= t - ORDERS_KEPT);
        return assertAgain(json, ledger.payments(Math.max(start, t - ORDERS_KEPT), end), json.getLong("buyers"));
    }

    private static long assertAgain(JsonObject json, List<Payment> payments, long told) {
        Map<String, Long> orders = new HashMap<>();
        payments.forEach(payment -> orders.merge(payment.member(), 1L, Long::sum));
        long buyers = people(payments, false);
        long repeaters = orders.values().stream().filter(n -> n >= 2).count();
        assertThat(told).isEqualTo(buyers);
        assertRatio(json.getJsonObject("userRepurchase"), repeaters, buyers);
        assertRatio(
                json.getJsonObject("orderRepurchase"),
                orders.values().stream().mapToLong(n -> n - 1).sum(),
                payments.size());
        return repeaters;
    }

    private static void assertRatio(JsonObject ratio, long num, long den) {
        assertThat(ratio)
                .isEqualTo(new JsonObject()
                        .put("num", num)
                        .put("den", den)
                        .put("value", den == 0 ? null : (double) num / den));
    }
}
