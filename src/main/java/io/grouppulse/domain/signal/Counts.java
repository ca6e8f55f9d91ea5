package io.grouppulse.domain.signal;

import java.util.Arrays;

/** An immutable value for each {@link Column}. */
public final class Counts {
    public static final Counts ZERO = new Counts(new long[Column.COUNT]);

    private final long[] values;

    private Counts(long[] values) {
        this.values = values;
    }

    /** Takes a copy of one value per column, by the column's ordinal. */
    public static Counts copyOf(long[] values) {
        return new Counts(Arrays.copyOf(values, Column.COUNT));
    }

    /** These counts if they still say the same, else a copy: so that what did not change is seen to be the same. */
    Counts orCopyOf(long[] newer) {
        return Arrays.equals(values, newer) ? this : copyOf(newer);
    }

    public long get(Column column) {
        return values[column.ordinal()];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
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

    /** A running sum of counts. */
    public static final class Sum {
        private final long[] values = new long[Column.COUNT];

        public void add(Counts counts) {
            for (int i = 0; i < values.length; i++) {
                values[i] += counts.values[i];
            }
        }

        public void subtract(Counts counts) {
            for (int i = 0; i < values.length; i++) {
                values[i] -= counts.values[i];
            }
        }

        /** Puts one part of the sum in the place of another. */
        public void replace(Counts before, Counts after) {
            if (!before.equals(after)) {
                for (int i = 0; i < values.length; i++) {
                    values[i] += after.values[i] - before.values[i];
                }
            }
        }

        public Counts read() {
            return copyOf(values);
        }
    }
}
