package io.grouppulse.domain.org;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The nodes nearest the root, each by itself, and all others as one.
 *
 * @param nodes by depth, then by path
 * @param others all groups that stand at or below any other node; null if there is no other
 */
public record NearestNodes(List<OrgReading> nodes, @Nullable OtherNodes others) {
    /**
     * Goes down from the root, and no further than there are nodes to choose.
     *
     * @param apart a path that is one of the others however near it is, unless there are no others
     * @param all number of nodes
     * @param sumOf each group at or below any of these nodes once
     */
    static NearestNodes choose(
            int most,
            String apart,
            int all,
            Function<String, OrgReading> read,
            Function<Set<String>, OtherNodes> sumOf) {
        boolean hasOthers = all > most;
        List<OrgReading> chosen = new ArrayList<>();
        // Those of the others that no other one stands above: together they hold all groups of the others.
        Set<String> highest = new HashSet<>();
        List<String> level = List.of(OrgGraph.ROOT);
        while (!level.isEmpty()) {
            List<String> below = new ArrayList<>();
            for (String path : level) {
                boolean isApart = hasOthers && path.equals(apart);
                boolean isChosen = chosen.size() < most && !isApart;
                OrgReading node = read.apply(path);
                if (isChosen) {
                    chosen.add(node);
                } else if (!path.startsWith(apart + "/")) {
                    highest.add(path);
                }
                if (isChosen || isApart) {
                    below.addAll(node.children());
                }
            }
            below.sort(Comparator.naturalOrder());
            level = below;
        }
        return new NearestNodes(chosen, hasOthers ? sumOf.apply(highest) : null);
    }
}
