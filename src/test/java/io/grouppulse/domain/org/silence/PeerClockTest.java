package io.grouppulse.domain.org.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeerClockTest {
    /** So much exposure leaves no doubt of a pace. */
    private static final double KNOWN = 1e9;

    @Test
    void clock_whileNobodyTalks_standsStill() {
        assertThat(clock(KNOWN, Collections.nCopies(20, 1.0)).intensity(0)).isZero();
    }

    @Test
    void clock_ofGroupsOfOnePace_isTheIntensityThatLeavesSoManyQuiet() {
        PeerClock clock = clock(KNOWN, Collections.nCopies(100, 1.0));

        for (int active = 1; active < 100; active++) {
            assertThat(clock.intensity(active)).isCloseTo(-Math.log(1 - active / 100.0), within(1e-6));
        }
        assertThat(clock.intensity(100)).isCloseTo(-Math.log(0.005), within(1e-6));
    }

    @Test
    void clock_ofGroupsOfManyPaces_isSetByTheSlowOnesWhenNearlyAllTalk() {
        List<Double> mixed = Stream.concat(
                        Collections.nCopies(50, 0.25).stream(), Collections.nCopies(50, 2.0).stream())
                .toList();
        PeerClock clock = clock(KNOWN, mixed);

        assertThat(clock.intensity(95)).isGreaterThan(2 * -Math.log(0.05));
        for (int active = 1; active <= 100; active++) {
            assertThat(clock.intensity(active)).isGreaterThan(clock.intensity(active - 1));
        }
    }

    @Test
    void clock_ofPacesThatAreOnlyBelieved_expectsMoreToBeQuiet() {
        List<Double> paces = Collections.nCopies(100, 1.0);

        assertThat(clock(3, paces).intensity(90)).isCloseTo(3 * (Math.pow(0.1, -1.0 / 3) - 1), within(1e-6));
        for (int active = 1; active <= 100; active++) {
            assertThat(clock(3, paces).intensity(active))
                    .isGreaterThan(clock(KNOWN, paces).intensity(active));
        }
    }

    private static PeerClock clock(double exposure, List<Double> paces) {
        return new PeerClock(paces.stream()
                .map(pace -> new PeerShares.Prior(pace * exposure, exposure))
                .toList());
    }
}
