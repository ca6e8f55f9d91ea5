package io.grouppulse.loadtests;

import java.util.HashMap;
import java.util.Map;

/**
 * Where every contender brings its results, one for each group and second: all are counted and summed, so that none can
 * be left out; those of a few windows are kept, to be compared. The contenders run in this process, one at a time.
 */
final class Answers {
    /** What a group's window holds. */
    record Answer(long acts, long members, long orders, long amount) {
        static final Answer NOTHING = new Answer(0, 0, 0, 0);
    }

    private record Key(String group, long end) {}

    private static final Map<Key, Answer> KEPT = new HashMap<>();
    private static volatile long[] ends = {};
    private static long told;
    private static long sum;

    private Answers() {}

    /** Forgets everything; keeps the windows that end at these moments, epoch milliseconds, exclusive. */
    static synchronized void begin(long... windowEnds) {
        KEPT.clear();
        ends = windowEnds.clone();
        told = 0;
        sum = 0;
    }

    /** Takes one result; called by one thread at a time. */
    static void tell(String group, long end, long acts, long members, long orders, long amount) {
        told++;
        sum += acts + members + orders + amount;
        for (long wanted : ends) {
            if (end == wanted && acts > 0) {
                keep(new Key(group, end), new Answer(acts, members, orders, amount));
            }
        }
    }

    private static synchronized void keep(Key key, Answer answer) {
        KEPT.put(key, answer);
    }

    /** The kept answer; a group that was not told of has nothing in its window. */
    static synchronized Answer of(String group, long end) {
        return KEPT.getOrDefault(new Key(group, end), Answer.NOTHING);
    }

    static long told() {
        return told;
    }

    static long sum() {
        return sum;
    }
}
