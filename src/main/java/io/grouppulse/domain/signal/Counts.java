package io.grouppulse.domain.signal;

import java.util.Arrays;

/** An immutable value for each {@link Column}. Only what is not 0 takes memory: most groups use few columns. */
public final class Counts {
    public static final Counts ZERO = new Counts(0, new long[0]);

    /** One bit for each column that is not 0, by its ordinal. */
    private final long used;
    /** The values of these columns, in their order. */
    private final long[] values;

    private Counts(long used, long[] values) {
        this.used = used;
        this.values = values;
    }

    /** Takes a copy of one value per column, by the column's ordinal. */
    public static Counts copyOf(long[] values) {
        long used = usedIn(values);
        if (used == 0) {
            return ZERO;
        }
        long[] some = new long[Long.bitCount(used)];
        int place = 0;
        for (long left = used; left != 0; left &= left - 1) {
            some[place++] = values[Long.numberOfTrailingZeros(left)];
        }
        return new Counts(used, some);
    }

    private static long usedIn(long[] values) {
        long used = 0;
        for (int column = 0; column < Column.COUNT; column++) {
            used |= values[column] == 0 ? 0 : 1L << column;
        }
        return used;
    }

    /** These counts if they still say the same, else a copy: so that what did not change is seen to be the same. */
    Counts orCopyOf(long[] newer) {
        return isSame(newer) ? this : copyOf(newer);
    }

    private boolean isSame(long[] other) {
        int place = 0;
        for (int column = 0; column < Column.COUNT; column++) {
            boolean isUsed = (used >>> column & 1) != 0;
            if (other[column] != (isUsed ? values[place] : 0)) {
                return false;
            }
            place += isUsed ? 1 : 0;
        }
        return true;
    }

    public long get(Column column) {
        long bit = 1L << column.ordinal();
        return (used & bit) == 0 ? 0 : values[Long.bitCount(used & (bit - 1))];
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Counts that && used == that.used && Arrays.equals(values, that.values));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(used) + 31 * Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Counts[");
        for (Column column : Column.values()) {
            if (get(column) != 0) {
                text.append(column).append('=').append(get(column)).append(' ');
            }
        }
        return text.append(']').toString();
    }

    /** By how much counts rose, made anew again and again in the same place: to be found once and added to many sums. */
    public static final class Change {
        private final long[] values = new long[Column.COUNT];
        private long changed;

        /** What must be added to {@code before} for {@code after}. */
        public void between(Counts before, Counts after) {
            changed = 0;
            if (before.equals(after)) {
                return;
            }
            int place = 0;
            int placeBefore = 0;
            for (long left = before.used | after.used; left != 0; left &= left - 1) {
                long bit = Long.lowestOneBit(left);
                long value = ((after.used & bit) == 0 ? 0 : after.values[place++])
                        - ((before.used & bit) == 0 ? 0 : before.values[placeBefore++]);
                if (value != 0) {
                    changed |= bit;
                    values[Long.numberOfTrailingZeros(bit)] = value;
                }
            }
        }
    }

    /** A running sum of counts. */
    public static final class Sum {
        private final long[] values = new long[Column.COUNT];

        public void add(Counts counts) {
            int place = 0;
            for (long left = counts.used; left != 0; left &= left - 1) {
                values[Long.numberOfTrailingZeros(left)] += counts.values[place++];
            }
        }

        public void subtract(Counts counts) {
            int place = 0;
            for (long left = counts.used; left != 0; left &= left - 1) {
                values[Long.numberOfTrailingZeros(left)] -= counts.values[place++];
            }
        }

        public void add(Change change) {
            for (long left = change.changed; left != 0; left &= left - 1) {
                int column = Long.numberOfTrailingZeros(left);
                values[column] += change.values[column];
            }
        }

        public Counts read() {
            return copyOf(values);
        }
    }
}
