package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.access.Reach;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.time.WindowSpec;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.NaiveMeasures;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ratios, rates and sums that are formed when a group is shown, of events in any order, held against their formulas over a
 * batch.
 */
class RatioLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final OracleSettings ORACLE = OracleSettings.defaults();
    private static final ReadingJson JSON = new ReadingJson(SETTINGS.windows(), SETTINGS.zone());
    private static final double MINUTE = 60_000;
    private static final double HOUR = 60 * MINUTE;
    private static final int SEEDS = 60;

    private double pulses;
    private double averages;
    private double joinsPerLeave;
    private long rain;
    private long cancelled;
    private long refunded;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void ratios_shuffledDuplicatedShardedAndCrashed_areTheirFormulasOverTheBatch(int shards) {
        int crashes = 0;
        for (int i = 0; i < SEEDS; i++) {
            long seed = i * 53L + shards;
            crashes += compare(RandomHistory.of(seed, ORACLE), shards, seed);
        }
        assertThat(crashes).as("crashes survived").isGreaterThan(SEEDS / 2);
        assertThat(pulses).isPositive();
        assertThat(averages).isPositive();
        assertThat(joinsPerLeave).isPositive();
        assertThat(rain).isPositive();
        assertThat(cancelled).isPositive();
        assertThat(refunded).isPositive();
    }

    /** Carts without amounts, priced baskets, and a channel that people enter and leave. */
    @Test
    void ratios_ofRealEvents_areTheirFormulasOverTheBatch() {
        List<GroupEvent> baskets = Datasets.completeJourney();
        compare(Datasets.otto(), 4, 8);
        compare(baskets.subList(baskets.size() - 1_000, baskets.size()), 4, 7);
        compare(Datasets.ubuntuDisentangle().subList(0, 1_000), 4, 9);
        assertThat(pulses).isPositive();
        assertThat(averages).isPositive();
    }

    /** What is late depends on what came before, and on nothing else: not on shards, nor on crashes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void lateEvents_oneByOneInAnyOrder_areThoseFurtherBehindThanTheLateness(int shards) {
        long late = 0;
        for (long seed = 0; seed < 20; seed++) {
            List<GroupEvent> arrivals = new ArrayList<>(RandomHistory.of(seed, ORACLE));
            Collections.shuffle(arrivals, new Random(seed));
            SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
            Map<String, Long> expected = new TreeMap<>();
            long t = Long.MIN_VALUE / 2;
            for (GroupEvent event : arrivals) {
                boolean isLate = event.ts() < t - SETTINGS.lateness();
                expected.merge(event.group(), isLate ? 1L : 0L, Long::sum);
                t = Math.max(t, event.ts());
                system.take(List.of(event));
            }
            Map<String, Long> told = new TreeMap<>();
            system.read()
                    .readings()
                    .forEach((group, reading) -> told.put(
                            group,
                            JSON.group(reading, system.t(), Reach.WHOLE)
                                    .getJsonObject("total")
                                    .getLong("late")));
            assertThat(told).as("seed=%d", seed).isEqualTo(expected);
            late += expected.values().stream().mapToLong(n -> n).sum();
        }
        assertThat(late).isPositive();
    }

    private int compare(List<GroupEvent> history, int shards, long seed) {
        SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
        List<GroupEvent> arrivals = Disorder.shuffle(history, SETTINGS.lateness(), 10, seed);
        Disorder.batches(arrivals, 20, seed).forEach(system::take);
        long t = system.t();
        NaiveMeasures naive = new NaiveMeasures(ORACLE, history);
        Map<String, Long> members = naive.members(t);
        Map<String, Map<String, Map<String, Long>>> windows = naive.windows(t);
        Map<String, Map<String, Long>> today = naive.today(t);
        double begun = (Instant.ofEpochMilli(t).atZone(SETTINGS.zone()).getHour() + 1) * HOUR;
        system.read().readings().forEach((group, reading) -> {
            if (group.isEmpty()) {
                return;
            }
            String as = "seed=%d %s".formatted(seed, group);
            JsonObject json = JSON.group(reading, t, Reach.WHOLE);
            long in = members.getOrDefault(group, 0L);
            Map<String, Map<String, Long>> its = windows.getOrDefault(group, Map.of());
            for (WindowSpec window : SETTINGS.windows()) {
                assertRatios(
                        as + " " + window.name(),
                        json.getJsonObject("windows").getJsonObject(window.name()),
                        its.getOrDefault(window.name(), Map.of()),
                        in,
                        window.width());
            }
            assertRatios(as + " today", json.getJsonObject("today"), today.getOrDefault(group, Map.of()), in, begun);
            assertRain(as, json.getJsonObject("rain"), its.getOrDefault("1m", Map.of()));
            assertTotal(as, json.getJsonObject("total"), group, history, arrivals);
            assertThat(json.getLong("members")).as(as).isEqualTo(in);
            assertThat(json.getLong("lastInteraction")).as(as).isEqualTo(lastInteraction(history, group));
        });
        return system.crashes();
    }

    private void assertRatios(String as, JsonObject json, Map<String, Long> counts, long members, double millis) {
        long paid = of(counts, "ordersPaid");
        long active = of(counts, "active");
        assertRatio(as, json, "activeness", active, members);
        assertRatio(as, json, "speakFrequency", of(counts, "messages"), members * (millis / HOUR));
        averages += assertRatio(as, json, "aov", of(counts, "gmvPaid"), of(counts, "pricedPaid"));
        pulses += assertRatio(as, json, "pulse", 100.0 * paid, active * (millis / MINUTE));
        joinsPerLeave += assertRatio(as, json, "joinLeave", of(counts, "joins"), of(counts, "leaves"));
        assertRatio(as, json, "conversion", of(counts, "conversionNum"), of(counts, "conversionDen"));
        assertRatio(as, json, "maturedConversion", of(counts, "maturedNum"), of(counts, "maturedDen"));
    }

    /** Answers its value, or 0 where it has none. */
    private static double assertRatio(String as, JsonObject json, String name, double num, double den) {
        @Nullable Double value = den == 0 ? null : num / den;
        JsonObject ratio = json.getJsonObject(name);
        assertThat(Arrays.asList(ratio.getDouble("num"), ratio.getDouble("den"), ratio.getDouble("value")))
                .as("%s %s", as, name)
                .isEqualTo(Arrays.asList(num, den, value));
        return value == null ? 0 : value;
    }

    private void assertRain(String as, JsonObject json, Map<String, Long> minute) {
        assertThat(List.of(json.getLong("rate"), json.getLong("gmv"), json.getLong("buyers")))
                .as("%s rain", as)
                .containsExactly(of(minute, "ordersPaid"), of(minute, "gmvPaid"), of(minute, "buyers"));
        rain += json.getLong("rate");
    }

    private void assertTotal(
            String as, JsonObject json, String group, List<GroupEvent> history, List<GroupEvent> arrivals) {
        NaiveLedger ledger = new NaiveLedger(
                history.stream().filter(event -> event.group().equals(group)).toList());
        Set<List<String>> distinct = new HashSet<>();
        long all = 0;
        for (GroupEvent event : arrivals) {
            if (event.group().equals(group)) {
                distinct.add(List.of(event.source(), event.id()));
                all++;
            }
        }
        assertThat(List.of(
                        json.getLong("gmvCancelled"),
                        json.getLong("ordersRefunded"),
                        json.getLong("events"),
                        json.getLong("duplicates")))
                .as("%s total", as)
                .containsExactly(ledger.cancelled(), ledger.refunded(), (long) distinct.size(), all - distinct.size());
        cancelled += json.getLong("gmvCancelled");
        refunded += json.getLong("ordersRefunded");
    }

    private static @Nullable Long lastInteraction(List<GroupEvent> history, String group) {
        @Nullable Long last = null;
        for (GroupEvent event : history) {
            boolean counts =
                    event.group().equals(group) && event.type().isInteraction() && !isTakenBack(event, history);
            last = counts && (last == null || event.ts() > last) ? Long.valueOf(event.ts()) : last;
        }
        return last;
    }

    private static boolean isTakenBack(GroupEvent message, List<GroupEvent> history) {
        return message.type() == EventType.MESSAGE_SENT
                && history.stream()
                        .anyMatch(revoked -> revoked.type() == EventType.MESSAGE_REVOKED
                                && revoked.group().equals(message.group())
                                && revoked.source().equals(message.source())
                                && message.id().equals(revoked.target())
                                && revoked.ts() >= message.ts()
                                && revoked.ts() <= message.ts() + 120_000);
    }

    private static long of(Map<String, Long> counts, String name) {
        return Objects.requireNonNullElse(counts.get(name), 0L);
    }
}
