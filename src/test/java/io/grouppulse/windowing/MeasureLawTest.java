package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.MeasureDiff;
import io.grouppulse.oracle.NaiveMeasures;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every measure is a function of the set of accepted events and of T: whatever the order within the lateness, the
 * duplicates, the batches, the number of shards and the crashes. Held against a naive batch computation.
 */
class MeasureLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final OracleSettings ORACLE = OracleSettings.defaults();
    private static final int SEEDS = 400;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void measures_shuffledDuplicatedShardedAndCrashed_equalTheBatchComputation(int shards) {
        int crashes = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = run(shards, PlantedBug.NONE, seed * 31 + shards);
            run.diff.assertEmpty("shards=" + shards + " seed=" + (seed * 31 + shards));
            crashes += run.crashes;
        }
        assertThat(crashes).as("crashes survived").isGreaterThan(SEEDS / 2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "TRACE_LOST", "WITHDRAWAL_LOST", "STATE_SAVED_BEFORE_WHAT_IT_DERIVED"})
    void checker_plantedBug_isFound(PlantedBug bug) {
        int found = 0;
        for (long seed = 0; seed < 60; seed++) {
            found += run(4, bug, seed).diff.isEmpty() ? 0 : 1;
        }
        assertThat(found).as("runs out of 60 in which %s showed", bug).isGreaterThan(4);
    }

    @Test
    void checker_withoutBug_findsNothing() {
        for (long seed = 0; seed < 60; seed++) {
            run(4, PlantedBug.NONE, seed).diff.assertEmpty("seed=" + seed);
        }
    }

    private record Run(MeasureDiff diff, int crashes) {}

    private static Run run(int shards, PlantedBug bug, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<GroupEvent> history = RandomHistory.of(seed, ORACLE);
        List<GroupEvent> arrivals = Disorder.shuffle(history, SETTINGS.lateness(), 10, seed);
        SimulatedShards system = new SimulatedShards(shards, SETTINGS, bug, seed);
        MeasureDiff diff = MeasureDiff.ofAll();
        List<GroupEvent> accepted = new ArrayList<>();
        List<List<GroupEvent>> batches = Disorder.batches(arrivals, 20, seed);
        for (int i = 0; i < batches.size(); i++) {
            system.take(batches.get(i));
            accepted.addAll(batches.get(i));
            if (i == batches.size() - 1 || random.nextInt(8) == 0) {
                compare(system, accepted, diff);
            }
        }
        return new Run(diff, system.crashes());
    }

    private static void compare(SimulatedShards system, List<GroupEvent> accepted, MeasureDiff diff) {
        long t = system.t();
        long toMinute = Math.floorDiv(t, 60_000) * 60_000 + 60_000;
        diff.everything(
                t,
                toMinute - SETTINGS.historyRetention(),
                toMinute,
                new NaiveMeasures(ORACLE, accepted),
                system.read());
    }
}
