package io.grouppulse.domain.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FissionTest {
    private static final List<RewardTier> TIERS = List.of(new RewardTier(100, 100), new RewardTier(0, 50));

    @Test
    void reward_belowAtAndAboveTheSecondTier_isHalfAYuanAndThenAWholeOne() {
        assertThat(RewardTier.accrued(TIERS, 0)).isZero();
        assertThat(RewardTier.accrued(TIERS, 1)).isEqualTo(50);
        assertThat(RewardTier.accrued(TIERS, 100)).isEqualTo(5_000);
        assertThat(RewardTier.accrued(TIERS, 101)).isEqualTo(5_100);
        assertThat(RewardTier.accrued(List.of(), 5)).isZero();
    }

    @Test
    void tier_thatIsNotTwoNumbers_isRefused() {
        for (String text : new String[] {"", "0", "0:", ":50", "-1:5", "0:5:6", "0:x", "1234567890:1"}) {
            assertThatThrownBy(() -> RewardTier.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void doublingTime_ofGrowth_isThatOfItsPace() {
        assertThat(new Growth(100, 200, 0, 0).doublingTime(1_000)).isEqualTo(1_000);
        assertThat(new Growth(100, 400, 0, 0).doublingTime(1_000)).isEqualTo(500);
        assertThat(new Growth(100, 100, 0, 0).doublingTime(1_000)).isEqualTo(-1);
        assertThat(new Growth(0, 100, 0, 0).doublingTime(1_000)).isEqualTo(-1);
    }

    @Test
    void levels_ofAChainAndACircle_nobodyStandsAboveItself() {
        assertThat(InviteTree.levels(List.of())).isEmpty();
        assertThat(InviteTree.levels(List.of(join("b", "a", 1), join("c", "b", 2), join("d", "a", 3))))
                .containsExactly(2L, 1L);
        assertThat(InviteTree.levels(List.of(join("a", "b", 1), join("b", "a", 2))))
                .containsExactly(1L, 1L);
    }

    @Test
    void levels_ofRandomInvitations_equalTheirDefinition_inAnyOrder() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Joins.Invitation> all = new ArrayList<>();
            for (int i = random.nextInt(25); i > 0; i--) {
                all.add(join("m" + random.nextInt(8), "m" + random.nextInt(8), random.nextInt(20)));
            }
            all.removeIf(one -> one.member().equals(one.inviter()));
            List<Long> levels = InviteTree.levels(all);
            Collections.shuffle(all, random);

            assertThat(InviteTree.levels(all)).isEqualTo(levels).isEqualTo(naive(all));
        }
    }

    private static List<Long> naive(List<Joins.Invitation> all) {
        TreeMap<Integer, Long> levels = new TreeMap<>();
        Set<String> members = new HashSet<>();
        all.forEach(one -> members.add(one.member()));
        members.forEach(member -> levels.merge(level(member, all), 1L, Long::sum));
        return new ArrayList<>(levels.values());
    }

    private static int level(String member, List<Joins.Invitation> all) {
        Joins.Invitation mine = Objects.requireNonNull(earliest(member, all));
        Joins.@Nullable Invitation above = earliest(mine.inviter(), all);
        boolean wasThere = above != null
                && (above.ts() < mine.ts()
                        || (above.ts() == mine.ts() && above.member().compareTo(mine.member()) < 0));
        return wasThere ? 1 + level(mine.inviter(), all) : 1;
    }

    private static Joins.@Nullable Invitation earliest(String member, List<Joins.Invitation> all) {
        Joins.@Nullable Invitation earliest = null;
        for (Joins.Invitation one : all) {
            boolean earlier = earliest == null
                    || one.ts() < earliest.ts()
                    || (one.ts() == earliest.ts() && one.inviter().compareTo(earliest.inviter()) < 0);
            if (one.member().equals(member) && earlier) {
                earliest = one;
            }
        }
        return earliest;
    }

    private static Joins.Invitation join(String member, String inviter, long ts) {
        return new Joins.Invitation(member, inviter, ts, true);
    }
}
