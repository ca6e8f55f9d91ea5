package io.grouppulse.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LookPaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void lookThatTakesLittle_isDueAtTheNextTurn() {
        LookPace pace = new LookPace(5);
        assertThat(pace.isDue(5)).isTrue();

        pace.looked(5, 5 + SECOND / 10);

        assertThat(pace.isDue(5 + SECOND)).isTrue();
    }

    @Test
    void lookThatTakesLong_restsNineTimesAsLong() {
        LookPace pace = new LookPace(0);
        pace.looked(0, SECOND);

        assertThat(pace.isDue(10 * SECOND - 1)).isFalse();
        assertThat(pace.isDue(10 * SECOND)).isTrue();
    }

    @Test
    void lookThatTakesForever_isDueAfterTheLongestRest() {
        LookPace pace = new LookPace(0);
        pace.looked(0, 60 * SECOND);

        assertThat(pace.isDue(60 * SECOND + LookPace.LONGEST_REST - 1)).isFalse();
        assertThat(pace.isDue(60 * SECOND + LookPace.LONGEST_REST)).isTrue();
    }
}
