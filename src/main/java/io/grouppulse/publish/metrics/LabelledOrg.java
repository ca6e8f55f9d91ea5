package io.grouppulse.publish.metrics;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
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

    /** The {@code most} nodes nearest the root, and the highest of the others summed under one label. */
    static List<LabelledOrg> choose(List<OrgReading> nodes, int most) {
        List<OrgReading> sorted = new ArrayList<>(nodes);
        sorted.sort(NEAREST_THE_ROOT);
        List<LabelledOrg> chosen = new ArrayList<>();
        sorted.stream().limit(most).map(LabelledOrg::of).forEach(chosen::add);
        if (sorted.size() > most) {
            chosen.add(sumOf(highest(sorted.subList(most, sorted.size()))));
        }
        return chosen;
    }

    /** Those that do not stand below another of them, so that no group is summed twice on one path. */
    private static List<OrgReading> highest(List<OrgReading> nodes) {
        Set<String> below = new HashSet<>();
        List<OrgReading> highest = new ArrayList<>();
        for (OrgReading node : nodes) {
            if (!below.contains(node.path())) {
                highest.add(node);
            }
            below.addAll(node.children());
        }
        return highest;
    }

    private static LabelledOrg of(OrgReading node) {
        String label = node.path().isEmpty() ? ROOT_LABEL : node.path();
        return new LabelledOrg(label, node.members(), node.states(), node.windows(), node.total());
    }

    private static LabelledOrg sumOf(List<OrgReading> nodes) {
        long members = 0;
        Map<ActivityState, Long> states = new EnumMap<>(ActivityState.class);
        List<Counts.Sum> windows = new ArrayList<>();
        nodes.get(0).windows().forEach(window -> windows.add(new Counts.Sum()));
        Counts.Sum total = new Counts.Sum();
        for (OrgReading node : nodes) {
            members += node.members();
            node.states().forEach((state, count) -> states.merge(state, count, Long::sum));
            for (int w = 0; w < windows.size(); w++) {
                windows.get(w).add(node.windows().get(w));
            }
            total.add(node.total());
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
