package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.signal.Activity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** All groups at or below a node, heard together. */
final class WatchedNode {
    final Watched watched;
    boolean silent;
    private final Map<String, Activity> groups = new HashMap<>();
    private Activity sum = Activity.NONE;
    private boolean stale;

    WatchedNode(double budget) {
        watched = new Watched(budget);
    }

    void put(String group, Activity activity) {
        Activity before = groups.put(group, activity);
        if (before == null || activity.continues(before)) {
            sum = sum.or(activity);
        } else {
            stale = true;
        }
    }

    void remove(String group) {
        groups.remove(group);
        stale = true;
    }

    Activity activity() {
        if (stale) {
            sum = Activity.NONE;
            groups.values().forEach(one -> sum = sum.or(one));
            stale = false;
        }
        return sum;
    }

    Set<String> groups() {
        return groups.keySet();
    }
}
