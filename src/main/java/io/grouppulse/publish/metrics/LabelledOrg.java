package io.grouppulse.publish.metrics;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node under the label it is shown with: its path, {@code /} for the root, {@code other} for those beyond the limit. */
record LabelledOrg(String label, long members, Map<ActivityState, Long> states, List<Counts> windows, Counts total) {
    private static final String ROOT_LABEL = "/";
    private static final String OTHER_LABEL = "other";
    private static final Comparator<OrgReading> NEAREST_THE_ROOT =
            Comparator.comparingInt(LabelledOrg::depthOf).thenComparing(OrgReading::path);

    /**
     * The {@code most} nodes nearest the root by themselves, and under one label all groups that stand at or below any of
     * the others, each counted once. A node that has the name of that label is one of the others.
     */
    static List<LabelledOrg> choose(List<OrgReading> nodes, List<GroupReading> groups, int most) {
        List<OrgReading> sorted = new ArrayList<>(nodes);
        sorted.sort(NEAREST_THE_ROOT);
        if (sorted.size() <= most) {
            return sorted.stream().map(LabelledOrg::of).toList();
        }
        List<LabelledOrg> chosen = new ArrayList<>();
        Set<String> others = new HashSet<>();
        for (OrgReading node : sorted) {
            if (chosen.size() < most && !node.path().equals(OTHER_LABEL)) {
                chosen.add(of(node));
            } else {
                others.add(node.path());
            }
        }
        chosen.add(sumOf(
                groups.stream().filter(group -> isUnderAny(group, others)).toList(),
                sorted.get(0).windows().size()));
        return chosen;
    }

    private static boolean isUnderAny(GroupReading group, Set<String> paths) {
        for (String org : OrgGraph.orgsOf(group.profile())) {
            for (int end = org.length(); end > 0; end = org.lastIndexOf('/', end - 1)) {
                if (paths.contains(org.substring(0, end))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static LabelledOrg of(OrgReading node) {
        String label = node.path().isEmpty() ? ROOT_LABEL : node.path();
        return new LabelledOrg(label, node.members(), node.states(), node.windows(), node.total());
    }

    private static LabelledOrg sumOf(List<GroupReading> groups, int windowCount) {
        long members = 0;
        Map<ActivityState, Long> states = new EnumMap<>(ActivityState.class);
        Arrays.stream(ActivityState.values()).forEach(state -> states.put(state, 0L));
        List<Counts.Sum> windows = new ArrayList<>();
        for (int w = 0; w < windowCount; w++) {
            windows.add(new Counts.Sum());
        }
        Counts.Sum total = new Counts.Sum();
        for (GroupReading group : groups) {
            members += group.members();
            states.merge(group.state(), 1L, Long::sum);
            for (int w = 0; w < windowCount; w++) {
                windows.get(w).add(group.windows().get(w));
            }
            total.add(group.total());
        }
        return new LabelledOrg(
                OTHER_LABEL,
                members,
                states,
                windows.stream().map(Counts.Sum::read).toList(),
                total.read());
    }

    private static int depthOf(OrgReading node) {
        return node.path().isEmpty()
                ? 0
                : 1 + (int) node.path().chars().filter(c -> c == '/').count();
    }
}
