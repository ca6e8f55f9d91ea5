package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is acknowledged is in the log, and what is in the log is counted once, whatever happens to workers, to their
 * leases, to Redis and to answers: so many seeds, each with its own faults.
 */
class FaultSimulationTest {
    private static final int SEEDS = Integer.getInteger("grouppulse.simulation.seeds", 300);
    private static final int LEAST_FAULTS_A_SEED = 5;

    @Test
    void everySeed_endsWithTheNumbersOfTheLog() {
        Map<String, Integer> faults = new TreeMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            FaultSimulation.Result result = FaultSimulation.run(seed, PlantedFault.NONE);
            assertThat(result.violation()).as("seed %d", seed).isEmpty();
            result.faults().forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
        }
        System.out.printf("FaultSimulationTest: %d seeds, faults %s, 0 violations%n", SEEDS, faults);
        assertThat(faults.values().stream().mapToInt(Integer::intValue).sum())
                .isGreaterThan(LEAST_FAULTS_A_SEED * SEEDS);
    }

    @Test
    void sameSeed_takesTheSameSteps() {
        for (long seed = 0; seed < 30; seed++) {
            assertThat(FaultSimulation.run(seed, PlantedFault.NONE).trace())
                    .isEqualTo(FaultSimulation.run(seed, PlantedFault.NONE).trace());
        }
        assertThat(FaultSimulation.run(1, PlantedFault.NONE).trace())
                .isNotEqualTo(FaultSimulation.run(2, PlantedFault.NONE).trace());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void plantedFault_isFound(PlantedFault bug) {
        int found = 0;
        for (long seed = 0; seed < 300; seed++) {
            found += FaultSimulation.run(seed, bug).violation().isEmpty() ? 0 : 1;
        }
        System.out.printf("FaultSimulationTest: %s found by %d of 300 seeds%n", bug, found);
        assertThat(found).as("seeds of 300 that find %s", bug).isPositive();
    }
}
