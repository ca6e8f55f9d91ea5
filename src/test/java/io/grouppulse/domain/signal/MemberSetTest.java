package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemberSetTest {
    @Test
    void sets_randomChanges_holdWhatBitSetsHold() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MemberSet some = new MemberSet();
            MemberSet others = new MemberSet();
            BitSet naiveSome = new BitSet();
            BitSet naiveOthers = new BitSet();
            for (int step = 0; step < 300; step++) {
                int member = random.nextInt(1 + (int) seed * 10);
                boolean isIn = random.nextBoolean();
                boolean first = random.nextBoolean();
                (first ? some : others).set(member, isIn);
                (first ? naiveSome : naiveOthers).set(member, isIn);
                BitSet common = (BitSet) naiveSome.clone();
                common.and(naiveOthers);
                assertThat(some.countCommon(others))
                        .as("seed=%d step=%d", seed, step)
                        .isEqualTo(common.cardinality());
                int asked = random.nextInt(1_000);
                assertThat(some.contains(asked))
                        .as("seed=%d step=%d", seed, step)
                        .isEqualTo(naiveSome.get(asked));
            }
        }
    }

    @Test
    void addAll_ofAnother_holdsBoth() {
        MemberSet some = new MemberSet();
        some.set(3, true);
        MemberSet others = new MemberSet();
        others.set(200, true);
        some.addAll(others);
        assertThat(some.contains(3)).isTrue();
        assertThat(some.contains(200)).isTrue();
        assertThat(some.contains(64)).isFalse();
        assertThat(others.contains(3)).isFalse();
    }
}
