package io.grouppulse.publish.metrics;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.time.WindowSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the groups that have series of their own: the most active, each kept for ten minutes after it was last among
 * them, so that series do not flicker; a newcomer enters as a place falls free. An idle group never keeps a place from an
 * active one.
 */
final class TopGroups {
    private static final long STICKY = 600_000;

    private final int most;
    private final int window;
    private final Map<String, Long> lastAtTop = new HashMap<>();

    TopGroups(int most, int window) {
        this.most = most;
        this.window = window;
    }

    /** The window by which activity is ranked: five minutes, or the first that is longer, or the last. */
    static int windowOf(List<WindowSpec> windows) {
        for (int w = 0; w < windows.size(); w++) {
            if (windows.get(w).width() >= 300_000) {
                return w;
            }
        }
        return windows.size() - 1;
    }

    int window() {
        return window;
    }

    /**
     * So many of the most active, and as many with the smallest ids, suffice beside {@link #places} to choose from: while
     * there is room for idle ones, every active one has a place, and of the smallest ids no more are skipped than places are taken.
     */
    int candidates() {
        return most;
    }

    /** The groups that have a place. */
    synchronized Set<String> places() {
        return Set.copyOf(lastAtTop.keySet());
    }

    synchronized List<GroupReading> choose(Collection<GroupReading> groups, long asOf) {
        List<GroupReading> ranked = new ArrayList<>(groups);
        ranked.sort(
                Comparator.comparingLong((GroupReading group) -> -active(group)).thenComparing(GroupReading::group));
        Set<String> present = new HashSet<>();
        ranked.forEach(group -> present.add(group.group()));
        lastAtTop.entrySet().removeIf(place -> !present.contains(place.getKey()));
        List<GroupReading> top =
                ranked.stream().limit(most).filter(group -> active(group) > 0).toList();
        top.forEach(group -> lastAtTop.computeIfPresent(group.group(), (id, known) -> asOf));
        lastAtTop.values().removeIf(last -> last < asOf - STICKY);
        for (GroupReading group : top) {
            if (lastAtTop.size() < most) {
                lastAtTop.putIfAbsent(group.group(), asOf);
            }
        }
        return shown(ranked);
    }

    /** Those with a place, and as many of the others as there are places free: these have none of their own. */
    private List<GroupReading> shown(List<GroupReading> ranked) {
        int free = most - lastAtTop.size();
        List<GroupReading> shown = new ArrayList<>();
        for (GroupReading group : ranked) {
            if (lastAtTop.containsKey(group.group())) {
                shown.add(group);
            } else if (free > 0) {
                free--;
                shown.add(group);
            }
        }
        return shown;
    }

    private long active(GroupReading group) {
        return group.windows().get(window).get(Column.ACTIVE);
    }
}
