package io.grouppulse.domain.signal.orderrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OrdersByHourTest {
    private static final long HOUR = 3_600_000;

    @Test
    void forEach_randomNotesAndForgetting_visitsOnceEveryOrderOfTheStretch() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            OrdersByHour index = new OrdersByHour();
            Map<Long, List<Long>> timesOf = new TreeMap<>();
            for (int step = 0; step < 200; step++) {
                long key = random.nextLong(-2, 20);
                long ts = random.nextLong(-3 * HOUR, 12 * HOUR);
                index.note(key, ts);
                timesOf.computeIfAbsent(key, k -> new ArrayList<>()).add(ts);
                if (random.nextInt(20) == 0) {
                    long before = random.nextLong(-3 * HOUR, 12 * HOUR);
                    timesOf.values().removeIf(times -> times.stream().allMatch(time -> time < before));
                    index.forget(before, timesOf::containsKey);
                }
                compare(index, timesOf, random, "seed=" + seed + " step=" + step);
            }
        }
    }

    private static void compare(OrdersByHour index, Map<Long, List<Long>> timesOf, SplittableRandom random, String at) {
        long from = random.nextLong(-4 * HOUR, 13 * HOUR);
        long to = from + random.nextLong(-HOUR, 5 * HOUR);
        List<Long> visited = new ArrayList<>();
        index.forEach(from, to, visited::add);
        assertThat(visited).as(at).doesNotHaveDuplicates();
        assertThat(visited).as(at).containsAll(between(timesOf, from, to));
        long hourFrom = Math.floorDiv(from, HOUR) * HOUR;
        long hourTo = Math.floorDiv(to - 1, HOUR) * HOUR + HOUR;
        assertThat(between(timesOf, hourFrom, hourTo)).as(at).containsAll(visited);
    }

    private static Set<Long> between(Map<Long, List<Long>> timesOf, long from, long to) {
        Set<Long> keys = new TreeSet<>();
        timesOf.forEach((key, times) -> {
            if (times.stream().anyMatch(ts -> ts >= from && ts < to)) {
                keys.add(key);
            }
        });
        return keys;
    }
}
