package io.grouppulse.domain.org;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The smallest ids of all groups, as many as were ever asked for, kept as groups come and go. */
final class FirstGroups {
    private final TreeSet<String> first = new TreeSet<>();
    private int most;
    /** One of them is gone, and which comes in its place is among those that were left out. */
    private boolean isStale;

    void add(String group) {
        if (!isStale && first.add(group) && first.size() > most) {
            first.pollLast();
        }
    }

    void remove(String group) {
        isStale |= first.contains(group);
    }

    List<String> read(int wanted, Collection<String> all) {
        if (isStale || wanted > most) {
            most = Math.max(most, wanted);
            isStale = false;
            first.clear();
            all.forEach(this::add);
        }
        List<String> ids = new ArrayList<>(wanted);
        for (String group : first) {
            if (ids.size() == wanted) {
                break;
            }
            ids.add(group);
        }
        return ids;
    }
}
