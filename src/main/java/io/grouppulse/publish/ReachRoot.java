package io.grouppulse.publish;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskGroups;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Groups;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The root as a reader of some subtrees has it: the sums over the groups that he may see, each counted once, above his
 * subtrees. Of its silence something is said where it is one subtree: what is expected is learnt for nodes, not for
 * several together.
 *
 * @param children the subtrees in which there is anything
 */
public record ReachRoot(long asOf, OrgReading root, List<OrgReading> children) {
    public ReachRoot {
        children = List.copyOf(children);
    }

    /**
     * Asks for it. What stands in one subtree is summed at its node; groups are only looked at, and then all of them, where
     * one may stand in several.
     *
     * @param reach not the whole
     * @param windows number of windows in each reading
     */
    public static Future<ReachRoot> read(
            Function<AskReadings, Future<Readings>> readings,
            Function<AskGroups, Future<Groups>> groups,
            Reach reach,
            int windows) {
        return readings.apply(new AskReadings(reach.subtrees(), Set.of())).compose(nodes -> {
            if (reach.subtrees().size() <= 1) {
                OrgReading only = nodes.orgs().values().stream().findFirst().orElse(null);
                return Future.succeededFuture(above(nodes.asOf(), only, windows));
            }
            return groups.apply(new AskGroups(OrgGraph.ROOT))
                    .map(all -> of(all.asOf(), all.groups(), nodes.orgs(), reach, windows));
        });
    }

    private static ReachRoot above(long asOf, @Nullable OrgReading only, int windows) {
        return only == null
                ? new ReachRoot(asOf, rootOf(new OrgGraph(windows)), List.of())
                : new ReachRoot(asOf, only.asRoot(), List.of(only));
    }

    /** @param nodes the subtrees as everybody has them: what is said of their gaps holds for this reader as well */
    private static ReachRoot of(
            long asOf, List<GroupReading> groups, Map<String, OrgReading> nodes, Reach reach, int windows) {
        OrgGraph graph = new OrgGraph(windows);
        for (GroupReading group : groups) {
            if (reach.coversAny(OrgGraph.orgsOf(group.profile()))) {
                graph.update(group);
            }
        }
        List<OrgReading> children = new ArrayList<>();
        for (String subtree : new TreeSet<>(reach.subtrees())) {
            OrgReading child = graph.read(subtree);
            OrgReading node = nodes.get(subtree);
            if (child != null) {
                children.add(node == null ? child : child.withSilence(node.silence()));
            }
        }
        return new ReachRoot(
                asOf,
                rootOf(graph)
                        .withChildren(children.stream().map(OrgReading::path).toList()),
                children);
    }

    private static OrgReading rootOf(OrgGraph graph) {
        return Objects.requireNonNull(graph.read(OrgGraph.ROOT), "a graph has a root");
    }
}
