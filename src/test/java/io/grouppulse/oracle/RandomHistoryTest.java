package io.grouppulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The random histories are rich, valid and repeatable, and the disorder keeps its promises. */
final class RandomHistoryTest {

    private static final OracleSettings SETTINGS = OracleSettings.defaults();
    private static final long LATENESS = 600_000;

    @Test
    void history_ofTheSameSeed_isTheSame() {
        assertThat(RandomHistory.of(7, SETTINGS)).isEqualTo(RandomHistory.of(7, SETTINGS));
        assertThat(RandomHistory.of(7, SETTINGS)).isNotEqualTo(RandomHistory.of(8, SETTINGS));
    }

    @Test
    void histories_haveEveryTypeAndIdsThatAreUniqueWithinASource() {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (long seed = 0; seed < 50; seed++) {
            Set<List<String>> ids = new HashSet<>();
            for (GroupEvent event : RandomHistory.of(seed, SETTINGS)) {
                types.add(event.type());
                assertThat(ids.add(List.of(event.source(), event.id()))).isTrue();
            }
        }
        assertThat(types).containsExactlyInAnyOrder(EventType.values());
    }

    @Test
    void histories_keepTheFieldRulesOfTheContract() {
        for (GroupEvent event : large()) {
            assertThat(event.group()).isNotEmpty();
            assertThat(event.member() != null || !event.type().needsMember()).isTrue();
            assertThat(event.order() != null).isEqualTo(event.type().isOrder());
            assertThat(event.hasAmount() || event.type() != EventType.ORDER_REFUNDED)
                    .isTrue();
            assertThat(event.target() != null).isEqualTo(event.type() == EventType.MESSAGE_REVOKED);
        }
    }

    @Test
    void histories_holdTheAwkwardCases() {
        List<GroupEvent> events = new ArrayList<>();
        for (long seed = 0; seed < 50; seed++) {
            events.addAll(RandomHistory.of(seed, SETTINGS));
        }
        assertThat(events)
                .anyMatch(e -> e.ts() == RandomHistory.MIDNIGHT)
                .anyMatch(e -> e.ts() == RandomHistory.MIDNIGHT - 1)
                .anyMatch(e -> e.type() == EventType.ORDER_PAID && !e.hasAmount())
                .anyMatch(e -> e.type() == EventType.ORDER_PAID && e.amount() == 0)
                .anyMatch(e -> "unknown".equals(e.target()))
                .anyMatch(e -> e.chain() != null && e.chain().lines().size() > 2);
        assertThat(repeats(large(), EventType.ORDER_PAID)).isTrue();
        assertThat(repeats(large(), EventType.ORDER_CREATED)).isTrue();
    }

    @Test
    void disorder_neverExceedsTheLateness_andReachesIt() {
        long worst = 0;
        long largest = Long.MIN_VALUE;
        for (GroupEvent event : Disorder.shuffle(large(), LATENESS, 20, 5)) {
            largest = Math.max(largest, event.ts());
            worst = Math.max(worst, largest - event.ts());
        }
        assertThat(worst).isBetween(LATENESS * 9 / 10, LATENESS);
    }

    @Test
    void disorder_keepsEveryEventAndRepeatsSome() {
        List<GroupEvent> events = large();
        List<GroupEvent> shuffled = Disorder.shuffle(events, LATENESS, 10, 5);

        assertThat(shuffled.size() - events.size()).isBetween(events.size() / 20, events.size() / 5);
        assertThat(new HashSet<>(shuffled)).isEqualTo(new HashSet<>(events));
        assertThat(shuffled).isEqualTo(Disorder.shuffle(events, LATENESS, 10, 5));
        assertThat(Disorder.shuffle(events, 0, 0, 5)).isSortedAccordingTo(Comparator.comparingLong(GroupEvent::ts));
    }

    @Test
    void batches_cutWithoutLossAndWithinTheirSize() {
        List<List<GroupEvent>> batches = Disorder.batches(large(), 64, 3);

        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 64));
        assertThat(batches.stream().flatMap(List::stream).toList()).isEqualTo(large());
        assertThat(batches.stream().map(List::size).distinct().count()).isGreaterThan(10);
    }

    @Test
    void instants_holdTheLastEventAndMore() {
        assertThat(RandomHistory.instants(large(), 10, 1))
                .hasSize(10)
                .contains(large().get(large().size() - 1).ts());
    }

    private static List<GroupEvent> large() {
        return RandomHistory.of(1, SETTINGS, RandomHistory.Shape.large(5_000));
    }

    private static boolean repeats(List<GroupEvent> events, EventType type) {
        Map<List<String>, Integer> seen = new HashMap<>();
        for (GroupEvent event : events) {
            if (event.type() == type) {
                seen.merge(Arrays.asList(event.group(), event.source(), event.order()), 1, Integer::sum);
            }
        }
        return seen.values().stream().anyMatch(n -> n > 1);
    }
}
