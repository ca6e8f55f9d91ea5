package io.grouppulse.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StagedClockTest {
    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final StagedClock clock = new StagedClock(100, new SystemClock(wall::get));

    @Test
    void past_movesTByItsEvents_untilTFollowsTheWall() {
        assertThat(clock.now()).isEqualTo(100);
        assertThat(clock.begin()).isTrue();
        clock.accepted(500);
        clock.accepted(400);
        assertThat(clock.now()).isEqualTo(500);
        assertThat(clock.isReplay()).isTrue();

        clock.follow();
        clock.accepted(1_030_000);

        assertThat(clock.now()).isEqualTo(1_000_000);
        assertThat(clock.isReplay()).isFalse();
        assertThat(clock.followsEvents()).isTrue();
    }

    @Test
    void somethingThatHappenedBefore_leavesNoRoomForAPast() {
        clock.accepted(900);

        assertThat(clock.begin()).isFalse();
        assertThat(clock.now()).isEqualTo(1_000_000);
        assertThat(clock.isReplay()).isFalse();
    }

    @Test
    void t_neverGoesBack_whenTheWallIsBehindThePast() {
        clock.begin();
        clock.accepted(2_000_000);
        clock.follow();

        assertThat(clock.now()).isEqualTo(2_000_000);
    }
}
