package io.grouppulse.domain.simulate;

import java.util.PriorityQueue;

/** What is still to happen, run in order of time and, within a millisecond, of planning. */
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(1024);
    private long planned;

    /** Something that happens at a moment; it may plan more. */
    interface Act {
        void happen(long ts);
    }

    void at(long ts, Act act) {
        entries.add(new Entry(ts, planned++, act));
    }

    /** Runs all acts before {@code until}. */
    void runUntil(long until) {
        Entry entry = entries.peek();
        while (entry != null && entry.ts < until) {
            entries.remove();
            entry.act.happen(entry.ts);
            entry = entries.peek();
        }
    }

    private record Entry(long ts, long order, Act act) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(ts, other.ts);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
