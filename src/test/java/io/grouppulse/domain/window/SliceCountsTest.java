package io.grouppulse.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SliceCountsTest {
    private static final long NONE = Long.MIN_VALUE;

    @Test
    void counts_randomAdditionsAndRemovals_areThoseOfATreeMap() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SliceCounts counts = new SliceCounts();
            TreeMap<Long, Integer> naive = new TreeMap<>();
            long newest = -20;
            for (int step = 0; step < 300; step++) {
                String at = "seed=" + seed + " step=" + step;
                newest += random.nextInt(3) == 0 ? 1 : 0;
                long slice = newest - random.nextInt(8);
                int delta = random.nextBoolean() ? 1 : -1;
                assertThat(counts.add(slice, delta)).as(at).isEqualTo(naive.merge(slice, delta, Integer::sum));
                naive.values().removeIf(count -> count == 0);
                if (random.nextInt(30) == 0) {
                    counts.removeBefore(newest - 5);
                    naive.headMap(newest - 5).clear();
                }
                if (random.nextInt(30) == 0) {
                    counts = restored(counts);
                }
                compare(counts, naive, newest - random.nextInt(12), random.nextInt(4), at);
            }
        }
    }

    private static void compare(
            SliceCounts counts, NavigableMap<Long, Integer> naive, long slice, int width, String at) {
        Long from = naive.ceilingKey(slice);
        Long before = naive.lowerKey(slice);
        assertThat(counts.firstFrom(slice, NONE)).as(at).isEqualTo(from == null ? NONE : from);
        assertThat(counts.lastBefore(slice, NONE)).as(at).isEqualTo(before == null ? NONE : before);
        assertThat(counts.hasBetween(slice, slice + width))
                .as(at)
                .isEqualTo(!naive.subMap(slice, slice + width).isEmpty());
    }

    private static SliceCounts restored(SliceCounts counts) {
        SavedWriter out = new SavedWriter();
        counts.save(out);
        SavedReader in = new SavedReader(out.toBytes());
        SliceCounts restored = new SliceCounts();
        restored.restore(in);
        in.end();
        return restored;
    }
}
