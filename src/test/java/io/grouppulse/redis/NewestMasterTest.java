package io.grouppulse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewestMasterTest {
    private static final long VALID = 2_000;

    private final NewestMaster newest = new NewestMaster(3, VALID);

    @Test
    void oneSentinelThatHeardOfAFailOver_isBelievedBeforeTheOthers() {
        assertThat(newest.said("s1", "a:1", 4, 0)).isEqualTo("a:1");
        assertThat(newest.said("s2", "a:1", 4, 0)).isEqualTo("a:1");

        assertThat(newest.said("s3", "b:1", 5, 100)).isEqualTo("b:1");
        assertThat(newest.said("s1", "a:1", 4, 150)).isEqualTo("b:1");
        assertThat(newest.said("s2", "a:1", 4, 200)).isEqualTo("b:1");
    }

    @Test
    void oneThatComesBackWithWhatItKnewBefore_isNotBelievedAlone() {
        newest.said("s1", "b:1", 5, 0);

        assertThat(newest.said("s2", "a:1", 4, VALID * 10)).isEqualTo("b:1");
    }

    @Test
    void sentinelsThatWereSetUpAnew_areBelievedOnceMostOfThemSayTheSame() {
        newest.said("s1", "a:1", 7, 0);

        assertThat(newest.said("s2", "b:1", 0, VALID * 10)).isEqualTo("a:1");
        assertThat(newest.said("s1", "b:1", 0, VALID * 10)).isEqualTo("b:1");
    }

    /** Epoch and place are two answers: a fail-over between them gives the new place with the old epoch. */
    @Test
    void newPlaceWithTheOldEpoch_waitsForTheNewEpochWhileOthersNameTheOldOne() {
        newest.said("s1", "a:1", 4, 0);
        newest.said("s2", "a:1", 4, 0);

        assertThat(newest.said("s1", "b:1", 4, 250)).isEqualTo("a:1");
        assertThat(newest.said("s1", "b:1", 5, 500)).isEqualTo("b:1");
    }

    @Test
    void placeThatNobodyNamesAnyMore_isLeft() {
        newest.said("s1", "a:1", 4, 0);

        assertThat(newest.said("s1", "shop.example:1", 4, 250)).isEqualTo("shop.example:1");
    }
}
