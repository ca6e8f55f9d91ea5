package io.grouppulse.domain.signal.activeness;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.LastSeen;
import java.util.TreeMap;

/** The times of acts that can be taken back at any time, as far as they are newer than every act that cannot. */
final class ToldActs {
    private final TreeMap<Long, Integer> times = new TreeMap<>();

    void add(long ts, int delta) {
        times.merge(ts, delta, (some, more) -> some + more == 0 ? null : some + more);
    }

    /** An act at {@code ts} stands for good: nothing up to it matters any more. */
    void outdate(long ts) {
        while (!times.isEmpty() && times.firstKey() <= ts) {
            times.pollFirstEntry();
        }
    }

    long newest() {
        return times.isEmpty() ? LastSeen.NEVER : times.lastKey();
    }

    void save(SavedWriter out) {
        out.number(times.size());
        times.forEach((ts, acts) -> {
            out.number(ts);
            out.number(acts);
        });
    }

    void restore(SavedReader in) {
        int size = in.size();
        for (int i = 0; i < size; i++) {
            times.put(in.number(), (int) in.number());
        }
    }
}
