package io.grouppulse.domain.org;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupReading.RainReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The sums of one node, added to and subtracted from as readings change. */
final class OrgNode {
    private final String path;
    private final TreeSet<String> children = new TreeSet<>();
    private final Map<ActivityState, Long> states = new EnumMap<>(ActivityState.class);
    private final List<Counts.Sum> windows = new ArrayList<>();
    private final Counts.Sum today = new Counts.Sum();
    private final BreadthSum breadth = new BreadthSum();
    private final Counts.Sum total = new Counts.Sum();
    private long groups;
    private long members;
    private long rate;
    private long gmv;
    private long buyers;
    private long applied;
    private long duplicates;
    private long late;
    private @Nullable OrgReading reading;

    OrgNode(String path, int windowCount) {
        this.path = path;
        for (int w = 0; w < windowCount; w++) {
            windows.add(new Counts.Sum());
        }
        for (ActivityState state : ActivityState.values()) {
            states.put(state, 0L);
        }
    }

    void add(GroupReading group) {
        for (int w = 0; w < windows.size(); w++) {
            windows.get(w).add(group.windows().get(w));
        }
        today.add(group.today());
        breadth.add(group.breadth());
        total.add(group.total());
        count(group, 1);
    }

    /** Adds the groups of a node below; those that are here already are to be subtracted. */
    void add(OrgNode child) {
        for (int w = 0; w < windows.size(); w++) {
            windows.get(w).add(child.windows.get(w).read());
        }
        today.add(child.today.read());
        breadth.add(child.breadth);
        total.add(child.total.read());
        child.states.forEach((state, some) -> states.merge(state, some, Long::sum));
        groups += child.groups;
        members += child.members;
        rate += child.rate;
        gmv += child.gmv;
        buyers += child.buyers;
        applied += child.applied;
        duplicates += child.duplicates;
        late += child.late;
        addChild(child.path);
    }

    void subtract(GroupReading group) {
        for (int w = 0; w < windows.size(); w++) {
            windows.get(w).subtract(group.windows().get(w));
        }
        today.subtract(group.today());
        breadth.subtract(group.breadth());
        total.subtract(group.total());
        count(group, -1);
    }

    /**
     * Puts a group's new reading in the place of the one it had; only what changed is added up.
     *
     * @param change between the two
     * @param countedBefore what had become of the events of all its sources
     * @param counted what has now
     */
    void replace(
            GroupReading before,
            SourceCounts countedBefore,
            GroupReading after,
            SourceCounts counted,
            GroupChange change) {
        for (int w = 0; w < windows.size(); w++) {
            windows.get(w).add(change.windows.get(w));
        }
        today.add(change.today);
        total.add(change.total);
        if (!before.breadth().equals(after.breadth())) {
            breadth.replace(before.breadth(), after.breadth());
        }
        if (before.state() != after.state()) {
            states.merge(before.state(), -1L, Long::sum);
            states.merge(after.state(), 1L, Long::sum);
        }
        countSums(before, -1);
        countSums(after, 1);
        countSources(countedBefore, -1);
        countSources(counted, 1);
        reading = null;
    }

    private void count(GroupReading group, int sign) {
        groups += sign;
        states.merge(group.state(), (long) sign, Long::sum);
        countSums(group, sign);
        countSources(group.counted(), sign);
        reading = null;
    }

    private void countSums(GroupReading group, int sign) {
        members += sign * group.members();
        rate += sign * group.rain().rate();
        gmv += sign * group.rain().gmv();
        buyers += sign * group.rain().buyers();
    }

    private void countSources(SourceCounts counts, int sign) {
        applied += sign * counts.applied();
        duplicates += sign * counts.duplicates();
        late += sign * counts.late();
    }

    void addChild(String child) {
        children.add(child);
        reading = null;
    }

    void removeChild(String child) {
        children.remove(child);
        reading = null;
    }

    boolean isEmpty() {
        return groups == 0 && children.isEmpty();
    }

    OrgReading read() {
        OrgReading known = reading;
        if (known == null) {
            known = new OrgReading(
                    path,
                    groups,
                    Map.copyOf(states),
                    members,
                    windows.stream().map(Counts.Sum::read).toList(),
                    today.read(),
                    breadth.read(),
                    total.read(),
                    new RainReading(rate, gmv, buyers),
                    new SourceCounts(applied, duplicates, late, Long.MIN_VALUE),
                    List.copyOf(children),
                    SilenceReading.unknown(Long.MIN_VALUE));
            reading = known;
        }
        return known;
    }
}
