package io.grouppulse.domain.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DiceTest {
    private static final int DRAWS = 100_000;

    private final Dice dice = new Dice(11);

    @Test
    void draws_haveTheirMeans() {
        assertThat(mean(dice::unit)).isCloseTo(0.5, within(0.01));
        assertThat(mean(() -> dice.below(10))).isCloseTo(4.5, within(0.05));
        assertThat(mean(dice::gaussian)).isCloseTo(0, within(0.02));
        assertThat(mean(() -> dice.exponential(20))).isCloseTo(20, within(0.5));
        assertThat(mean(() -> dice.poisson(3))).isCloseTo(3, within(0.05));
        assertThat(mean(() -> dice.poisson(80))).isCloseTo(80, within(0.5));
    }

    @Test
    void weights_areDrawnInProportion() {
        Weights weights = Weights.of(6, 0, 3, 1);
        int[] counts = new int[4];
        for (int i = 0; i < DRAWS; i++) {
            counts[weights.draw(dice)]++;
        }

        assertThat(counts[0] / (double) DRAWS).isCloseTo(0.6, within(0.01));
        assertThat(counts[1]).isZero();
        assertThat(counts[2] / (double) DRAWS).isCloseTo(0.3, within(0.01));
    }

    @Test
    void rhythm_isQuietAtNightUnlessCompressed() {
        long threeAtNight = 1_794_337_200_000L;
        long eightInTheEvening = threeAtNight + 17 * 3_600_000L;
        Rhythm real = new Rhythm(SimulationSettings.sale(1, 10, 1, 1, threeAtNight));
        Rhythm show = new Rhythm(SimulationSettings.show(1, 10, 1, threeAtNight));

        assertThat(real.at(threeAtNight)).isLessThan(0.1);
        assertThat(real.at(eightInTheEvening)).isGreaterThan(1.0);
        assertThat(show.at(threeAtNight)).isGreaterThan(0.8);
    }

    private static double mean(java.util.function.DoubleSupplier draw) {
        return DoubleStream.generate(draw).limit(DRAWS).average().orElseThrow();
    }
}
