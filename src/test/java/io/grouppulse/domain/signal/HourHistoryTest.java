package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HourHistoryTest {
    private static final int KEPT = 72 * 24;

    @Test
    void history_hoursAddedAndTakenBackInAnyOrder_isTheSetOfTheNewest72Days() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            HourHistory history = HourHistory.EMPTY;
            TreeSet<Long> naive = new TreeSet<>();
            long around = -500;
            for (int i = 0; i < 600; i++) {
                around += random.nextInt(20) == 0 ? random.nextInt(400) : random.nextInt(3);
                long hour = around - random.nextInt(30);
                if (random.nextInt(6) == 0) {
                    history = history.without(hour);
                    naive.remove(hour);
                } else {
                    history = history.with(hour);
                    naive.add(hour);
                }
            }
            assertThat(active(history)).as("seed=%d", seed).isEqualTo(kept(naive));
            assertThat(history.count()).isEqualTo(naive.size());
            assertThat(history.first()).isEqualTo(naive.first());
            assertThat(history.newest()).isEqualTo(naive.last());
            NavigableSet<Long> seen = new TreeSet<>(kept(naive));
            for (long hour = naive.last() - KEPT - 70; hour <= naive.last() + 2; hour++) {
                Long lower = seen.lower(hour);
                assertThat(history.previousActive(hour)).isEqualTo(lower == null ? Long.MIN_VALUE : lower);
            }
        }
    }

    @Test
    void or_ofTwoHistories_isTheirUnionAndContinuesBoth() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TreeSet<Long> naive = new TreeSet<>();
            HourHistory[] two = {HourHistory.EMPTY, HourHistory.EMPTY};
            for (int i = 0; i < 200; i++) {
                long hour = random.nextLong(3_000);
                two[i % 2] = two[i % 2].with(hour);
                naive.add(hour);
            }
            HourHistory sum = two[0].or(two[1]);
            assertThat(active(sum)).isEqualTo(kept(naive));
            assertThat(sum).isEqualTo(two[1].or(two[0]));
            assertThat(sum.continues(two[0])).isTrue();
            assertThat(sum.without(sum.newest()).continues(sum)).isFalse();
        }
    }

    @Test
    void or_withHoursThatAreAllKnown_isTheSameObject() {
        HourHistory both = HourHistory.EMPTY.with(480_000).with(480_100).or(HourHistory.EMPTY.with(480_050));
        assertThat(both.or(HourHistory.EMPTY.with(480_050))).isSameAs(both);
        assertThat(both.or(HourHistory.EMPTY.with(480_100))).isSameAs(both);
        assertThat(both.or(HourHistory.EMPTY.with(480_051)).count()).isEqualTo(4);
    }

    @Test
    void restore_ofWhatWasSaved_isTheSame() {
        HourHistory history = HourHistory.EMPTY.with(7).with(490_000).with(490_001);
        for (HourHistory saved : List.of(history, HourHistory.EMPTY)) {
            SavedWriter out = new SavedWriter();
            saved.save(out);
            assertThat(HourHistory.restore(new SavedReader(out.toBytes()))).isEqualTo(saved);
        }
    }

    private static List<Long> active(HourHistory history) {
        List<Long> hours = new ArrayList<>();
        history.forEachActive(Long.MIN_VALUE, Long.MAX_VALUE, hours::add);
        return hours;
    }

    private static List<Long> kept(NavigableSet<Long> naive) {
        return List.copyOf(naive.tailSet(naive.last() - KEPT + 1));
    }
}
