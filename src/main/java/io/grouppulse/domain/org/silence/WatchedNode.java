package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Activity;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All groups at or below a node, heard together. */
final class WatchedNode {
    final Watched watched;
    boolean silent;
    /** As of when its gap is told, epoch millis. */
    long toldAt = Long.MIN_VALUE;

    private final Map<String, GroupReading> readings;
    private final Set<String> groups = new HashSet<>();
    private final Set<String> sources = new HashSet<>();
    private Activity sum = Activity.NONE;
    private boolean stale;
    private boolean lostGroup;

    /** @param readings the newest of every group, this node's and others'; live */
    WatchedNode(double budget, Map<String, GroupReading> readings) {
        watched = new Watched(budget);
        this.readings = readings;
    }

    /**
     * Takes the newest reading of a group.
     *
     * @param before the one before it, null if the group was not here
     */
    void put(GroupReading reading, @Nullable GroupReading before) {
        if (before == null) {
            groups.add(reading.group());
        }
        if (before == null || sum.holdsWith(reading.activity(), before.activity())) {
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
            forEachReading(one -> sum = sum.or(one.activity()));
            stale = false;
        }
        return sum;
    }

    /** Where the groups' events come from; live, not to be changed. */
    Set<String> sources() {
        if (lostGroup) {
            sources.clear();
            forEachReading(one -> sources.addAll(one.sources().keySet()));
            lostGroup = false;
        }
        return sources;
    }

    private void forEachReading(Consumer<GroupReading> visitor) {
        for (String group : groups) {
            GroupReading reading = readings.get(group);
            if (reading != null) {
                visitor.accept(reading);
            }
        }
    }

    Set<String> groups() {
        return groups;
    }
}
