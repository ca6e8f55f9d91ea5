package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.MeasureDiff;
import io.grouppulse.oracle.NaiveAttribution;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.NaiveMeasures;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Orders that name no group count where a naive batch attribution puts them, whatever the order within the lateness, the
 * duplicates, the number of shards and the crashes; and its parts sum to all of them.
 */
class AttributionLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final OracleSettings ORACLE = OracleSettings.defaults();
    private static final int SEEDS = 24;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void attributedOrders_shuffledDuplicatedShardedAndCrashed_countWhereTheBatchPutsThem(int shards) {
        int crashes = 0;
        long[] seen = new long[3];
        for (int i = 0; i < SEEDS; i++) {
            long seed = i * 31L + shards;
            Run run = run(shards, PlantedBug.NONE, 1, seed);
            run.assertRight("shards=" + shards + " seed=" + seed);
            crashes += run.crashes;
            seen[0] += run.parts.attributed().get(Column.ORDERS_PAID);
            seen[1] += run.parts.ambiguous().get(Column.ORDERS_PAID);
            seen[2] += run.parts.unattributed().get(Column.ORDERS_PAID);
        }
        assertThat(crashes).as("crashes survived").isGreaterThan(SEEDS / 2);
        for (long orders : seen) {
            assertThat(orders).as("paid orders of each part").isGreaterThan(SEEDS / 4);
        }
    }

    /** In one large batch T runs far ahead of what is told between the shards. */
    @ParameterizedTest
    @ValueSource(ints = {20, 200, 2_000})
    void attributedOrders_inLargeBatches_countWhereTheBatchPutsThem(int batch) {
        for (long seed = 0; seed < SEEDS; seed++) {
            run(4, PlantedBug.NONE, batch, seed).assertRight("batch=" + batch + " seed=" + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TRACE_LOST", "WITHDRAWAL_LOST", "STATE_SAVED_BEFORE_WHAT_IT_DERIVED", "LATE_EVENT_DROPPED"})
    void checker_plantedBug_isFound(PlantedBug bug) {
        int found = 0;
        for (long seed = 0; seed < 100 && found < 5; seed++) {
            found += run(4, bug, 1, seed).isRight() ? 0 : 1;
        }
        assertThat(found)
                .as("runs out of 100 in which %s showed, at least five", bug)
                .isEqualTo(5);
    }

    /** Real sessions, spread over two groups by what was looked at, whose orders are told without their group. */
    @Test
    void attributedOrders_ofRealSessions_countWhereTheBatchPutsThem() {
        List<GroupEvent> all = Datasets.otto();
        // as many days as the groups remember who did what
        long end = all.get(0).ts() + 8 * 86_400_000L + 3 * 3_600_000L;
        List<GroupEvent> sessions = all.stream()
                .filter(event -> event.ts() < end)
                .map(event -> changed(event, event.order() == null ? groupOf(event) : "", event.share()))
                .toList();

        Run run = run(sessions, 4, PlantedBug.NONE, 20, 8);

        run.assertRight("real sessions");
        assertThat(List.of(run.parts.attributed(), run.parts.ambiguous(), run.parts.unattributed()))
                .allSatisfy(part -> assertThat(part.get(Column.ORDERS_PAID)).isPositive());
    }

    private static String groupOf(GroupEvent event) {
        return "otto-" + Math.floorMod(Objects.requireNonNull(event.item()).hashCode(), 2);
    }

    private record Run(
            MeasureDiff measures,
            boolean isLedgerRight,
            Map<String, List<Long>> expected,
            AttributionReading parts,
            int crashes) {

        void assertRight(String which) {
            measures.assertEmpty(which);
            assertThat(sums()).as(which).isEqualTo(expected);
            assertThat(isLedgerRight).as("ledger, %s", which).isTrue();
        }

        boolean isRight() {
            return measures.isEmpty() && sums().equals(expected) && isLedgerRight;
        }

        private Map<String, List<Long>> sums() {
            return Map.of(
                    NaiveAttribution.ATTRIBUTED, sums(parts.attributed()),
                    NaiveAttribution.AMBIGUOUS, sums(parts.ambiguous()),
                    NaiveAttribution.UNATTRIBUTED, sums(parts.unattributed()));
        }

        private static List<Long> sums(Counts counts) {
            return List.of(
                    counts.get(Column.ORDERS_CREATED), counts.get(Column.ORDERS_PAID), counts.get(Column.GMV_PAID));
        }
    }

    private static Run run(int shards, PlantedBug bug, int batch, long seed) {
        return run(withoutSomeGroups(history(seed), seed), shards, bug, batch, seed);
    }

    private static Run run(List<GroupEvent> history, int shards, PlantedBug bug, int batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<GroupEvent> arrivals = Disorder.shuffle(history, SETTINGS.lateness(), 10, seed);
        SimulatedShards system = new SimulatedShards(shards, SETTINGS, bug, seed);
        MeasureDiff measures = MeasureDiff.ofAll();
        List<GroupEvent> accepted = new ArrayList<>();
        for (List<GroupEvent> some : Disorder.batches(arrivals, batch, seed)) {
            system.take(some);
            accepted.addAll(some);
            if (accepted.size() == arrivals.size() || random.nextInt(20) == 0) {
                compare(system, accepted, measures);
            }
        }
        NaiveAttribution naive = new NaiveAttribution(accepted);
        Set<List<@Nullable Object>> ledger = system.read().ledger(Long.MIN_VALUE, Long.MAX_VALUE).stream()
                .map(LedgerLawTest::line)
                .collect(Collectors.toSet());
        return new Run(
                measures,
                ledger.equals(Set.copyOf(new NaiveLedger(naive.withGroups()).lines(Long.MIN_VALUE, Long.MAX_VALUE))),
                naive.parts(),
                system.attribution(),
                system.crashes());
    }

    /** Everything is as if each event whose order is attributed or named elsewhere had named its group. */
    private static void compare(SimulatedShards system, List<GroupEvent> accepted, MeasureDiff measures) {
        long t = system.t();
        long toMinute = Math.floorDiv(t, 60_000) * 60_000 + 60_000;
        long fromMinute = toMinute - SETTINGS.historyRetention();
        List<GroupEvent> events = new NaiveAttribution(accepted).withGroups();
        EngineMeasures actual = system.read();
        measures.everything(t, fromMinute, toMinute, new NaiveMeasures(ORACLE, events), actual)
                .total(ordering(events), ordering(actual));
    }

    /** By group, what its past tells of customers' creations and payments: how often each happened. */
    private static Map<String, Map<String, Long>> ordering(EngineMeasures actual) {
        Map<String, Map<String, Long>> groups = new HashMap<>();
        for (GroupState group : actual.groups()) {
            Map<String, Long> acts = groups.computeIfAbsent(group.group(), id -> new HashMap<>());
            group.past().forEach(Long.MIN_VALUE, Long.MAX_VALUE, (type, ts, member, trait) -> {
                if (type == EventType.ORDER_CREATED || type == EventType.ORDER_PAID) {
                    acts.merge(type + " " + ts + " " + group.idOf(member) + " " + trait.share(), 1L, Long::sum);
                }
            });
        }
        return groups;
    }

    private static Map<String, Map<String, Long>> ordering(List<GroupEvent> events) {
        Map<String, Map<String, Long>> groups = new HashMap<>();
        for (GroupEvent event : events) {
            boolean isMaking = event.type() == EventType.ORDER_CREATED || event.type() == EventType.ORDER_PAID;
            if (isMaking && !event.group().isEmpty() && (event.role() == null || event.role() == Role.CUSTOMER)) {
                groups.computeIfAbsent(event.group(), id -> new HashMap<>())
                        .merge(
                                event.type() + " " + event.ts() + " " + event.member() + " " + event.share(),
                                1L,
                                Long::sum);
            }
        }
        return groups;
    }

    private static List<GroupEvent> history(long seed) {
        RandomHistory.Shape small = RandomHistory.Shape.small(seed);
        return RandomHistory.of(
                seed, ORACLE, new RandomHistory.Shape(small.events(), 3, 4, small.start(), small.end()));
    }

    /** The same events, of which many orders name no group, some in some of their events only; and some name a share. */
    private static List<GroupEvent> withoutSomeGroups(List<GroupEvent> history, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Integer> kinds = new HashMap<>();
        return history.stream()
                .map(event -> {
                    if (event.order() == null) {
                        return event;
                    }
                    int kind = kinds.computeIfAbsent(event.order(), order -> random.nextInt(5));
                    boolean isNamed = kind == 0 || (kind == 1 && random.nextBoolean());
                    @Nullable String share = random.nextInt(3) == 0 ? "s" + random.nextInt(3) : null;
                    return changed(event, isNamed ? event.group() : "", share);
                })
                .toList();
    }

    private static GroupEvent changed(GroupEvent event, String group, @Nullable String share) {
        return new GroupEvent(
                event.source(),
                event.id(),
                event.type(),
                event.ts(),
                group,
                event.member(),
                event.role(),
                event.order(),
                event.amount(),
                event.item(),
                event.quantity(),
                share,
                event.inviter(),
                event.channel(),
                event.campaign(),
                event.reason(),
                event.target(),
                event.chain());
    }
}
