package io.grouppulse.domain.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForemostTest {
    private record One(int rank, int id) {}

    @Test
    void areThoseThatSortingAllWouldPutFirst() {
        Comparator<One> order = Comparator.comparingInt(One::rank).thenComparing(One::id, Comparator.reverseOrder());
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<One> all = random.ints(random.nextInt(60), 0, 10)
                    .mapToObj(rank -> new One(rank, random.nextInt(1_000_000)))
                    .toList();
            int most = random.nextInt(12);
            Foremost<One> foremost = new Foremost<>(most, order);
            all.forEach(foremost::add);
            assertThat(foremost.read())
                    .as("seed=%d", seed)
                    .isEqualTo(all.stream().sorted(order).limit(most).toList());
        }
    }
}
