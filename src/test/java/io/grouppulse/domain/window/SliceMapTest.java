package io.grouppulse.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SliceMapTest {
    @Test
    void map_randomCreationsAndRemovals_holdsWhatATreeMapHolds() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SliceMap<List<Integer>> map = new SliceMap<>();
            TreeMap<Long, List<Integer>> naive = new TreeMap<>();
            long newest = -20;
            for (int step = 0; step < 300; step++) {
                newest += random.nextInt(3);
                if (random.nextInt(4) > 0 || naive.isEmpty()) {
                    long slice = newest - random.nextInt(15);
                    map.getOrCreate(slice, ArrayList::new).add(step);
                    naive.computeIfAbsent(slice, s -> new ArrayList<>()).add(step);
                } else {
                    assertThat(map.removeFirst())
                            .as("seed=%d step=%d", seed, step)
                            .isEqualTo(naive.pollFirstEntry().getValue());
                }
                compare(map, naive, "seed=" + seed + " step=" + step);
                long asked = newest - random.nextInt(20);
                assertThat(map.placeFrom(asked))
                        .as("seed=%d step=%d", seed, step)
                        .isEqualTo(naive.headMap(asked).size());
            }
        }
    }

    private static void compare(SliceMap<List<Integer>> map, Map<Long, List<Integer>> naive, String at) {
        TreeMap<Long, List<Integer>> told = new TreeMap<>();
        for (int place = 0; place < map.size(); place++) {
            told.put(map.sliceAt(place), map.valueAt(place));
        }
        assertThat(told).as(at).isEqualTo(naive);
        assertThat(map.isEmpty()).as(at).isEqualTo(naive.isEmpty());
        assertThat(map.size()).as(at).isEqualTo(naive.size());
    }
}
