package io.grouppulse.domain.org;

import io.grouppulse.domain.signal.BreadthReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The breadths of a node's groups together, from which a group's can be taken away again: of what each group's loudest said it
 * keeps how many said so much. A change costs the same however many groups there are.
 */
final class BreadthSum {
    private static final int LOUDEST = 3;
    private static final int FEW = 4_096;

    private final TreeMap<Long, Integer> timesOfMany = new TreeMap<>(Comparator.reverseOrder());
    private int[] timesOfFew = new int[8];
    /** Nothing is counted above it among the few. */
    private int highest;

    private long messages;
    private long squaredMessages;
    private long lurkers;
    private long thriceDaily;

    void add(BreadthReading group) {
        count(group, 1);
        rank(group.loudest(), 1);
    }

    /** Adds all that another one is the sum of. */
    void add(BreadthSum other) {
        messages += other.messages;
        squaredMessages += other.squaredMessages;
        lurkers += other.lurkers;
        thriceDaily += other.thriceDaily;
        for (int said = 1; said <= other.highest; said++) {
            if (other.timesOfFew[said] != 0) {
                rankFew(said, other.timesOfFew[said]);
            }
        }
        other.timesOfMany.forEach((said, times) -> rankMany(said, times));
    }

    /** Takes away what was added before. */
    void subtract(BreadthReading group) {
        count(group, -1);
        rank(group.loudest(), -1);
    }

    /** Puts what a group says now in the place of what it said before. */
    void replace(BreadthReading before, BreadthReading after) {
        count(before, -1);
        count(after, 1);
        if (!isSame(before.loudest(), after.loudest())) {
            rank(before.loudest(), -1);
            rank(after.loudest(), 1);
        }
    }

    /** Without the iterators of a list's own comparison: this is asked for every node above every reading. */
    private static boolean isSame(List<Long> before, List<Long> after) {
        boolean same = before.size() == after.size();
        for (int i = 0; same && i < before.size(); i++) {
            same = before.get(i).equals(after.get(i));
        }
        return same;
    }

    private void count(BreadthReading group, int sign) {
        messages += sign * group.messages();
        squaredMessages += sign * group.squaredMessages();
        lurkers += sign * group.lurkers();
        thriceDaily += sign * group.thriceDaily();
    }

    private void rank(List<Long> loudest, int sign) {
        for (int i = 0; i < loudest.size(); i++) {
            long said = loudest.get(i);
            if (said < FEW) {
                rankFew((int) said, sign);
            } else {
                rankMany(said, sign);
            }
        }
    }

    private void rankMany(long said, int sign) {
        int times = timesOfMany.getOrDefault(said, 0) + sign;
        if (times == 0) {
            timesOfMany.remove(said);
        } else {
            timesOfMany.put(said, times);
        }
    }

    private void rankFew(int said, int sign) {
        if (said >= timesOfFew.length) {
            timesOfFew = Arrays.copyOf(timesOfFew, Math.min(FEW, 2 * said));
        }
        timesOfFew[said] += sign;
        highest = Math.max(highest, said);
    }

    BreadthReading read() {
        List<Long> most = new ArrayList<>(LOUDEST);
        for (Map.Entry<Long, Integer> many : timesOfMany.entrySet()) {
            if (most.size() == LOUDEST) {
                break;
            }
            append(most, many.getKey(), many.getValue());
        }
        while (highest > 0 && timesOfFew[highest] == 0) {
            highest--;
        }
        for (int said = highest; said > 0 && most.size() < LOUDEST; said--) {
            append(most, said, timesOfFew[said]);
        }
        return new BreadthReading(messages, squaredMessages, most, lurkers, thriceDaily);
    }

    private static void append(List<Long> most, long said, int times) {
        for (int i = 0; i < times && most.size() < LOUDEST; i++) {
            most.add(said);
        }
    }
}
