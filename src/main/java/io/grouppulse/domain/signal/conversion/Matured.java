package io.grouppulse.domain.signal.conversion;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.WindowedCounters;
import io.grouppulse.domain.window.SliceMap;
import java.util.Arrays;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntHashSet;

/** The matured touches of one ring: each member stands at its newest touch whose conversion window has passed. */
final class Matured {
    private final WindowedCounters counters;
    private final int ring;
    private final long slice;
    private final long window;
    private final SliceMap<IntHashSet> awaited = new SliceMap<>();
    private long[] touched = {};
    private long[] converted = {};

    Matured(WindowedCounters counters, int ring, long window) {
        this.counters = counters;
        this.ring = ring;
        this.slice = counters.slice(ring);
        this.window = window;
    }

    /** Touches before this have matured. */
    private long end() {
        return counters.endOfSlice(ring) - window;
    }

    /** Remembers to look at the member again in the slice in which its touch matures. */
    void await(int member, long touch) {
        if (touch >= end()) {
            awaited.getOrCreate(Math.floorDiv(touch + window, slice), IntHashSet::new)
                    .add(member);
        }
    }

    void review(int member, Journey journey) {
        long end = end();
        touched = move(touched, Column.MATURED_TOUCHED, member, journey.newestTouch(end));
        converted = move(converted, Column.MATURED_CONVERTED, member, journey.newestConverted(end, window));
    }

    private long[] move(long[] standing, Column column, int member, long touch) {
        long before = member < standing.length ? standing[member] : LastSeen.NEVER;
        if (before == touch) {
            return standing;
        }
        if (before != LastSeen.NEVER) {
            counters.markIn(ring, column, before + window, -1);
        }
        if (touch != LastSeen.NEVER) {
            counters.markIn(ring, column, touch + window, 1);
        }
        long[] moved = LastSeen.grown(standing, member);
        moved[member] = touch;
        return moved;
    }

    void onTime(Int2ObjectHashMap<Journey> journeys) {
        while (!awaited.isEmpty() && awaited.sliceAt(0) * slice < end() + window) {
            IntHashSet.IntIterator members = awaited.removeFirst().iterator();
            while (members.hasNext()) {
                int member = members.nextValue();
                Journey journey = journeys.get(member);
                if (journey != null) {
                    review(member, journey);
                }
            }
        }
    }

    long nextDue() {
        return awaited.isEmpty() ? Long.MAX_VALUE : awaited.sliceAt(0) * slice;
    }

    void forgetAll() {
        touched = new long[0];
        converted = new long[0];
    }

    void save(SavedWriter out) {
        out.number(awaited.size());
        for (int place = 0; place < awaited.size(); place++) {
            out.number(awaited.sliceAt(place));
            int[] members = sorted(awaited.valueAt(place));
            out.number(members.length);
            for (int member : members) {
                out.number(member);
            }
        }
        LastSeen.saveTimes(out, touched);
        LastSeen.saveTimes(out, converted);
    }

    private static int[] sorted(IntHashSet set) {
        int[] members = new int[set.size()];
        IntHashSet.IntIterator unsorted = set.iterator();
        for (int i = 0; i < members.length; i++) {
            members[i] = unsorted.nextValue();
        }
        Arrays.sort(members);
        return members;
    }

    void restore(SavedReader in) {
        int count = in.size();
        for (int i = 0; i < count; i++) {
            IntHashSet members = awaited.getOrCreate(in.number(), IntHashSet::new);
            int size = in.size();
            for (int j = 0; j < size; j++) {
                members.add(in.index());
            }
        }
        touched = LastSeen.restoreTimes(in);
        converted = LastSeen.restoreTimes(in);
    }
}
