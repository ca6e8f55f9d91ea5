package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Messages.SlotTimes;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.buyers.SlotSales;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.NaiveLedger.Payment;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots sold the same whatever the order of arrival; held against walking through the sorted payments. */
class SlotLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final long HOUR = 3_600_000;
    private static final int SEEDS = 60;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void slots_shuffledDuplicatedShardedAndCrashed_equalTheBatchComputation(int shards) {
        long habitual = 0;
        for (int i = 0; i < SEEDS; i++) {
            long seed = i * 41L + shards;
            habitual += compare(RandomHistory.of(seed, OracleSettings.defaults()), shards, seed);
        }
        assertThat(habitual).as("habitual buyers").isPositive();
    }

    @Test
    void slots_ofRealBaskets_equalTheBatchComputation() {
        List<GroupEvent> baskets = Datasets.completeJourney();
        assertThat(compare(baskets.subList(baskets.size() - 2_000, baskets.size()), 4, 7))
                .isPositive();
        compare(Datasets.otto(), 4, 8);
    }

    /** Cuts the time before T into days of random length with slots in each; answers how many buyers were habitual. */
    private static long compare(List<GroupEvent> history, int shards, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
        Disorder.batches(Disorder.shuffle(history, SETTINGS.lateness(), 10, seed), 20, seed)
                .forEach(system::take);
        EngineMeasures measures = system.read();
        NaiveLedger naive = new NaiveLedger(history);
        long habitual = 0;
        for (long day : new long[] {HOUR, 8 * HOUR, 24 * HOUR}) {
            List<SlotTimes> slots = slots(system.t() + 1, day, random);
            List<SlotSales> sales = measures.slots(slots);
            for (int i = 0; i < slots.size(); i++) {
                assertEqual(sales.get(i), slots.get(i), naive);
                habitual += sales.get(i).habitual();
            }
        }
        return habitual;
    }

    private static List<SlotTimes> slots(long end, long day, SplittableRandom random) {
        long start = end - day;
        List<SlotTimes> slots = new ArrayList<>();
        for (long from = start; from < end; from += day / 3) {
            long length = 1 + random.nextLong(day / 3);
            List<Stretch> earlier = new ArrayList<>();
            for (int before = random.nextInt(5); before > 0; before--) {
                earlier.add(new Stretch(from - before * day, from - before * day + length));
            }
            slots.add(new SlotTimes(new Stretch(from, from + length), earlier));
        }
        return slots;
    }

    private static void assertEqual(SlotSales sales, SlotTimes times, NaiveLedger naive) {
        long from = times.slot().from();
        List<Payment> payments =
                new ArrayList<>(naive.payments(from, times.slot().to()));
        payments.sort((one, other) -> Long.compare(one.ts(), other.ts()));
        Set<String> earlier = new HashSet<>();
        for (Stretch stretch : times.earlier()) {
            naive.payments(stretch.from(), stretch.to()).forEach(payment -> earlier.add(payment.member()));
        }
        Set<String> buyers = new HashSet<>();
        payments.forEach(payment -> buyers.add(payment.member()));
        assertThat(List.of(
                        sales.orders(),
                        sales.gmv(),
                        (long) sales.buyers().size(),
                        sales.habitual(),
                        sales.inFirstMinute(),
                        sales.secondsTo(50),
                        sales.secondsTo(90)))
                .as("%s", times)
                .containsExactly(
                        (long) payments.size(),
                        payments.stream().mapToLong(Payment::money).sum(),
                        (long) buyers.size(),
                        buyers.stream().filter(earlier::contains).count(),
                        payments.stream()
                                .filter(payment -> payment.ts() < from + 60_000)
                                .count(),
                        secondsTo(payments, from, 0.5),
                        secondsTo(payments, from, 0.9));
    }

    private static long secondsTo(List<Payment> payments, long from, double part) {
        for (int i = 0; i < payments.size(); i++) {
            if (i + 1 >= part * payments.size()) {
                return (payments.get(i).ts() - from) / 1_000;
            }
        }
        return -1;
    }
}
