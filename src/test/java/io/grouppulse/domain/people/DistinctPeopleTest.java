package io.grouppulse.domain.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctPeopleTest {

    @Test
    void count_upToTenThousand_isExact() {
        DistinctPeople people = new DistinctPeople();
        for (int i = 0; i < 20_000; i++) {
            people.add("m" + i % DistinctPeople.EXACT_UP_TO);
        }

        assertThat(people.count()).isEqualTo(DistinctPeople.EXACT_UP_TO);
        assertThat(people.error()).isZero();
    }

    @Test
    void count_aboveTenThousand_isWithinFourStandardErrors() {
        for (int size : new int[] {10_001, 30_000, 200_000}) {
            DistinctPeople people = new DistinctPeople();
            for (int i = 0; i < size; i++) {
                people.add("m" + i);
            }

            assertThat(people.error()).isGreaterThan(0).isLessThan(0.01);
            assertThat((double) people.count()).isCloseTo(size, within(4 * people.error() * size));
        }
    }

    @Test
    void count_partitionedAndShuffled_isTheSame() {
        for (int size : new int[] {300, 9_999, 10_000, 10_001, 25_000}) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                ids.add("member-" + i);
            }
            DistinctPeople whole = new DistinctPeople();
            ids.forEach(whole::add);
            Collections.shuffle(ids, new Random(size));
            DistinctPeople merged = new DistinctPeople();
            for (int from = 0; from < size; from += 1_000) {
                DistinctPeople part = new DistinctPeople();
                ids.subList(Math.max(0, from - 50), Math.min(size, from + 1_000))
                        .forEach(part::add);
                merged.addAll(part);
            }

            assertThat(merged.count()).as("%d people", size).isEqualTo(whole.count());
            assertThat(merged.error()).isEqualTo(whole.error());
        }
    }

    @Test
    void addAll_ofAnEstimateAndOfAnExactCount_commute() {
        DistinctPeople many = new DistinctPeople();
        DistinctPeople few = new DistinctPeople();
        for (int i = 0; i < 12_000; i++) {
            many.add("m" + i);
            if (i % 3 == 0) {
                few.add("n" + i);
            }
        }
        DistinctPeople one = new DistinctPeople();
        one.addAll(many);
        one.addAll(few);
        DistinctPeople other = new DistinctPeople();
        other.addAll(few);
        other.addAll(many);

        assertThat(one.count()).isEqualTo(other.count()).isGreaterThan(15_000);
        assertThat(few.count()).as("what was added stays as it is").isEqualTo(4_000);
    }
}
