package io.grouppulse.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1000", "999, 1000", "1000, 1000", "1001, 2000", "-1, 0", "-1000, -1000", "-999, 0"})
    void key_scheduled_isDueAtTheNextWholeSecond(long due, long second) {
        Deadlines<String> deadlines = new Deadlines<>();
        deadlines.schedule("g1", due);

        assertThat(deadlines.due(second - 1)).isEmpty();
        assertThat(deadlines.due(second)).containsExactly("g1");
        assertThat(deadlines.due(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void schedule_laterThanKnown_keepsTheEarlier() {
        Deadlines<String> deadlines = new Deadlines<>();
        deadlines.schedule("g1", 5_000);
        deadlines.schedule("g1", 9_000);
        deadlines.schedule("g2", 9_000);
        deadlines.schedule("g2", 5_000);

        assertThat(deadlines.due(5_000)).containsExactlyInAnyOrder("g1", "g2");
        assertThat(deadlines.due(9_000)).isEmpty();
    }

    @Test
    void schedule_never_isNotKept() {
        Deadlines<String> deadlines = new Deadlines<>();
        deadlines.schedule("g1", Long.MAX_VALUE);

        assertThat(deadlines.due(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void deadlines_randomlyScheduledAndRemoved_equalTheNaiveOnes() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Deadlines<Integer> deadlines = new Deadlines<>();
            Map<Integer, Long> naive = new HashMap<>();
            long t = 0;
            for (int step = 0; step < 300; step++) {
                int key = random.nextInt(20);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        deadlines.remove(key);
                        naive.remove(key);
                    }
                    case 1 -> {
                        t += random.nextLong(random.nextInt(10) == 0 ? 100_000 : 3_000);
                        assertThat(deadlines.due(t))
                                .as("seed=%d step=%d", seed, step)
                                .containsExactlyInAnyOrderElementsOf(taken(naive, t));
                    }
                    case 2 -> {
                        long due = random.nextInt(5) == 0 ? Long.MAX_VALUE : t + random.nextLong(20_000);
                        deadlines.reschedule(key, due);
                        naive.remove(key);
                        if (due != Long.MAX_VALUE) {
                            naive.put(key, (due + 999) / 1_000 * 1_000);
                        }
                    }
                    default -> {
                        long due = t + random.nextLong(20_000);
                        deadlines.schedule(key, due);
                        naive.merge(key, (due + 999) / 1_000 * 1_000, Math::min);
                    }
                }
            }
        }
    }

    @Test
    void due_ofMany_comesEarliestFirst() {
        Deadlines<Integer> deadlines = new Deadlines<>();
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, Long> dues = new HashMap<>();
        for (int key = 0; key < 100; key++) {
            dues.put(key, random.nextLong(1, 50) * 1_000);
            deadlines.schedule(key, dues.getOrDefault(key, 0L));
        }

        assertThat(deadlines.due(100_000)).hasSize(100).isSortedAccordingTo(Comparator.comparing(dues::get));
    }

    private static List<Integer> taken(Map<Integer, Long> dues, long t) {
        List<Integer> taken = new ArrayList<>();
        dues.forEach((key, due) -> {
            if (due <= t) {
                taken.add(key);
            }
        });
        taken.forEach(dues::remove);
        return taken;
    }
}
