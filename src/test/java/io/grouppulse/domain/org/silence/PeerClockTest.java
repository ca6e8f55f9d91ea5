package io.grouppulse.domain.org.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeerClockTest {
    @Test
    void clock_whileNobodyTalks_standsStill() {
        assertThat(new PeerClock(Collections.nCopies(20, 1.0)).intensity(0)).isZero();
    }

    @Test
    void clock_ofGroupsOfOnePace_isTheIntensityThatLeavesSoManyQuiet() {
        PeerClock clock = new PeerClock(Collections.nCopies(100, 1.0));

        for (int active = 1; active < 100; active++) {
            assertThat(clock.intensity(active)).isCloseTo(-Math.log(1 - active / 100.0), within(1e-9));
        }
        assertThat(clock.intensity(100)).isCloseTo(-Math.log(0.005), within(1e-9));
    }

    @Test
    void clock_ofGroupsOfManyPaces_isSetByTheSlowOnesWhenNearlyAllTalk() {
        List<Double> mixed = Stream.concat(
                        Collections.nCopies(50, 0.25).stream(), Collections.nCopies(50, 2.0).stream())
                .toList();
        PeerClock clock = new PeerClock(mixed);

        assertThat(clock.intensity(95)).isGreaterThan(2 * -Math.log(0.05));
        for (int active = 1; active <= 100; active++) {
            assertThat(clock.intensity(active)).isGreaterThan(clock.intensity(active - 1));
        }
    }
}
