package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Arrays;

/**
 * The newest time of each member at which it did one kind of thing, kept in step with the distinct count of a column.
 * A maximum, so the order of arrival does not matter.
 */
public final class LastSeen {
    /** What {@link #of} says of a member never seen. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final long[] NOBODY = {};

    private final WindowedCounters counters;
    private final Column column;
    private long[] times = NOBODY;

    public LastSeen(WindowedCounters counters, Column column) {
        this.counters = counters;
        this.column = column;
    }

    public long of(int member) {
        return member < times.length ? times[member] : NEVER;
    }

    /** Raises the member's time to {@code ts} if that is newer. */
    public void raise(int member, long ts) {
        if (ts > of(member)) {
            set(member, ts);
        }
    }

    /** Sets the member's time, back too when something was taken back; {@link #NEVER} clears it. */
    public void set(int member, long ts) {
        long before = of(member);
        if (before == ts) {
            return;
        }
        times = grown(times, member);
        times[member] = ts;
        if (before != NEVER) {
            counters.mark(column, before, -1);
        }
        if (ts != NEVER) {
            counters.mark(column, ts, 1);
        }
    }

    /** The array, long enough to hold {@code member}; new places hold {@link #NEVER}. */
    public static long[] grown(long[] times, int member) {
        if (member < times.length) {
            return times;
        }
        long[] longer = Arrays.copyOf(times, Math.max(member + 1, times.length + (times.length >> 1) + 4));
        Arrays.fill(longer, times.length, longer.length, NEVER);
        return longer;
    }

    /** Frees the memory: only right when no window and no day holds any of the times. */
    public void forgetAll() {
        times = NOBODY;
    }

    public void save(SavedWriter out) {
        saveTimes(out, times);
    }

    public void restore(SavedReader in) {
        times = restoreTimes(in);
    }

    /** Writes times by member, sparsely. */
    public static void saveTimes(SavedWriter out, long[] times) {
        int seen = 0;
        for (long time : times) {
            if (time != NEVER) {
                seen++;
            }
        }
        out.number(times.length);
        out.number(seen);
        long previous = 0;
        for (int member = 0; member < times.length; member++) {
            if (times[member] != NEVER) {
                out.number(member);
                out.number(times[member] - previous);
                previous = times[member];
            }
        }
    }

    /** Reads what {@link #saveTimes} wrote. */
    public static long[] restoreTimes(SavedReader in) {
        long[] times = new long[in.capacity()];
        Arrays.fill(times, NEVER);
        int seen = in.index();
        long previous = 0;
        for (int i = 0; i < seen; i++) {
            int member = in.index();
            previous += in.number();
            times[member] = previous;
        }
        return times;
    }
}
