package io.grouppulse.domain.signal;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A time of each member, of whom few have one: a table as long as they are few, an array from then on. What was not set
 * is {@link LastSeen#NEVER}.
 */
final class SparseTimes {
    /** A place in the table takes four times those of the array, and more. */
    private static final int FEW = 6;

    private @Nullable Long2LongHashMap few;
    private long[] many = {};

    long of(int member) {
        if (many.length > 0) {
            return member < many.length ? many[member] : LastSeen.NEVER;
        }
        return few == null ? LastSeen.NEVER : few.get(member);
    }

    /** @param members how many there are */
    void set(int member, long time, int members) {
        if (many.length == 0) {
            Long2LongHashMap table = few == null ? new Long2LongHashMap(LastSeen.NEVER) : few;
            if (FEW * table.size() <= members) {
                table.put(member, time);
                few = table;
                return;
            }
            many = toArray(members);
            few = null;
        }
        many = LastSeen.grown(many, member);
        many[member] = time;
    }

    /** As long as there are members. */
    long[] toArray(int members) {
        long[] times = new long[members];
        Arrays.setAll(times, this::of);
        return times;
    }

    static SparseTimes of(long[] times) {
        SparseTimes sparse = new SparseTimes();
        for (int member = 0; member < times.length; member++) {
            if (times[member] != LastSeen.NEVER) {
                sparse.set(member, times[member], times.length);
            }
        }
        return sparse;
    }

    SparseTimes copy(int members) {
        return of(toArray(members));
    }
}
