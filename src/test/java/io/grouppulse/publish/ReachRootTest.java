package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskTogether;
import io.grouppulse.bus.Messages.Together;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReachRootTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final SilenceReading GAP = new SilenceReading(1, 37, 0.01, 9, null, null);

    private final OrgGraph all = new OrgGraph(SETTINGS.windows().size());

    @Test
    void silenceOfASubtree_isThatOfItsNode_andThatOfSeveralTogetherIsUnknown() {
        register("g1", List.of("a/1", "b"));
        register("g2", List.of("a/10"));
        register("g3", List.of("b"));

        ReachRoot one = read("a/1");
        ReachRoot two = read("a/1", "b");

        assertThat(one.root().groups()).isEqualTo(1);
        assertThat(one.root().silence()).isEqualTo(GAP);
        assertThat(two.root().groups()).isEqualTo(2);
        assertThat(two.root().silence().deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(two.children()).extracting(OrgReading::path).containsExactly("a/1", "b");
        assertThat(two.children()).extracting(OrgReading::silence).containsExactly(GAP, GAP);
        assertThat(read("a/1", "c").root().silence().deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(read("c").children()).isEmpty();
    }

    private ReachRoot read(String... subtrees) {
        return ReachRoot.read(this::answer, Reach.of(List.of(subtrees))).result();
    }

    private Future<Together> answer(AskTogether ask) {
        OrgReading root = all.together(ask.subtrees());
        List<OrgReading> nodes = root.children().stream()
                .map(path -> Objects.requireNonNull(all.read(path)).withSilence(GAP))
                .toList();
        return Future.succeededFuture(new Together(7, root, nodes));
    }

    private void register(String id, List<String> orgs) {
        GroupState group = new GroupState(id, SETTINGS, new WindowPlan(SETTINGS.windows()));
        group.register(new GroupProfile(id, null, orgs, 500, List.of(), null), 1);
        all.update(group.read());
    }
}
