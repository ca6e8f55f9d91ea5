package io.grouppulse.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void counts_ofAnArray_keepTheirValuesWhenItChanges() {
        long[] values = new long[Column.COUNT];
        values[Column.GMV_PAID.ordinal()] = 1_290;
        Counts counts = Counts.copyOf(values);

        values[Column.GMV_PAID.ordinal()] = 7;

        assertThat(counts.get(Column.GMV_PAID)).isEqualTo(1_290);
        assertThat(counts.get(Column.MESSAGES)).isZero();
    }

    @Test
    void counts_ofEqualValues_areEqual() {
        assertThat(counts(Column.BUYERS, 3))
                .isEqualTo(counts(Column.BUYERS, 3))
                .hasSameHashCodeAs(counts(Column.BUYERS, 3));
        assertThat(counts(Column.BUYERS, 3)).isNotEqualTo(counts(Column.PAID, 3));
        assertThat(Counts.copyOf(new long[Column.COUNT])).isEqualTo(Counts.ZERO);
    }

    @Test
    void counts_inAMessage_showWhatIsNotZero() {
        assertThat(counts(Column.BUYERS, 3)).hasToString("Counts[BUYERS=3 ]");
    }

    @Test
    void sum_ofRandomAddsAndSubtracts_isThatOfWhatIsLeft() {
        SplittableRandom random = new SplittableRandom(1);
        Counts.Sum sum = new Counts.Sum();
        List<Counts> in = new ArrayList<>();
        for (int step = 0; step < 1_000; step++) {
            if (!in.isEmpty() && random.nextInt(3) == 0) {
                sum.subtract(in.remove(random.nextInt(in.size())));
            } else {
                Counts counts = Counts.copyOf(
                        random.longs(Column.COUNT, 0, 1_000_000_000_000L).toArray());
                in.add(counts);
                sum.add(counts);
            }
            assertThat(sum.read()).isEqualTo(naive(in));
        }
    }

    @Test
    void change_addedToASum_putsTheNewCountsInThePlaceOfTheOld() {
        SplittableRandom random = new SplittableRandom(2);
        Counts.Change change = new Counts.Change();
        Counts.Sum sum = new Counts.Sum();
        Counts known = Counts.ZERO;
        for (int round = 0; round < 1_000; round++) {
            Counts newer = Counts.copyOf(random.longs(Column.COUNT, 0, 3).toArray());
            change.between(known, newer);
            sum.add(change);
            assertThat(sum.read()).isEqualTo(newer);
            known = newer;
        }
    }

    @Test
    void counts_orCopyOf_areTheSameObjectOnlyIfTheySayTheSame() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 1_000; round++) {
            long[] values = random.longs(Column.COUNT, 0, 2).toArray();
            Counts counts = Counts.copyOf(values);
            assertThat(counts.orCopyOf(values)).isSameAs(counts);
            int column = random.nextInt(Column.COUNT);
            values[column] ^= 1;
            assertThat(counts.orCopyOf(values)).isEqualTo(Counts.copyOf(values)).isNotEqualTo(counts);
        }
    }

    @Test
    void sum_read_doesNotChangeWithTheSum() {
        Counts.Sum sum = new Counts.Sum();
        sum.add(counts(Column.JOINS, 1));
        Counts before = sum.read();

        sum.add(counts(Column.JOINS, 1));

        assertThat(before.get(Column.JOINS)).isEqualTo(1);
        assertThat(sum.read().get(Column.JOINS)).isEqualTo(2);
    }

    private static Counts naive(List<Counts> all) {
        long[] values = new long[Column.COUNT];
        for (Column column : Column.values()) {
            values[column.ordinal()] =
                    all.stream().mapToLong(counts -> counts.get(column)).sum();
        }
        return Counts.copyOf(values);
    }

    private static Counts counts(Column column, long value) {
        long[] values = new long[Column.COUNT];
        values[column.ordinal()] = value;
        return Counts.copyOf(values);
    }
}
