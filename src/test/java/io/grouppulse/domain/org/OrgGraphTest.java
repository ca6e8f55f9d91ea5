package io.grouppulse.domain.org;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupReading.RainReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.OrderMeasure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrgGraphTest {
    private static final int WINDOWS = 2;
    /** A path that is never among the nearest if there are others. */
    private static final String APART = "retail";

    private static final Set<ActivityState> HEARD =
            Set.of(ActivityState.LIVELY, ActivityState.NORMAL, ActivityState.QUIET);

    private static final List<String> PATHS = List.of(
            "bbg", "bbg-new/hunan", "bbg/hunan", "bbg/hunan/meixi", "bbg/hubei", "retail/team-3", "retail", "a/b/c/d");

    @Test
    void nodes_underRandomUpdatesMovesAndRemovals_equalTheNaiveSums() {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            OrgGraph graph = new OrgGraph(WINDOWS);
            Map<String, GroupReading> naive = new TreeMap<>();
            for (int step = 0; step < 150; step++) {
                Map<String, OrgReading> before = nodesOf(graph);
                Set<String> changed = change(graph, naive, random);
                Map<String, OrgReading> after = nodesOf(graph);
                String as = "seed=" + seed + " step=" + step;
                assertThat(after).as(as).isEqualTo(naiveNodes(naive));
                assertFirst(graph, naive.values(), random, as);
                assertThat(changed).as(as + ": announced").containsAll(sumsThatDiffer(before, after));
                assertThat(graph.sources()).as(as).isEqualTo(sources(naive.values()));
                assertThat(graph.rememberedIds())
                        .as(as)
                        .isEqualTo(naive.values().stream()
                                .mapToLong(GroupReading::rememberedIds)
                                .sum());
                assertThat(graph.groupCount()).as(as).isEqualTo(naive.size());
                assertNearest(graph, naive, random.nextInt(14), as);
                assertTogether(graph, naive.values(), random, as);
                assertSilence(graph, naive.values(), as);
            }
        }
    }

    private static Map<String, SourceCounts> sources(Collection<GroupReading> groups) {
        Map<String, SourceCounts> counts = new TreeMap<>();
        groups.forEach(
                group -> group.sources().forEach((source, some) -> counts.merge(source, some, SourceCounts::plus)));
        return counts;
    }

    private static void assertSilence(OrgGraph graph, Collection<GroupReading> groups, String as) {
        assertThat(graph.silent())
                .as(as)
                .isEqualTo(groups.stream()
                        .filter(group -> group.state() == ActivityState.SILENT)
                        .map(GroupReading::group)
                        .collect(Collectors.toSet()));
        for (GroupReading group : groups) {
            List<GroupReading> beside = groups.stream()
                    .filter(other -> firstPath(other).equals(firstPath(group)))
                    .toList();
            assertThat(graph.siblingsOf(group)).as(as).isEqualTo(new Siblings(beside.size(), (int) beside.stream()
                    .filter(other -> HEARD.contains(other.state()))
                    .count()));
        }
        for (String path : everyPath()) {
            assertThat(graph.hasUnknown(path))
                    .as(as)
                    .isEqualTo(groups.stream()
                            .anyMatch(group -> group.state() == ActivityState.UNKNOWN
                                    && pathsAbove(group).contains(path)));
        }
        assertThat(graph.hasUnknown("nowhere")).isFalse();
    }

    private static String firstPath(GroupReading group) {
        return group.profile().orgs().isEmpty()
                ? "unassigned"
                : group.profile().orgs().get(0);
    }

    /** All nodes sorted, the first ones taken, the others looked for in every group. */
    private static void assertNearest(OrgGraph graph, Map<String, GroupReading> naive, int most, String as) {
        Map<String, OrgReading> all = naiveNodes(naive);
        List<String> sorted = all.keySet().stream()
                .sorted(Comparator.comparingInt((String path) -> path.isEmpty() ? 0 : path.split("/", -1).length)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        boolean hasOthers = sorted.size() > most;
        List<String> chosen = sorted.stream()
                .filter(path -> !hasOthers || !path.equals(APART))
                .limit(most)
                .toList();

        NearestNodes nearest = graph.nearest(most, APART);

        assertThat(nearest.nodes())
                .as(as)
                .isEqualTo(chosen.stream().map(all::get).toList());
        if (!hasOthers) {
            assertThat(nearest.others()).as(as).isNull();
            return;
        }
        List<GroupReading> below = naive.values().stream()
                .filter(group -> !chosen.containsAll(pathsAbove(group)))
                .toList();
        OrgReading sum = sumOf("", below, List.of());
        assertThat(nearest.others())
                .as(as)
                .isEqualTo(new OtherNodes(sum.members(), sum.states(), sum.windows(), sum.total()));
    }

    /** Any nodes none of which is below another, some of which there are not. */
    private static void assertTogether(
            OrgGraph graph, Collection<GroupReading> groups, SplittableRandom random, String as) {
        List<String> every = new ArrayList<>(everyPath());
        Set<String> wanted = new TreeSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            wanted.add(every.get(random.nextInt(1, every.size())));
        }
        Set<String> tops = wanted.stream()
                .filter(path -> wanted.stream().noneMatch(other -> path.startsWith(other + "/")))
                .collect(Collectors.toSet());
        List<GroupReading> seen = groups.stream()
                .filter(group -> pathsAbove(group).stream().anyMatch(tops::contains))
                .toList();
        List<String> children = new TreeSet<>(tops)
                .stream().filter(path -> graph.read(path) != null).toList();
        assertThat(graph.together(tops)).as(as + " of " + tops).isEqualTo(sumOf("", seen, children));
    }

    /** All groups with anything in the window, sorted; some orders are asked for often, so that they are kept. */
    private static void assertFirst(
            OrgGraph graph, Collection<GroupReading> groups, SplittableRandom random, String as) {
        List<String> scopes = List.of("", "bbg", "bbg/hunan", "unassigned", "nowhere");
        List<ToLongFunction<Counts>> measures = List.of(OrderMeasure.GMV_NET, OrderMeasure.ORDERS_PAID, Column.ACTIVE);
        for (int i = random.nextInt(4); i > 0; i--) {
            RankedBy by = new RankedBy(
                    scopes.get(random.nextInt(scopes.size())),
                    random.nextInt(WINDOWS + 1),
                    measures.get(random.nextInt(measures.size())));
            int limit = random.nextInt(10);
            List<GroupReading> sorted = groups.stream()
                    .filter(group -> pathsAbove(group).contains(by.scope()))
                    .filter(group -> !countsOf(group, by.window()).equals(Counts.ZERO))
                    .sorted(Comparator.comparingLong(
                                    (GroupReading group) -> by.measure().applyAsLong(countsOf(group, by.window())))
                            .reversed()
                            .thenComparing(GroupReading::group))
                    .limit(limit)
                    .toList();

            assertThat(graph.first(by, limit)).as(as + " " + by).isEqualTo(sorted);
        }
    }

    private static Counts countsOf(GroupReading group, int window) {
        return window == WINDOWS ? group.today() : group.windows().get(window);
    }

    private static Set<String> change(OrgGraph graph, Map<String, GroupReading> naive, SplittableRandom random) {
        String id = "g" + random.nextInt(8);
        if (random.nextInt(4) == 0) {
            naive.remove(id);
            return graph.remove(id);
        }
        GroupReading reading = reading(id, random);
        naive.put(id, reading);
        return graph.update(reading);
    }

    @Test
    void group_underTwoPathsOfOneNode_countsThereOnce() {
        OrgGraph graph = new OrgGraph(WINDOWS);
        GroupReading reading = reading("g1", List.of("bbg/hunan/meixi", "bbg/hubei"), new SplittableRandom(1));

        Set<String> changed = graph.update(reading);

        assertThat(changed).containsExactlyInAnyOrder("", "bbg", "bbg/hunan", "bbg/hunan/meixi", "bbg/hubei");
        assertThat(node(graph, "bbg").groups()).isEqualTo(1);
        assertThat(node(graph, "bbg").members()).isEqualTo(reading.members());
        assertThat(node(graph, "bbg").children()).containsExactly("bbg/hubei", "bbg/hunan");
        assertThat(node(graph, "").children()).containsExactly("bbg");
    }

    @Test
    void group_underNoPath_standsUnderUnassigned() {
        OrgGraph graph = new OrgGraph(WINDOWS);
        GroupReading reading = reading("g1", List.of(), new SplittableRandom(1));
        graph.update(reading);

        assertThat(nodesOf(graph)).containsOnlyKeys("", "unassigned");
        assertThat(OrgGraph.orgsOf(reading.profile())).containsExactly("unassigned");
        assertThat(OrgGraph.isUnder(reading.profile(), "unassigned")).isTrue();
    }

    @Test
    void node_withoutGroups_disappearsButTheRootStays() {
        OrgGraph graph = new OrgGraph(WINDOWS);
        graph.update(reading("g1", List.of("a/b/c/d"), new SplittableRandom(1)));

        graph.remove("g1");

        assertThat(nodesOf(graph)).containsOnlyKeys("");
        assertThat(node(graph, "").groups()).isZero();
        assertThat(graph.remove("g1")).isEmpty();
    }

    @Test
    void group_isUnderItsPathsAndWhatIsAboveThem_notUnderNamesThatOnlyBeginTheSame() {
        GroupProfile profile =
                reading("g1", List.of("bbg/hunan"), new SplittableRandom(1)).profile();

        assertThat(OrgGraph.isUnder(profile, "")).isTrue();
        assertThat(OrgGraph.isUnder(profile, "bbg")).isTrue();
        assertThat(OrgGraph.isUnder(profile, "bbg/hunan")).isTrue();
        assertThat(OrgGraph.isUnder(profile, "bbg/hun")).isFalse();
        assertThat(OrgGraph.isUnder(profile, "b")).isFalse();
        assertThat(OrgGraph.isUnder(profile, "bbg/hunan/meixi")).isFalse();
    }

    private static OrgReading node(OrgGraph graph, String path) {
        OrgReading reading = graph.read(path);
        assertThat(reading).as(path).isNotNull();
        return Objects.requireNonNull(reading);
    }

    private static Map<String, OrgReading> nodesOf(OrgGraph graph) {
        Map<String, OrgReading> nodes = new HashMap<>();
        for (String path : everyPath()) {
            OrgReading reading = graph.read(path);
            if (reading != null) {
                nodes.put(path, reading);
            }
        }
        return nodes;
    }

    private static Set<String> sumsThatDiffer(Map<String, OrgReading> before, Map<String, OrgReading> after) {
        Set<String> differ = new HashSet<>();
        after.forEach((path, reading) -> {
            if (!reading.equals(before.get(path)) && !onlyChildrenDiffer(before.get(path), reading)) {
                differ.add(path);
            }
        });
        return differ;
    }

    private static boolean onlyChildrenDiffer(@Nullable OrgReading before, OrgReading after) {
        return before != null
                && new OrgReading(
                                after.path(),
                                before.groups(),
                                before.states(),
                                before.members(),
                                before.windows(),
                                before.today(),
                                before.breadth(),
                                before.total(),
                                before.rain(),
                                before.events(),
                                after.children(),
                                after.silence())
                        .equals(after);
    }

    private static Map<String, OrgReading> naiveNodes(Map<String, GroupReading> groups) {
        Set<String> paths = new TreeSet<>(Set.of(""));
        groups.values().forEach(group -> paths.addAll(pathsAbove(group)));
        Map<String, OrgReading> nodes = new HashMap<>();
        for (String path : paths) {
            List<GroupReading> below = groups.values().stream()
                    .filter(group -> pathsAbove(group).contains(path))
                    .toList();
            nodes.put(path, sumOf(path, below, childrenOf(path, paths)));
        }
        return nodes;
    }

    /** Of every node that there can be, whether or not it is below another. */
    private static Set<String> everyPath() {
        Set<String> paths = pathsAbove(PATHS);
        paths.addAll(pathsAbove(List.of()));
        return paths;
    }

    private static Set<String> pathsAbove(GroupReading group) {
        return pathsAbove(group.profile().orgs());
    }

    private static Set<String> pathsAbove(List<String> orgs) {
        Set<String> paths = new TreeSet<>(Set.of(""));
        for (String org : orgs.isEmpty() ? List.of("unassigned") : orgs) {
            StringBuilder path = new StringBuilder();
            for (String part : org.split("/", -1)) {
                path.append(path.isEmpty() ? "" : "/").append(part);
                paths.add(path.toString());
            }
        }
        return paths;
    }

    private static List<String> childrenOf(String path, Set<String> paths) {
        String prefix = path.isEmpty() ? "" : path + "/";
        return paths.stream()
                .filter(other -> !other.isEmpty()
                        && other.startsWith(prefix)
                        && !other.equals(path)
                        && other.indexOf('/', prefix.length()) < 0)
                .toList();
    }

    private static OrgReading sumOf(String path, List<GroupReading> groups, List<String> children) {
        Map<ActivityState, Long> states = new EnumMap<>(ActivityState.class);
        for (ActivityState state : ActivityState.values()) {
            states.put(
                    state,
                    groups.stream().filter(group -> group.state() == state).count());
        }
        List<Counts> windows = new ArrayList<>();
        for (int w = 0; w < WINDOWS; w++) {
            int window = w;
            windows.add(sum(
                    groups.stream().map(group -> group.windows().get(window)).toList()));
        }
        SourceCounts events = groups.stream()
                .flatMap(group -> group.sources().values().stream())
                .reduce(SourceCounts.NONE, SourceCounts::plus);
        return new OrgReading(
                path,
                groups.size(),
                states,
                groups.stream().mapToLong(GroupReading::members).sum(),
                windows,
                sum(groups.stream().map(GroupReading::today).toList()),
                breadthOf(groups.stream().map(GroupReading::breadth).toList()),
                sum(groups.stream().map(GroupReading::total).toList()),
                new RainReading(
                        groups.stream().mapToLong(group -> group.rain().rate()).sum(),
                        groups.stream().mapToLong(group -> group.rain().gmv()).sum(),
                        groups.stream()
                                .mapToLong(group -> group.rain().buyers())
                                .sum()),
                new SourceCounts(events.applied(), events.duplicates(), events.late(), Long.MIN_VALUE),
                children,
                SilenceReading.unknown(Long.MIN_VALUE));
    }

    private static BreadthReading breadthOf(List<BreadthReading> groups) {
        return new BreadthReading(
                groups.stream().mapToLong(BreadthReading::messages).sum(),
                groups.stream().mapToLong(BreadthReading::squaredMessages).sum(),
                groups.stream()
                        .flatMap(group -> group.loudest().stream())
                        .sorted(Comparator.reverseOrder())
                        .limit(3)
                        .toList(),
                groups.stream().mapToLong(BreadthReading::lurkers).sum(),
                groups.stream().mapToLong(BreadthReading::thriceDaily).sum());
    }

    private static Counts sum(List<Counts> all) {
        long[] values = new long[Column.COUNT];
        for (Column column : Column.values()) {
            values[column.ordinal()] =
                    all.stream().mapToLong(counts -> counts.get(column)).sum();
        }
        return Counts.copyOf(values);
    }

    private static GroupReading reading(String id, SplittableRandom random) {
        List<String> orgs = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            orgs.add(PATHS.get(random.nextInt(PATHS.size())));
        }
        return reading(id, List.copyOf(new TreeSet<>(orgs)), random);
    }

    private static GroupReading reading(String id, List<String> orgs, SplittableRandom random) {
        ActivityState[] states = ActivityState.values();
        return new GroupReading(
                new GroupProfile(id, null, orgs, 0, List.of(), null),
                states[random.nextInt(states.length)],
                random.nextInt(500),
                random.nextLong(1_794_240_000_000L),
                List.of(counts(random), counts(random)),
                counts(random),
                breadth(random),
                counts(random),
                new RainReading(random.nextInt(9), random.nextInt(9_000), random.nextInt(9)),
                SilenceReading.unknown(Long.MIN_VALUE),
                Activity.NONE,
                Map.of(
                        "shop",
                        new SourceCounts(random.nextInt(99), random.nextInt(9), random.nextInt(9), random.nextInt(50)),
                        random.nextInt(3) == 0 ? "wecom" : "erp",
                        new SourceCounts(random.nextInt(99), random.nextInt(9), random.nextInt(9), random.nextInt(50))),
                random.nextInt(1_000));
    }

    private static BreadthReading breadth(SplittableRandom random) {
        List<Long> loudest = random.longs(random.nextInt(4), 1, random.nextInt(3) == 0 ? 9_000 : 9)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .toList();
        return new BreadthReading(
                random.nextInt(99), random.nextInt(999), loudest, random.nextInt(99), random.nextInt(9));
    }

    private static Counts counts(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return Counts.ZERO;
        }
        // Small ones, so that groups tie.
        long bound = random.nextBoolean() ? 2 : 1_000_000;
        return Counts.copyOf(random.longs(Column.COUNT, 0, bound).toArray());
    }
}
