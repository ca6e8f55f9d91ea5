package io.grouppulse.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private long nanos = Long.MAX_VALUE;
    private long asked;
    private int runs;
    private boolean hasWork = true;
    private final Pace pace = new Pace(
            50,
            0,
            () -> nanos,
            (millis, action) -> {
                asked = millis;
                timers.add(action);
            },
            () -> {
                runs += hasWork ? 1 : 0;
                return hasWork;
            });

    @Test
    void first_isRunAtOnce() {
        pace.soon();

        assertThat(runs).isOne();
        assertThat(timers).isEmpty();
    }

    @Test
    void next_isRunWhenTheRestIsOver_onceHoweverOftenItIsAskedFor() {
        pace.soon();
        nanos += 20_000_001;
        pace.soon();
        pace.soon();

        assertThat(runs).isOne();
        assertThat(timers).hasSize(1);
        assertThat(asked).isEqualTo(30);

        nanos += 30_000_000;
        timers.remove().run();
        assertThat(runs).isEqualTo(2);
        assertThat(timers).isEmpty();
    }

    @Test
    void timerThatFindsTheRestBegunAnew_isSetAnew() {
        pace.soon();
        nanos += 20_000_000;
        pace.soon();
        nanos += 10_000_000;
        pace.begin();
        nanos += 20_000_000;

        timers.remove().run();

        assertThat(runs).isOne();
        assertThat(timers).hasSize(1);
        assertThat(asked).isEqualTo(30);
    }

    @Test
    void oneThatIsLate_isFollowedInTime_andWithinTheSlackOnly() {
        Pace own = new Pace(50, 25, () -> nanos, (millis, action) -> timers.add(action), () -> ++runs > 0);
        own.soon();
        nanos += 60_000_000;
        own.soon();
        nanos += 39_000_000;
        assertThat(own.runIfRested()).isFalse();
        nanos += 1_000_000;
        assertThat(own.runIfRested()).isTrue();

        nanos += 90_000_000;
        own.soon();
        nanos += 24_000_000;
        assertThat(own.runIfRested()).isFalse();
        nanos += 1_000_000;
        assertThat(own.runIfRested()).isTrue();
        assertThat(runs).isEqualTo(5);
    }

    @Test
    void oneAfterALongRest_isNotLate() {
        Pace own = new Pace(50, 25, () -> nanos, (millis, action) -> timers.add(action), () -> ++runs > 0);
        own.soon();
        nanos += 100_000_000;
        own.soon();

        nanos += 49_000_000;
        assertThat(own.runIfRested()).isFalse();
    }

    @Test
    void slack_isNoMoreThanTheRestOnAverage() {
        Pace own = new Pace(50, 25, () -> nanos, (millis, action) -> timers.add(action), () -> ++runs > 0);
        for (int milli = 0; milli < 10_000; milli++) {
            own.runIfRested();
            nanos += 1_000_000;
        }

        assertThat(runs).isEqualTo(200);
    }

    @Test
    void whatFoundNothingToDo_isFollowedByNoRest() {
        hasWork = false;
        pace.soon();
        hasWork = true;

        pace.soon();

        assertThat(runs).isOne();
    }

    @Test
    void ifRested_runsNothingSooner_andSetsNoTimer() {
        pace.soon();
        nanos += 49_999_999;

        assertThat(pace.runIfRested()).isFalse();
        assertThat(timers).isEmpty();

        nanos++;
        assertThat(pace.runIfRested()).isTrue();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void actionThatAsksForTheNext_isRunOnce() {
        int[] count = {0};
        Pace[] own = new Pace[1];
        own[0] = new Pace(50, 0, () -> nanos, (millis, action) -> timers.add(action), () -> {
            count[0]++;
            own[0].soon();
            return true;
        });

        own[0].soon();

        assertThat(count[0]).isOne();
        assertThat(timers).hasSize(1);
    }
}
