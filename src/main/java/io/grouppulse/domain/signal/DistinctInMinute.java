package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.window.SliceMap;
import java.util.TreeMap;
import org.agrona.collections.Int2IntCounterMap;

/**
 * Counts the distinct members of each one-minute bucket while late events may still change it; a settled minute keeps
 * its count and forgets who it was.
 */
public final class DistinctInMinute {
    private static final long MINUTE = 60_000;

    private final WindowedCounters counters;
    private final Column column;
    private final SliceMap<Int2IntCounterMap> open = new SliceMap<>();
    private long settledBefore = Long.MIN_VALUE;

    public DistinctInMinute(WindowedCounters counters, Column column) {
        this.counters = counters;
        this.column = column;
    }

    /** One more act of the member at {@code ts}, or, with -1, one fewer. */
    public void add(int member, long ts, int delta) {
        long minute = Math.floorDiv(ts, MINUTE);
        if (minute < settledBefore) {
            return;
        }
        Int2IntCounterMap acts = open.getOrCreate(minute, DistinctInMinute::nobody);
        int before = acts.getAndAdd(member, delta);
        if (before == 0) {
            counters.countInMinute(column, ts, 1);
        } else if (before + delta == 0) {
            counters.countInMinute(column, ts, -1);
        }
    }

    private static Int2IntCounterMap nobody() {
        return new Int2IntCounterMap(0);
    }

    /** Whether who was in the minute that holds {@code ts} is forgotten. */
    public boolean isSettled(long ts) {
        return Math.floorDiv(ts, MINUTE) < settledBefore;
    }

    /** Settles the minutes that ended at or before {@code ts}. */
    public void settle(long ts) {
        settledBefore = Math.max(settledBefore, Math.floorDiv(ts, MINUTE));
        while (!open.isEmpty() && open.sliceAt(0) < settledBefore) {
            open.removeFirst();
        }
    }

    public void save(SavedWriter out) {
        out.number(settledBefore);
        out.number(open.size());
        for (int place = 0; place < open.size(); place++) {
            Int2IntCounterMap acts = open.valueAt(place);
            out.number(open.sliceAt(place));
            out.number(acts.size());
            TreeMap<Integer, Integer> sorted = new TreeMap<>();
            acts.forEach(sorted::put);
            sorted.forEach((member, count) -> {
                out.number(member);
                out.number(count);
            });
        }
    }

    public void restore(SavedReader in) {
        settledBefore = in.number();
        int minutes = in.size();
        for (int i = 0; i < minutes; i++) {
            Int2IntCounterMap acts = open.getOrCreate(in.number(), DistinctInMinute::nobody);
            int members = in.size();
            for (int j = 0; j < members; j++) {
                acts.put(in.index(), (int) in.number());
            }
        }
    }
}
