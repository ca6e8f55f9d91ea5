package io.grouppulse.domain.signal.chain;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal.Sighting;
import io.grouppulse.domain.signal.WindowPlan;
import io.grouppulse.domain.signal.WindowedCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChainSignalTest {
    private static final long T = 1_794_240_000_000L;
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;

    private WindowedCounters counters = counters();
    private ChainSignal signal = new ChainSignal(counters);

    @Test
    void list_postedAgainWithMoreLines_countsTheNewOnes() {
        post(T - 30_000, 7, 1L, 2L);
        post(T - 20_000, 7, 1L, 2L, 3L);
        post(T - 10_000, 7, 1L, 2L, 3L);

        assertThat(entries()).isEqualTo(3);
        assertThat(entriesIn(T - 30_000)).isEqualTo(3);
    }

    @Test
    void line_twiceInOnePost_countsOnce() {
        post(T, 7, 1L, 1L);

        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void line_ofAnotherList_isAnother() {
        post(T, 7, 1L);
        post(T, 8, 1L);

        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void line_whoseEarlierPostArrivesLater_movesThere() {
        post(T - MINUTE, 7, 1L);
        post(T - 5 * MINUTE, 7, 1L);

        assertThat(entries()).isEqualTo(1);
        assertThat(entriesIn(T - MINUTE)).isZero();
        assertThat(entriesIn(T - 5 * MINUTE)).isEqualTo(1);
    }

    @Test
    void join_ofAChain_countsEachTime() {
        see(event(EventType.CHAIN_JOINED, T, "e1").member("m1").build());
        see(event(EventType.CHAIN_JOINED, T, "e2").member("m1").build());

        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void list_unheardOfForAWeek_isForgotten() {
        post(T, 7, 1L);
        advance(T + 7 * DAY);
        post(T + 7 * DAY, 7, 1L);
        assertThat(entries()).isEqualTo(1);

        advance(T + 14 * DAY + 1);
        post(T + 14 * DAY + 1, 7, 1L);
        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void posts_inAnyOrder_countEachLineAtItsFirst() {
        for (long seed = 0; seed < 500; seed++) {
            counters = counters();
            signal = new ChainSignal(counters);
            SplittableRandom random = new SplittableRandom(seed);
            Map<List<Long>, Long> firsts = new HashMap<>();
            for (int i = 0; i < 20; i++) {
                long ts = T - random.nextLong(30) * MINUTE;
                long head = random.nextInt(3);
                Long[] lines = random.longs(random.nextInt(5), 0, 9).boxed().toArray(Long[]::new);
                post(ts, head, lines);
                for (Long line : lines) {
                    firsts.merge(List.of(head, line), ts, Math::min);
                }
                if (random.nextInt(6) == 0) {
                    restore();
                }
            }
            assertThat(entries()).as("seed=%d", seed).isEqualTo(firsts.size());
            for (long minute = 0; minute < 30; minute++) {
                long ts = T - minute * MINUTE;
                assertThat(entriesIn(ts))
                        .as("seed=%d", seed)
                        .isEqualTo(firsts.values().stream()
                                .filter(first -> first == ts)
                                .count());
            }
        }
    }

    private static WindowedCounters counters() {
        GroupSettings settings = GroupSettings.defaults();
        WindowedCounters counters = new WindowedCounters(settings, new WindowPlan(settings.windows()));
        counters.advance(T);
        return counters;
    }

    private void post(long ts, long head, Long... lines) {
        see(event(EventType.CHAIN_POSTED, ts, "e")
                .member("m1")
                .chain(head, lines)
                .build());
    }

    private void see(GroupEvent event) {
        signal.onEvent(new Sighting(event, 0, 0, true));
    }

    private void advance(long t) {
        counters.advance(t);
        signal.onTime(t);
    }

    private void restore() {
        SavedWriter out = new SavedWriter();
        signal.save(out);
        signal = new ChainSignal(counters);
        signal.restore(new SavedReader(out.toBytes()));
    }

    private long entries() {
        return counters.total(Column.CHAIN_ENTRIES);
    }

    private long entriesIn(long ts) {
        long minute = Math.floorDiv(ts, MINUTE) * MINUTE;
        List<Long> counts = new ArrayList<>();
        counters.forEachMinute(
                minute, minute + MINUTE, (start, row) -> counts.add(row.get(Column.CHAIN_ENTRIES.ordinal())));
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
