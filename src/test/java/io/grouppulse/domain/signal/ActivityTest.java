package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long START = 480_000 * HOUR;

    @Test
    void holdsWith_whereItHolds_theSumWithTheNewPartIsThatOfAllParts() {
        SplittableRandom random = new SplittableRandom(8);
        int held = 0;
        int fell = 0;
        for (int history = 0; history < 300; history++) {
            List<NavigableSet<Long>> acts = new ArrayList<>();
            List<Activity> parts = new ArrayList<>();
            for (int part = 0; part < 3; part++) {
                acts.add(new TreeSet<>());
                parts.add(Activity.NONE);
            }
            Activity sum = Activity.NONE;
            long now = START;
            for (int step = 0; step < 60; step++) {
                now += random.nextLong(20 * MINUTE);
                int part = random.nextInt(acts.size());
                change(acts.get(part), now, random);
                Activity gone = parts.get(part);
                Activity instead = activityOf(acts.get(part));
                parts.set(part, instead);
                if (sum.holdsWith(instead, gone)) {
                    sum = sum.or(instead);
                    held++;
                } else {
                    sum = sumOf(parts);
                    fell++;
                }
                assertThat(sum).isEqualTo(sumOf(parts));
            }
        }
        assertThat(held).isGreaterThan(fell);
        assertThat(fell).isPositive();
    }

    @Test
    void holdsWith_anActThatAnotherOutlasts_holdsWithoutIt() {
        Activity revoked = activityOf(new TreeSet<>(List.of(START, START + 10 * MINUTE)));
        Activity left = activityOf(new TreeSet<>(List.of(START)));
        Activity other = activityOf(new TreeSet<>(List.of(START, START + 20 * MINUTE)));

        assertThat(revoked.or(other).holdsWith(left, revoked)).isTrue();
        assertThat(revoked.or(left).holdsWith(left, revoked)).isFalse();
    }

    /** Something new, late or not, or something that is taken back, the newest more often than others. */
    private static void change(NavigableSet<Long> acts, long now, SplittableRandom random) {
        int kind = random.nextInt(6);
        if (kind == 0 && !acts.isEmpty()) {
            acts.pollLast();
        } else if (kind == 1 && acts.size() > 1) {
            acts.remove(acts.higher(acts.first()));
        } else {
            acts.add(now - (kind == 2 ? random.nextLong(3 * HOUR) : random.nextLong(2_000)));
        }
    }

    private static Activity sumOf(List<Activity> parts) {
        return parts.stream().reduce(Activity.NONE, Activity::or);
    }

    private static Activity activityOf(NavigableSet<Long> acts) {
        if (acts.isEmpty()) {
            return Activity.NONE;
        }
        HourHistory hours = HourHistory.EMPTY;
        for (long ts : acts) {
            hours = hours.with(Math.floorDiv(ts, HOUR));
        }
        long newestHour = hours.newest() * HOUR;
        Long resumed = acts.ceiling(newestHour);
        Long before = acts.lower(newestHour);
        return new Activity(
                hours,
                acts.last(),
                minuteOf(resumed == null ? newestHour : resumed),
                before == null ? Long.MIN_VALUE : minuteOf(before));
    }

    private static long minuteOf(long ts) {
        return Math.floorDiv(ts, MINUTE) * MINUTE;
    }
}
