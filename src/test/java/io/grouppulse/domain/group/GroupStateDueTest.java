package io.grouppulse.domain.group;

import static io.grouppulse.domain.group.RandomGroups.newGroup;
import static io.grouppulse.domain.group.RandomGroups.twinOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.signal.Counts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Between two events a reading changes at the moments that were foretold, and at no other. */
class GroupStateDueTest {
    private static final long YEAR = 365 * 86_400_000L;

    @Test
    void reading_beforeItIsDue_doesNotChange() {
        for (long seed = 0; seed < 60; seed++) {
            RandomGroups history = new RandomGroups(seed, true);
            SplittableRandom random = new SplittableRandom(seed);
            GroupState group = newGroup();
            while (history.hasNext()) {
                history.next().doTo(group, group.t());
                if (random.nextInt(8) == 0) {
                    follow(twinOf(group), random, 10, "seed=" + seed);
                }
            }
        }
    }

    @Test
    void reading_afterAllIsDue_isThatOfADeadGroup() {
        for (long seed = 0; seed < 20; seed++) {
            RandomGroups history = new RandomGroups(seed, false);
            GroupState group = newGroup();
            while (history.hasNext()) {
                history.next().doTo(group, group.t());
            }

            follow(group, new SplittableRandom(seed), Integer.MAX_VALUE, "seed=" + seed);

            GroupReading last = group.read();
            assertThat(last.state()).as("seed=%d", seed).isEqualTo(ActivityState.DEAD);
            last.windows().forEach(window -> assertThat(window).isEqualTo(Counts.ZERO));
            assertThat(last.today()).isEqualTo(Counts.ZERO);
        }
    }

    private static void follow(GroupState group, SplittableRandom random, int most, String as) {
        for (int step = 0; step < most; step++) {
            GroupReading before = group.read();
            long due = group.nextDue();
            assertThat(due).as(as + ": due").isGreaterThan(group.t());
            long last = due == Long.MAX_VALUE ? group.t() + YEAR : due - 1;
            group.advance(random.nextLong(group.t(), last + 1));
            assertThat(group.read()).as(as + ": some time before").isEqualTo(before);
            group.advance(last);
            assertThat(group.read()).as(as + ": just before").isEqualTo(before);
            if (due == Long.MAX_VALUE) {
                return;
            }
            group.advance(due);
        }
    }
}
