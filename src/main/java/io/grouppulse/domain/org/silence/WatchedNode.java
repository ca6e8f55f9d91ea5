package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Activity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** All groups at or below a node, heard together. */
final class WatchedNode {
    final Watched watched;
    boolean silent;
    /** As of when its gap is told, epoch millis. */
    long toldAt = Long.MIN_VALUE;

    private final Map<String, GroupReading> groups = new HashMap<>();
    private final Set<String> sources = new HashSet<>();
    private Activity sum = Activity.NONE;
    private boolean stale;
    private boolean lostGroup;

    WatchedNode(double budget) {
        watched = new Watched(budget);
    }

    void put(GroupReading reading) {
        GroupReading before = groups.put(reading.group(), reading);
        if (before == null || reading.activity().continues(before.activity())) {
            sum = sum.or(reading.activity());
        } else {
            stale = true;
        }
        if (before == null || before.sources() != reading.sources()) {
            sources.addAll(reading.sources().keySet());
        }
    }

    void remove(String group) {
        groups.remove(group);
        stale = true;
        lostGroup = true;
    }

    Activity activity() {
        if (stale) {
            sum = Activity.NONE;
            groups.values().forEach(one -> sum = sum.or(one.activity()));
            stale = false;
        }
        return sum;
    }

    /** Where the groups' events come from; live, not to be changed. */
    Set<String> sources() {
        if (lostGroup) {
            sources.clear();
            groups.values().forEach(one -> sources.addAll(one.sources().keySet()));
            lostGroup = false;
        }
        return sources;
    }

    Set<String> groups() {
        return groups.keySet();
    }
}
