package io.grouppulse.publish;

import io.grouppulse.access.Reach;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The root as a reader of some subtrees has it: the sums over the groups that he may see, each counted once, above his
 * subtrees. Of its silence something is said where it is one subtree: what is expected is learnt for nodes, not for
 * several together.
 *
 * @param children the subtrees in which there is anything
 */
public record ReachRoot(OrgReading root, List<OrgReading> children) {
    public ReachRoot {
        children = List.copyOf(children);
    }

    /**
     * @param nodes the subtrees as everybody has them: what is said of their gaps holds for this reader as well
     * @param windows number of windows in each reading
     */
    public static ReachRoot of(List<GroupReading> groups, Map<String, OrgReading> nodes, Reach reach, int windows) {
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
                children.add(withGap(child, nodes.get(subtree)));
            }
        }
        OrgReading root = graph.read(OrgGraph.ROOT);
        if (root == null) {
            throw new IllegalStateException("a graph has a root");
        }
        OrgReading own =
                root.withChildren(children.stream().map(OrgReading::path).toList());
        String only = reach.root();
        return new ReachRoot(withGap(own, only == null ? null : nodes.get(only)), children);
    }

    private static OrgReading withGap(OrgReading reading, @Nullable OrgReading node) {
        return node == null ? reading : reading.withSilence(node.silence());
    }
}
