package io.grouppulse.domain.org.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.simulate.SaleSimulator;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated flash sale: who misses it is found in minutes, who takes part is left in peace. */
class SimulatedSaleSilenceTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final int GROUPS = 120;
    private static final int LENGTH = 30;

    /** Eleventh of November, ten in the morning in Shanghai: the flash sale begins. */
    private static final long START = 1_794_362_400_000L;

    private static final SalePlan PLAN = new SalePlan("c", "", Set.of(), START, START + LENGTH * MINUTE);

    private final Map<String, BitSet> active = new HashMap<>();
    private final Map<String, Long> lastHeard = new HashMap<>();
    private final Map<String, HourHistory> hours = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void groups_inASimulatedFlashSale_areFoundWhenTheyMissIt_andNeverWhileTheyTakePart(long seed) {
        simulate(seed);

        for (int minutes = 1; minutes <= LENGTH; minutes++) {
            long now = START + minutes * MINUTE;
            PeerModel.judge(new SaleMinutes(PLAN, minutes, active), hours, Map.of())
                    .forEach((group, gap) -> assertThat(
                                    gap.isSilent() && Objects.requireNonNull(lastHeard.get(group)) >= now)
                            .as("%s is told silent and comes back", group)
                            .isFalse());
        }
        for (String missing : active.keySet()) {
            assertThat(foundAfter(missing)).as(missing).isBetween(1, 5);
        }
    }

    /** Minutes after which the group is found that takes no part, all else the same. */
    private int foundAfter(String missing) {
        Map<String, BitSet> without = new HashMap<>(active);
        without.put(missing, new BitSet());
        for (int minutes = 1; minutes <= LENGTH; minutes++) {
            PeerGap gap = PeerModel.judge(new SaleMinutes(PLAN, minutes, without), hours, Map.of())
                    .get(missing);
            if (gap != null && gap.isSilent()) {
                return minutes;
            }
        }
        return Integer.MAX_VALUE;
    }

    private void simulate(long seed) {
        SaleSimulator sale = new SaleSimulator(SimulationSettings.sale(GROUPS, 250, LENGTH, seed, START));
        sale.profiles().forEach(profile -> {
            active.put(profile.group(), new BitSet());
            lastHeard.put(profile.group(), 0L);
            hours.put(profile.group(), aWeek());
        });
        while (!sale.isOver()) {
            sale.nextMinute(told -> take(told.event()));
        }
    }

    private void take(GroupEvent event) {
        String group = event.group();
        if (!group.isEmpty() && event.type() != EventType.SOURCE_HEARTBEAT) {
            lastHeard.merge(group, event.ts(), Math::max);
            if (event.type().isInteraction()) {
                Objects.requireNonNull(active.get(group)).set((int) ((event.ts() - START) / MINUTE));
            }
        }
    }

    /** Talk from eight to eleven on each of the seven days before: nothing by which groups could be told apart. */
    private static HourHistory aWeek() {
        HourHistory history = HourHistory.EMPTY;
        for (int i = 1; i <= 168; i++) {
            long hour = START / HOUR - i;
            if ((hour + 8) % 24 >= 8 && (hour + 8) % 24 < 23) {
                history = history.with(hour);
            }
        }
        return history;
    }
}
