package io.grouppulse.domain.org;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The groups at or below any of several nodes, each counted once.
 *
 * @param states number of groups in each state
 */
public record OtherNodes(long members, Map<ActivityState, Long> states, List<Counts> windows, Counts total) {
    /** Adds up nodes, and takes away what is in more than one of them. */
    static final class Sum {
        private final Map<ActivityState, Long> states = new EnumMap<>(ActivityState.class);
        private final List<Counts.Sum> windows = new ArrayList<>();
        private final Counts.Sum total = new Counts.Sum();
        private long members;

        Sum(int windowCount) {
            for (int w = 0; w < windowCount; w++) {
                windows.add(new Counts.Sum());
            }
            for (ActivityState state : ActivityState.values()) {
                states.put(state, 0L);
            }
        }

        void add(OrgReading node) {
            members += node.members();
            node.states().forEach((state, some) -> states.merge(state, some, Long::sum));
            for (int w = 0; w < windows.size(); w++) {
                windows.get(w).add(node.windows().get(w));
            }
            total.add(node.total());
        }

        void subtract(GroupReading group) {
            members -= group.members();
            states.merge(group.state(), -1L, Long::sum);
            for (int w = 0; w < windows.size(); w++) {
                windows.get(w).subtract(group.windows().get(w));
            }
            total.subtract(group.total());
        }

        OtherNodes read() {
            return new OtherNodes(
                    members,
                    Map.copyOf(states),
                    windows.stream().map(Counts.Sum::read).toList(),
                    total.read());
        }
    }
}
