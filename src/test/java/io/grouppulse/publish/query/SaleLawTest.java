package io.grouppulse.publish.query;

import static io.grouppulse.publish.query.Ratios.ratio;
import static io.grouppulse.publish.query.ToldSale.DAY;
import static io.grouppulse.publish.query.ToldSale.EARLIER;
import static io.grouppulse.publish.query.ToldSale.HOUR;
import static io.grouppulse.publish.query.ToldSale.LENGTH;
import static io.grouppulse.publish.query.ToldSale.TEN;
import static io.grouppulse.publish.query.ToldSale.ZONE;
import static io.grouppulse.publish.query.ToldSale.people;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.NaiveLedger.Payment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Boards, campaigns, slots and repurchase as they are served, of events that come shuffled, some of them twice, over four
 * shards with a restart in the middle; held against plain loops over the payments.
 */
class SaleLawTest {
    private static final Set<EventType> TOUCHES = Set.of(EventType.SHARE_OPENED, EventType.PRODUCT_VIEWED);
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
        List<GroupEvent> events = ToldSale.history(seed);
        served = ToldSale.serve(dir, events, seed);
        NaiveLedger ledger = new NaiveLedger(events);
        long t = events.get(events.size() - 1).ts();

        long midnight = TEN - 10 * HOUR;
        for (String by : new String[] {"gmvPaid", "ordersPaid", "gmvNet", "buyers"}) {
            assertBoard("items", "item", by, ledger.board(GroupEvent::item, midnight, Long.MAX_VALUE));
            assertBoard("groups", "group", by, ledger.board(GroupEvent::group, midnight, Long.MAX_VALUE));
        }
        assertCampaign(ledger, t);
        assertBridge(events, ledger, t - TEN);
        assertSlots(ledger, t);
    }

    /** The last 37 days of real stores, of whose orders 35 are remembered: who came back in a day, a week, the month, and which store sold most. */
    @Test
    void realBaskets_shuffledDuplicatedShardedAndRestarted_areServedAsTheBatchSays(@TempDir Path dir) throws Exception {
        long noon = Instant.parse("2017-12-31T04:00:00Z").toEpochMilli();
        List<GroupEvent> baskets = Datasets.completeJourney().stream()
                .filter(event ->
                        event.type() == EventType.ORDER_PAID && event.ts() > noon - 37 * DAY && event.ts() <= noon)
                .toList();
        served = ToldSale.serve(dir, baskets, 7);
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

    private JsonObject get(String query) throws Exception {
        return Objects.requireNonNull(served).get(query);
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

    private static void assertRatio(JsonObject told, long num, long den) {
        assertThat(told).isEqualTo(ratio(num, den));
    }
}
