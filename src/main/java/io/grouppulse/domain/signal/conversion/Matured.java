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
    private final TreeMap<Integer, Long> touched = new TreeMap<>();
    private final TreeMap<Integer, Long> converted = new TreeMap<>();

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
        move(touched, Column.MATURED_TOUCHED, member, journey.newestTouch(end));
        move(converted, Column.MATURED_CONVERTED, member, journey.newestConverted(end, window));
    }

    private void move(Map<Integer, Long> standing, Column column, int member, long touch) {
        Long before = standing.get(member);
        if (before == null ? touch == LastSeen.NEVER : before == touch) {
            return;
        }
        if (before != null) {
            counters.markIn(ring, column, before + window, -1);
        }
        if (touch == LastSeen.NEVER) {
            standing.remove(member);
        } else {
            standing.put(member, touch);
            counters.markIn(ring, column, touch + window, 1);
        }
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
        touched.clear();
        converted.clear();
    }

    void save(SavedWriter out) {
        out.number(awaited.size());
        awaited.forEach((touch, members) -> {
            out.number(touch);
            out.number(members.size());
            members.forEach(out::number);
        });
        saveStanding(out, touched);
        saveStanding(out, converted);
    }

    private static void saveStanding(SavedWriter out, Map<Integer, Long> standing) {
        out.number(standing.size());
        standing.forEach((member, touch) -> {
            out.number(member);
            out.number(touch);
        });
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
        restoreStanding(in, touched);
        restoreStanding(in, converted);
    }

    private static void restoreStanding(SavedReader in, Map<Integer, Long> standing) {
        int count = in.size();
        for (int i = 0; i < count; i++) {
            standing.put(in.index(), in.number());
        }
    }
}
