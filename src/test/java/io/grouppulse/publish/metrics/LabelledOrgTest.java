package io.grouppulse.publish.metrics;

import static io.grouppulse.publish.metrics.Readings.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.signal.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Organisation labels: a bounded number, and the rest under other, each group once. */
final class LabelledOrgTest {
    private static List<LabelledOrg> choose(int most, GroupReading... groups) {
        OrgGraph graph = new OrgGraph(1);
        for (GroupReading group : groups) {
            graph.update(group);
        }
        return LabelledOrg.of(graph.nearest(most, LabelledOrg.OTHER_LABEL));
    }

    private static List<String> labels(List<LabelledOrg> orgs) {
        return orgs.stream().map(LabelledOrg::label).toList();
    }

    @Test
    void allHaveTheirOwnNamesWhileThereIsRoom() {
        List<LabelledOrg> orgs = choose(4, group("g1", 1, "a/b"), group("g2", 2));
        assertThat(labels(orgs)).containsExactly("/", "a", "unassigned", "a/b");
        assertThat(orgs.get(0).members()).isEqualTo(20);
    }

    @Test
    void theRestIsSummedEachGroupOnceHoweverManyNodesItStandsUnder() {
        List<LabelledOrg> orgs =
                choose(2, group("g1", 1, "a/b", "c/d", "c"), group("g2", 2, "c/e/f"), group("g3", 4, "a"));
        assertThat(labels(orgs)).containsExactly("/", "a", "other");
        LabelledOrg other = orgs.get(2);
        assertThat(other.members()).isEqualTo(20);
        assertThat(other.windows().get(0).get(Column.ACTIVE)).isEqualTo(3);
        assertThat(other.total().get(Column.ORDERS_PAID)).isEqualTo(2);
        assertThat(other.states()).containsEntry(ActivityState.NORMAL, 2L).containsEntry(ActivityState.DEAD, 0L);
    }

    @Test
    void aNodeCalledOtherIsAmongTheOthersOnceThereAreAny() {
        assertThat(labels(choose(9, group("g1", 1, "other")))).containsExactly("/", "other");
        List<LabelledOrg> orgs = choose(2, group("g1", 1, "other"), group("g2", 1, "p"), group("g3", 1, "q"));
        assertThat(labels(orgs)).containsExactly("/", "p", "other");
        assertThat(orgs.get(2).members()).isEqualTo(20);
    }
}
