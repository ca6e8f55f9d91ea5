package io.grouppulse.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PaneRingTest {
    private static final long SLICE = 1_000;
    private static final long[] WIDTHS = {60_000, 5_000, 20_000};
    private static final int COLUMNS = 3;
    private static final int SEEDS = 150;

    @Test
    void sums_randomAddsAndAdvances_equalTheNaiveOnes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed, true);
            for (int step = 0; step < 200; step++) {
                run.step();
                run.compareSums("seed=" + seed + " step=" + step);
            }
        }
    }

    @Test
    void panes_randomAddsAndAdvances_equalTheNaiveOnes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed, true);
            for (int step = 0; step < 100; step++) {
                run.step();
                run.comparePanes("seed=" + seed + " step=" + step);
            }
        }
    }

    @Test
    void nextDue_ofPositiveCounts_isTheFirstMomentAtWhichASumChanges() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed, false);
            run.advance(0);
            for (int step = 0; step < 60; step++) {
                run.step();
                assertThat(run.ring.nextDue()).as("seed=%d step=%d", seed, step).isEqualTo(run.naive.firstChange());
            }
        }
    }

    @Test
    void ring_restored_isSavedAsTheSameBytesAndGoesOnTheSame() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed, true);
            for (int step = 0; step < 50; step++) {
                run.step();
            }
            byte[] saved = bytesOf(run.ring);

            run.ring = ring();
            run.ring.restore(new SavedReader(saved));

            assertThat(bytesOf(run.ring)).isEqualTo(saved);
            for (int step = 0; step < 50; step++) {
                run.step();
                run.compareSums("after restore, seed=" + seed + " step=" + step);
            }
        }
    }

    @Test
    void ring_afterALongGap_isEmptyAndTakesNewCounts() {
        PaneRing ring = ring();
        ring.advance(0);
        ring.add(0, 1, 7);

        ring.advance(1_000_000_000_000L);

        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.sum(0, 1)).isZero();
        assertThat(ring.nextDue()).isEqualTo(Long.MAX_VALUE);
        ring.add(1_000_000_000_000L, 1, 2);
        assertThat(ring.sum(0, 1)).isEqualTo(2);
    }

    @Test
    void add_olderThanEveryWindow_isDropped() {
        PaneRing ring = ring();
        ring.advance(100_000);

        ring.add(100_000 - 60_000, 0, 1);
        assertThat(ring.isEmpty()).isTrue();

        ring.add(100_000 - 59_000, 0, 1);
        assertThat(ring.sum(0, 0)).isEqualTo(1);
        assertThat(ring.sum(2, 0)).isZero();
    }

    private static PaneRing ring() {
        return new PaneRing(SLICE, WIDTHS, COLUMNS);
    }

    private static byte[] bytesOf(PaneRing ring) {
        SavedWriter out = new SavedWriter();
        ring.save(out);
        return out.toBytes();
    }

    /** A ring and its naive twin under the same random adds and advances. */
    private static final class Run {
        private final SplittableRandom random;
        private final boolean withCorrections;
        private final Naive naive = new Naive();
        private PaneRing ring = ring();
        private long t = -30_000;

        private Run(long seed, boolean withCorrections) {
            this.random = new SplittableRandom(seed);
            this.withCorrections = withCorrections;
        }

        private void step() {
            if (random.nextInt(3) == 0) {
                advance(t + (random.nextInt(12) == 0 ? 90_000 : random.nextLong(4_000)));
            } else {
                long ts = t + (random.nextInt(4) == 0 ? -random.nextLong(90_000) : random.nextLong(-3_000, 3_000));
                add(random.nextInt(3) == 0 ? Math.floorDiv(ts, SLICE) * SLICE : ts);
            }
        }

        private void add(long ts) {
            int column = random.nextInt(COLUMNS);
            long delta = withCorrections ? random.nextInt(-3, 9) : random.nextInt(1, 9);
            ring.add(ts, column, delta);
            naive.add(ts, column, delta);
        }

        private void advance(long newT) {
            t = newT;
            ring.advance(t);
            naive.advance(t);
        }

        private void compareSums(String as) {
            for (int window = 0; window < WIDTHS.length; window++) {
                long[] sums = ring.sums(window);
                for (int column = 0; column < COLUMNS; column++) {
                    long expected = naive.sum(window, column);
                    assertThat(ring.sum(window, column)).as(as).isEqualTo(expected);
                    assertThat(sums == null ? 0 : sums[column]).as(as).isEqualTo(expected);
                }
            }
        }

        private void comparePanes(String as) {
            long from = t - random.nextLong(80_000);
            long to = t + random.nextLong(-10_000, 10_000);
            Map<Long, List<Long>> panes = new TreeMap<>();
            ring.forEach(from, to, (start, row) -> panes.put(start, List.of(row.get(0), row.get(1), row.get(2))));
            assertThat(panes).as(as).isEqualTo(naive.panes(from, to));
            assertThat(ring.sumFrom(from, 1)).as(as).isEqualTo(naive.sumFrom(from, 1));
            assertThat(ring.isEmpty()).as(as).isEqualTo(naive.panes.isEmpty());
        }
    }

    /** The same by definition: every pane there is, summed anew each time. */
    private static final class Naive {
        private final TreeMap<Long, long[]> panes = new TreeMap<>();
        private long t = Long.MIN_VALUE;

        private void add(long ts, int column, long delta) {
            long start = Math.floorDiv(ts, SLICE) * SLICE;
            if (t == Long.MIN_VALUE || start >= startOf(60_000, t)) {
                panes.computeIfAbsent(start, s -> new long[COLUMNS])[column] += delta;
            }
        }

        private void advance(long newT) {
            t = newT;
            panes.headMap(startOf(60_000, t)).clear();
        }

        private static long startOf(long width, long at) {
            return Math.floorDiv(at, SLICE) * SLICE + SLICE - width;
        }

        private long sum(int window, int column) {
            long from = t == Long.MIN_VALUE ? Long.MIN_VALUE : startOf(WIDTHS[window], t);
            return sumOf(panes.tailMap(from), column);
        }

        private long sumFrom(long ts, int column) {
            return sumOf(panes.tailMap(ts), column);
        }

        private static long sumOf(Map<Long, long[]> some, int column) {
            return some.values().stream().mapToLong(cells -> cells[column]).sum();
        }

        private Map<Long, List<Long>> panes(long from, long to) {
            Map<Long, List<Long>> found = new HashMap<>();
            if (from < to) {
                panes.subMap(from, to).forEach((start, cells) -> found.put(start, listOf(cells)));
            }
            return found;
        }

        private static List<Long> listOf(long[] cells) {
            List<Long> list = new ArrayList<>();
            Arrays.stream(cells).forEach(list::add);
            return list;
        }

        /** Tries every moment at which any pane could leave any window, earliest first. */
        private long firstChange() {
            TreeSet<Long> moments = new TreeSet<>();
            for (long start : panes.keySet()) {
                for (long width : WIDTHS) {
                    moments.add(start + width);
                }
            }
            List<Long> now = sumsAt(t);
            for (long moment : moments.tailSet(t, false)) {
                assertThat(sumsAt(moment - 1)).isEqualTo(now);
                if (!sumsAt(moment).equals(now)) {
                    return moment;
                }
            }
            return Long.MAX_VALUE;
        }

        private List<Long> sumsAt(long at) {
            List<Long> sums = new ArrayList<>();
            for (long width : WIDTHS) {
                for (int column = 0; column < COLUMNS; column++) {
                    sums.add(sumOf(panes.tailMap(startOf(width, at)), column));
                }
            }
            return sums;
        }
    }
}
