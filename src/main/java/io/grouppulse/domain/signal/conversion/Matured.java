package io.grouppulse.domain.signal.conversion;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.WindowedCounters;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The matured touches of one ring: each member stands at its newest touch whose conversion window has passed. */
final class Matured {
    private final WindowedCounters counters;
    private final int ring;
    private final long window;
    private final TreeMap<Long, TreeSet<Integer>> awaited = new TreeMap<>();
    private long[] touched = {};
    private long[] converted = {};

    Matured(WindowedCounters counters, int ring, long window) {
        this.counters = counters;
        this.ring = ring;
        this.window = window;
    }

    /** Touches before this have matured. */
    private long end() {
        return counters.endOfSlice(ring) - window;
    }

    /** Remembers to look at the member again when its touch matures. */
    void await(int member, long touch) {
        if (touch >= end()) {
            awaited.computeIfAbsent(touch, ts -> new TreeSet<>()).add(member);
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

    void onTime(Map<Integer, Journey> journeys) {
        while (!awaited.isEmpty() && awaited.firstKey() < end()) {
            for (int member : awaited.pollFirstEntry().getValue()) {
                @Nullable Journey journey = journeys.get(member);
                if (journey != null) {
                    review(member, journey);
                }
            }
        }
    }

    long nextDue() {
        if (awaited.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long slice = counters.slice(ring);
        return Math.floorDiv(awaited.firstKey() + window, slice) * slice;
    }

    void forgetAll() {
        touched = new long[0];
        converted = new long[0];
    }

    void save(SavedWriter out) {
        out.number(awaited.size());
        awaited.forEach((touch, members) -> {
            out.number(touch);
            out.number(members.size());
            members.forEach(out::number);
        });
        LastSeen.saveTimes(out, touched);
        LastSeen.saveTimes(out, converted);
    }

    void restore(SavedReader in) {
        int count = in.size();
        for (int i = 0; i < count; i++) {
            TreeSet<Integer> members = new TreeSet<>();
            awaited.put(in.number(), members);
            int size = in.size();
            for (int j = 0; j < size; j++) {
                members.add(in.index());
            }
        }
        touched = LastSeen.restoreTimes(in);
        converted = LastSeen.restoreTimes(in);
    }
}
