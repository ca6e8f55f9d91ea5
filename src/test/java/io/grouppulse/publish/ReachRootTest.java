package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.access.Reach;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReachRootTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final SilenceReading GAP = new SilenceReading(1, 37, 0.01, 9, null, null);

    @Test
    void silenceOfASubtree_isThatOfItsNode_andThatOfSeveralTogetherIsUnknown() {
        List<GroupReading> groups = List.of(group("g1", "a/1"), group("g2", "a/10"), group("g3", "b"));
        OrgGraph all = new OrgGraph(SETTINGS.windows().size());
        groups.forEach(all::update);
        Map<String, OrgReading> nodes = Map.of("a/1", node(all, "a/1"), "b", node(all, "b"));

        ReachRoot one = ReachRoot.of(
                groups, nodes, Reach.of(List.of("a/1")), SETTINGS.windows().size());
        ReachRoot two = ReachRoot.of(
                groups, nodes, Reach.of(List.of("a/1", "b")), SETTINGS.windows().size());

        assertThat(one.root().groups()).isEqualTo(1);
        assertThat(one.root().silence()).isEqualTo(GAP);
        assertThat(two.root().groups()).isEqualTo(2);
        assertThat(two.root().silence().deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(two.children()).extracting(OrgReading::path).containsExactly("a/1", "b");
        assertThat(two.children()).extracting(OrgReading::silence).containsExactly(GAP, GAP);
    }

    private static OrgReading node(OrgGraph graph, String path) {
        return Objects.requireNonNull(graph.read(path)).withSilence(GAP);
    }

    private static GroupReading group(String id, String org) {
        GroupState group = new GroupState(id, SETTINGS, new WindowPlan(SETTINGS.windows()));
        group.register(new GroupProfile(id, null, List.of(org), 500, List.of(), null), 1);
        return group.read();
    }
}
