package io.grouppulse.domain.org;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.OrderMeasure;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RankingsTest {
    private static final RankedBy BY_MONEY = new RankedBy("", 0, OrderMeasure.GMV_PAID);

    private final Rankings rankings = new Rankings();
    private final Map<String, GroupReading> groups = new TreeMap<>();

    @Test
    void ranking_whileItIsRead_isKeptAndInOrder() {
        SplittableRandom random = new SplittableRandom(3);
        first();
        for (int change = 0; change < 60_000; change++) {
            put("g" + random.nextInt(40), random.nextInt(5));
            if (change % 500 == 0) {
                assertThat(rankings.size()).as("change " + change).isEqualTo(1);
                assertThat(first()).as("change " + change).isEqualTo(sorted());
            }
        }
    }

    @Test
    void ranking_thatNobodyReadsWhileMuchChanges_isDroppedAndMadeAnewWhenRead() {
        SplittableRandom random = new SplittableRandom(5);
        put("g0", 1);
        assertThat(first()).containsExactly("g0");

        for (int change = 0; change < 30_000; change++) {
            put("g" + random.nextInt(40), change);
        }

        assertThat(rankings.size()).isZero();
        assertThat(first()).isEqualTo(sorted());
    }

    @Test
    void ranking_thatWasReadOnce_isKeptUntilEachGroupHasMovedOnce_andOneThatWasReadAgainForLonger() {
        int many = 12_000;
        for (int group = 0; group < many; group++) {
            put("g" + group, 1);
        }
        first();
        for (int group = 0; group < many; group++) {
            put("g" + group, 2);
        }
        assertThat(rankings.size()).isEqualTo(1);
        put("g0", 3);
        assertThat(rankings.size()).isZero();

        first();
        first();
        for (int group = 0; group < 2 * many; group++) {
            put("g" + group % many, 4 + group);
        }
        assertThat(rankings.size()).isEqualTo(1);
    }

    @Test
    void ranking_whoseGroupsChangeInOtherThingsAlone_costsNothingAndIsKept() {
        put("g0", 1);
        first();

        for (int change = 0; change < 30_000; change++) {
            put("g0", 1);
        }

        assertThat(rankings.size()).isEqualTo(1);
    }

    @Test
    void rankings_ofWhichThereAreTooMany_areThoseThatWereReadLast() {
        put("g0", 1);
        for (int scope = 0; scope < 100; scope++) {
            rankings.first(new RankedBy("org-" + scope, 0, Column.ACTIVE), 5, groups.values());
            first();
        }

        assertThat(rankings.size()).isEqualTo(32);
        put("g1", 2);
        assertThat(first()).containsExactly("g1", "g0");
    }

    @Test
    void groups_thatTieAndWhoseIdsHaveOneHash_areBothThere() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        put("BB", 1);
        put("Aa", 1);
        assertThat(first()).containsExactly("Aa", "BB");

        put("Aa", 2);
        put("BB", 2);

        assertThat(first()).containsExactly("Aa", "BB");
    }

    @Test
    void group_thatMovesAndIsAsBeforeInAllElse_leavesTheRankingOfItsOldNodeForThatOfItsNew() {
        RankedBy old = new RankedBy("a/b", 0, OrderMeasure.GMV_PAID);
        RankedBy above = new RankedBy("a", 0, OrderMeasure.GMV_PAID);
        RankedBy other = new RankedBy("c", 0, OrderMeasure.GMV_PAID);
        List<RankedBy> orders = List.of(old, above, other);
        GroupReading before = reading("g0", 5, List.of("a/b"));
        orders.forEach(by -> rankings.first(by, 9, List.of(before)));

        rankings.replace(before, reading("g0", 5, List.of("a", "c/d")));

        assertThat(orders.stream().map(by -> rankings.first(by, 9, List.of())))
                .containsExactly(List.of(), List.of("g0"), List.of("g0"));
    }

    private List<String> first() {
        return rankings.first(BY_MONEY, 10, groups.values());
    }

    private List<String> sorted() {
        Collection<GroupReading> all = groups.values();
        return all.stream()
                .filter(group -> !group.windows().get(0).equals(Counts.ZERO))
                .sorted(Comparator.comparingLong(
                                (GroupReading group) -> -group.windows().get(0).get(Column.GMV_PAID))
                        .thenComparing(GroupReading::group))
                .limit(10)
                .map(GroupReading::group)
                .toList();
    }

    private void put(String id, long money) {
        GroupReading reading = reading(id, money, List.of());
        @Nullable GroupReading before = groups.put(id, reading);
        rankings.replace(before, reading);
    }

    private static GroupReading reading(String id, long money, List<String> orgs) {
        long[] values = new long[Column.COUNT];
        values[Column.GMV_PAID.ordinal()] = money;
        return PlainReading.of(id, orgs, Counts.copyOf(values), Map.of(), 0);
    }
}
