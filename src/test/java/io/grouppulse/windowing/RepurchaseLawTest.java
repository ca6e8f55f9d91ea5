package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.buyers.Buyers;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who bought again is the same whatever the order of arrival; held against counting each person's payments in a list. */
class RepurchaseLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final int SEEDS = 60;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void repurchase_shuffledDuplicatedShardedAndCrashed_equalsTheBatchComputation(int shards) {
        long repeaters = 0;
        for (int i = 0; i < SEEDS; i++) {
            long seed = i * 37L + shards;
            repeaters += compare(RandomHistory.of(seed, OracleSettings.defaults()), shards, seed);
        }
        assertThat(repeaters).as("people who bought again").isGreaterThan(SEEDS);
    }

    @Test
    void repurchase_ofRealBaskets_equalsTheBatchComputation() {
        List<GroupEvent> baskets = Datasets.completeJourney();
        assertThat(compare(baskets.subList(baskets.size() - 2_000, baskets.size()), 4, 7))
                .isPositive();
        compare(Datasets.otto(), 4, 8);
    }

    /** Holds random stretches to their batch twins; answers how many people bought again in all of the history. */
    private static long compare(List<GroupEvent> history, int shards, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
        Disorder.batches(Disorder.shuffle(history, SETTINGS.lateness(), 10, seed), 20, seed)
                .forEach(system::take);
        EngineMeasures measures = system.read();
        NaiveLedger naive = new NaiveLedger(history);
        long last = system.t() + 1;
        long first = last - SETTINGS.orderRetention();
        String someGroup = history.get(random.nextInt(history.size())).group();
        for (int part = 0; part < 4; part++) {
            long from = part == 0 ? first : last - 1 - random.nextLong(3_600_000L << (2 * part));
            Stretch stretch = new Stretch(from, part == 0 ? last : from + 1 + random.nextLong(last - from));
            assertEqual(measures.buyers(null, Set.of(), stretch), naive, Set.of(), stretch);
            assertEqual(measures.buyers(someGroup, Set.of(), stretch), naive, Set.of(someGroup), stretch);
            assertEqual(measures.buyers(null, Set.of(someGroup), stretch), naive, Set.of(someGroup), stretch);
        }
        return measures.buyers(null, Set.of(), new Stretch(first, last)).repeaters();
    }

    private static void assertEqual(Buyers buyers, NaiveLedger naive, Set<String> only, Stretch stretch) {
        Map<@Nullable String, Long> ordersOf = new HashMap<>();
        for (NaiveLedger.Payment payment : naive.payments(stretch.from(), stretch.to())) {
            if (only.isEmpty() || only.contains(payment.group())) {
                ordersOf.merge(payment.member(), 1L, Long::sum);
            }
        }
        assertThat(List.of(buyers.people(), buyers.repeaters(), buyers.orders()))
                .as("%s %s", only, stretch)
                .containsExactly(
                        (long) ordersOf.size(),
                        ordersOf.values().stream().filter(orders -> orders >= 2).count(),
                        ordersOf.values().stream().mapToLong(orders -> orders).sum());
        assertThat(buyers.error()).isZero();
    }
}
