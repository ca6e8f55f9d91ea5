package io.grouppulse.publish.metrics;

import static io.grouppulse.publish.metrics.Readings.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.time.WindowSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The groups with series of their own: the most active, without flicker, never more than there may be. */
final class TopGroupsTest {
    private static final long MINUTE = 60_000;

    private final TopGroups top = new TopGroups(2, 0);

    private List<String> chosen(long minute, GroupReading... groups) {
        return top.choose(List.of(groups), minute * MINUTE).stream()
                .map(GroupReading::group)
                .sorted()
                .toList();
    }

    @Test
    void theMostActiveAreShown() {
        assertThat(chosen(0, group("a", 1), group("b", 3), group("c", 2))).containsExactly("b", "c");
    }

    @Test
    void whoFallsBehindKeepsItsPlaceForTenMinutes() {
        chosen(0, group("a", 5), group("b", 4), group("c", 1));
        assertThat(chosen(1, group("a", 5), group("b", 1), group("c", 9))).containsExactly("a", "b");
        assertThat(chosen(10, group("a", 5), group("b", 1), group("c", 9))).containsExactly("a", "b");
        assertThat(chosen(11, group("a", 5), group("b", 1), group("c", 9))).containsExactly("a", "c");
    }

    @Test
    void whoReturnsToTheTopInTimeStays() {
        chosen(0, group("a", 5), group("b", 4), group("c", 1));
        chosen(8, group("a", 5), group("b", 9), group("c", 8));
        assertThat(chosen(17, group("a", 5), group("b", 1), group("c", 8))).containsExactly("a", "b");
    }

    @Test
    void aGroupThatIsGoneLeavesItsPlaceAtOnce() {
        chosen(0, group("a", 5), group("b", 4), group("c", 1));
        assertThat(chosen(1, group("a", 5), group("c", 1))).containsExactly("a", "c");
    }

    @Test
    void idleGroupsFillThePlacesThatNobodyNeeds() {
        assertThat(chosen(0, group("a", 0), group("b", 0), group("c", 0))).containsExactly("a", "b");
        assertThat(chosen(1, group("a", 0), group("b", 0), group("c", 3))).containsExactly("a", "c");
        assertThat(chosen(2, group("a", 0), group("b", 3), group("c", 0))).containsExactly("b", "c");
    }

    @Test
    void thereAreNeverMoreThanThereMayBe() {
        for (int minute = 0; minute < 100; minute++) {
            int now = minute;
            GroupReading[] groups = IntStream.range(0, 30)
                    .mapToObj(i -> group("g" + i, (i * 7L + now * 13L) % 11))
                    .toArray(GroupReading[]::new);
            assertThat(chosen(minute, groups)).hasSize(2);
        }
        assertThat(new TopGroups(0, 0).choose(List.of(group("a", 1)), 0)).isEmpty();
    }

    /** What a scrape asks for is enough: with all groups at hand the same would be shown. */
    @Test
    void amongTheCandidatesTheSameAreChosenAsAmongAllGroups() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int most = random.nextInt(6);
            TopGroups ofAll = new TopGroups(most, 0);
            TopGroups ofCandidates = new TopGroups(most, 0);
            OrgGraph graph = new OrgGraph(1);
            Map<String, GroupReading> all = new TreeMap<>();
            long now = 0;
            for (int step = 0; step < 60; step++) {
                for (int change = random.nextInt(8); change > 0; change--) {
                    String id = "g" + random.nextInt(25);
                    if (random.nextInt(8) == 0) {
                        all.remove(id);
                        graph.remove(id);
                    } else {
                        all.put(id, group(id, Math.max(0, random.nextInt(-6, 6))));
                        graph.update(all.get(id));
                    }
                }
                now += random.nextInt(4) * MINUTE;
                Map<String, GroupReading> candidates = new TreeMap<>();
                graph.busiest(0, ofCandidates.candidates()).forEach(group -> candidates.put(group.group(), group));
                ofCandidates.places().stream()
                        .map(graph::group)
                        .filter(Objects::nonNull)
                        .forEach(group -> candidates.put(group.group(), group));
                assertThat(ofCandidates.choose(candidates.values(), now))
                        .as("seed=%d step=%d", seed, step)
                        .isEqualTo(ofAll.choose(all.values(), now));
            }
        }
    }

    @Test
    void activityIsThatOfFiveMinutesOrTheNextLongerWindow() {
        assertThat(TopGroups.windowOf(windows("1m/1s", "5m/1s", "30m/10s"))).isEqualTo(1);
        assertThat(TopGroups.windowOf(windows("1m/1s", "30m/10s", "24h/10m"))).isEqualTo(1);
        assertThat(TopGroups.windowOf(windows("1m/1s", "2m/1s"))).isEqualTo(1);
    }

    private static List<WindowSpec> windows(String... specs) {
        return java.util.Arrays.stream(specs).map(WindowSpec::parse).toList();
    }
}
