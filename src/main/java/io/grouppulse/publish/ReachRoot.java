package io.grouppulse.publish;

import io.grouppulse.access.Reach;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The root as a reader of some subtrees has it: the sums over the groups that he may see, each counted once, above his
 * subtrees.
 *
 * @param children the subtrees in which there is anything
 */
public record ReachRoot(OrgReading root, List<OrgReading> children) {
    public ReachRoot {
        children = List.copyOf(children);
    }

    /** @param windows number of windows in each reading */
    public static ReachRoot of(List<GroupReading> groups, Reach reach, int windows) {
        OrgGraph graph = new OrgGraph(windows);
        for (GroupReading group : groups) {
            if (reach.coversAny(OrgGraph.orgsOf(group.profile()))) {
                graph.update(group);
            }
        }
        List<OrgReading> children = new ArrayList<>();
        for (String subtree : new TreeSet<>(reach.subtrees())) {
            OrgReading child = graph.read(subtree);
            if (child != null) {
                children.add(child);
            }
        }
        OrgReading root = graph.read(OrgGraph.ROOT);
        if (root == null) {
            throw new IllegalStateException("a graph has a root");
        }
        return new ReachRoot(
                root.withChildren(children.stream().map(OrgReading::path).toList()), children);
    }
}
