package io.grouppulse.domain.buyers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BuyersTest {

    @Test
    void upToTenThousandPeople_areExact_howeverTheyAreMerged() {
        List<Buyers> parts = parts(Buyers.EXACT, 7);
        Buyers all = merged(parts, 1);

        assertThat(all.people()).isEqualTo(Buyers.EXACT);
        assertThat(all.repeaters()).isEqualTo(Buyers.EXACT / 4);
        assertThat(all.orders()).isEqualTo(Buyers.EXACT + Buyers.EXACT / 4);
        assertThat(all.error()).isZero();
    }

    @Test
    void morePeople_areEstimatedWithinTheStatedError() {
        for (int people : new int[] {Buyers.EXACT + 1, 30_000, 250_000}) {
            Buyers all = merged(parts(people, 5), 2);

            assertThat(all.error()).isBetween(0.0099, 0.0101);
            assertThat(all.people() / (double) people).isCloseTo(1, within(4 * all.error()));
            assertThat(all.repeaters() / (double) all.people()).isCloseTo(0.25, within(4 * all.error()));
            assertThat(all.orders()).isEqualTo(people + (people + 3) / 4);
        }
    }

    @Test
    void anyOrderOfMerging_saysTheSame() {
        List<Buyers> parts = parts(60_000, 9);
        Buyers one = merged(parts, 3);
        Buyers other = merged(parts, 4);

        assertThat(other.people()).isEqualTo(one.people());
        assertThat(other.repeaters()).isEqualTo(one.repeaters());
        assertThat(other.orders()).isEqualTo(one.orders());
    }

    @Test
    void nobody_isNobody() {
        Buyers none = Buyers.merge(List.of());
        assertThat(none.people()).isZero();
        assertThat(none.error()).isZero();
    }

    /** One order of each person, and a second one, in any part, of every fourth. */
    private static List<Buyers> parts(int people, int parts) {
        SplittableRandom random = new SplittableRandom(people);
        List<Buyers.Builder> builders = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            builders.add(new Buyers.Builder());
        }
        for (int person = 0; person < people; person++) {
            builders.get(random.nextInt(parts)).add("m" + person, 1);
            if (person % 4 == 0) {
                builders.get(random.nextInt(parts)).add("m" + person, 1);
            }
        }
        return builders.stream().map(Buyers.Builder::build).toList();
    }

    private static Buyers merged(List<Buyers> parts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Buyers> left = new ArrayList<>(parts);
        while (left.size() > 1) {
            Buyers one = left.remove(random.nextInt(left.size()));
            Buyers other = left.remove(random.nextInt(left.size()));
            left.add(Buyers.merge(List.of(one, other)));
        }
        return left.get(0);
    }
}
