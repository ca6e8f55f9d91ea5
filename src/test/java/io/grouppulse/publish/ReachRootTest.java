package io.grouppulse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskGroups;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Groups;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupReading.RainReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReachRootTest {
    private static final int WINDOWS = 2;
    private static final long ASKED = 7;
    private static final SilenceReading GAP = new SilenceReading(1, 37, 0.01, 9, null, null);
    private static final List<String> PATHS =
            List.of("a", "a/1", "a/1/x", "a/1/y", "a/10", "a/2", "b", "b/1", "b/1/x", "c/1");

    private final List<GroupReading> groups = new ArrayList<>();
    private int groupsAsked;

    @Test
    void silenceOfASubtree_isThatOfItsNode_andThatOfSeveralTogetherIsUnknown() {
        SplittableRandom random = new SplittableRandom(1);
        groups.add(group("g1", List.of("a/1"), random));
        groups.add(group("g2", List.of("a/10"), random));
        groups.add(group("g3", List.of("b"), random));

        ReachRoot one = read(Reach.of(List.of("a/1")));
        ReachRoot two = read(Reach.of(List.of("a/1", "b")));

        assertThat(one.root().groups()).isEqualTo(1);
        assertThat(one.root().silence()).isEqualTo(GAP);
        assertThat(two.root().groups()).isEqualTo(2);
        assertThat(two.root().silence().deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(two.children()).extracting(OrgReading::path).containsExactly("a/1", "b");
        assertThat(two.children()).extracting(OrgReading::silence).containsExactly(GAP, GAP);
    }

    /** Groups at several paths count once; for one subtree no group is looked at. */
    @Test
    void root_ofAnyReach_isTheSumOverTheGroupsInIt() {
        int empty = 0;
        int shared = 0;
        for (long seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            groups.clear();
            for (int i = random.nextInt(12); i > 0; i--) {
                groups.add(group("g" + i, paths(random.nextInt(4), random), random));
            }
            Reach reach = Reach.of(paths(random.nextInt(4), random));
            int askedBefore = groupsAsked;

            ReachRoot read = read(reach);

            String as = "seed=%d reach=%s".formatted(seed, reach.subtrees());
            assertThat(groupsAsked - askedBefore)
                    .as(as)
                    .isEqualTo(reach.subtrees().size() <= 1 ? 0 : 1);
            List<GroupReading> seen = groups.stream()
                    .filter(group -> reach.subtrees().stream().anyMatch(top -> isUnder(group, top)))
                    .toList();
            List<OrgReading> children = new TreeSet<>(reach.subtrees())
                    .stream()
                            .map(ReachRootTest.this::node)
                            .filter(Objects::nonNull)
                            .toList();
            SilenceReading gap =
                    reach.subtrees().size() == 1 && !children.isEmpty() ? GAP : SilenceReading.unknown(Long.MIN_VALUE);
            assertThat(read)
                    .as(as)
                    .isEqualTo(new ReachRoot(
                            ASKED,
                            Objects.requireNonNull(graphOf(seen).read(OrgGraph.ROOT))
                                    .withChildren(children.stream()
                                            .map(OrgReading::path)
                                            .toList())
                                    .withSilence(gap),
                            children));
            empty += children.isEmpty() ? 1 : 0;
            shared += children.stream().mapToLong(OrgReading::groups).sum() > seen.size() ? 1 : 0;
        }
        assertThat(empty).isPositive();
        assertThat(shared).isPositive();
    }

    private ReachRoot read(Reach reach) {
        return ReachRoot.read(this::readings, this::all, reach, WINDOWS).result();
    }

    private Future<Readings> readings(AskReadings ask) {
        Map<String, OrgReading> nodes = new HashMap<>();
        for (String path : ask.orgs()) {
            OrgReading node = node(path);
            if (node != null) {
                nodes.put(path, node);
            }
        }
        return Future.succeededFuture(new Readings(ASKED, nodes, Map.of(), List.of(), AttributionReading.NONE));
    }

    private Future<Groups> all(AskGroups ask) {
        assertThat(ask.org()).isEmpty();
        groupsAsked++;
        return Future.succeededFuture(new Groups(ASKED, true, groups, List.of()));
    }

    private @Nullable OrgReading node(String path) {
        OrgReading node = graphOf(groups).read(path);
        return node == null ? null : node.withSilence(GAP);
    }

    private static OrgGraph graphOf(List<GroupReading> some) {
        OrgGraph graph = new OrgGraph(WINDOWS);
        some.forEach(graph::update);
        return graph;
    }

    private static boolean isUnder(GroupReading group, String top) {
        return group.profile().orgs().stream().anyMatch(org -> (org + "/").startsWith(top + "/"));
    }

    private static List<String> paths(int most, SplittableRandom random) {
        TreeSet<String> paths = new TreeSet<>();
        for (int i = 0; i < most; i++) {
            paths.add(PATHS.get(random.nextInt(PATHS.size())));
        }
        return List.copyOf(paths);
    }

    private static GroupReading group(String id, List<String> orgs, SplittableRandom random) {
        ActivityState[] states = ActivityState.values();
        return new GroupReading(
                new GroupProfile(id, null, orgs, 500, List.of(), null),
                states[random.nextInt(states.length)],
                random.nextInt(500),
                random.nextLong(9_000),
                List.of(counts(random), counts(random)),
                counts(random),
                new BreadthReading(
                        random.nextInt(99),
                        random.nextInt(999),
                        List.of(4L + random.nextInt(3), 4L),
                        3,
                        random.nextInt(9)),
                counts(random),
                new RainReading(random.nextInt(9), random.nextInt(9_000), random.nextInt(9)),
                SilenceReading.unknown(Long.MIN_VALUE),
                Activity.NONE,
                Map.of("shop", new SourceCounts(random.nextInt(99), random.nextInt(9), random.nextInt(9), 5)),
                random.nextInt(1_000));
    }

    private static Counts counts(SplittableRandom random) {
        return Counts.copyOf(random.longs(Column.COUNT, 0, 1_000).toArray());
    }
}
