package io.grouppulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL and the loops, written apart, agree on random histories. */
final class OracleTwinsTest {

    private static final OracleSettings SETTINGS = OracleSettings.defaults();
    private static final long DAY = 86_400_000;

    @ParameterizedTest
    @ValueSource(longs = {0, 40, 80, 120, 160})
    void sqlAndLoops_onFortyRandomHistoriesEach_agree(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + 40; seed++) {
            List<GroupEvent> events = RandomHistory.of(seed, SETTINGS);
            compare(seed, events, RandomHistory.instants(events, 3, seed));
        }
    }

    @Test
    void randomHistories_takenTogether_makeEveryMeasureMove() {
        Map<String, Long> seen = new HashMap<>();
        for (long seed = 0; seed < 60; seed++) {
            List<GroupEvent> events = RandomHistory.of(seed, SETTINGS);
            long t = events.get(events.size() - 1).ts();
            new NaiveMeasures(SETTINGS, events)
                    .today(t)
                    .values()
                    .forEach(day -> day.forEach((measure, value) -> seen.merge(measure, Math.abs(value), Long::sum)));
        }

        assertThat(seen).containsOnlyKeys(MeasureNames.ALL).doesNotContainValue(0L);
    }

    private static void compare(long seed, List<GroupEvent> events, List<Long> instants) {
        NaiveMeasures naive = new NaiveMeasures(SETTINGS, events);
        long day = RandomHistory.MIDNIGHT;
        try (Oracle oracle = Oracle.of(SETTINGS, Disorder.shuffle(events, 600_000, 20, seed))) {
            MeasureDiff diff = MeasureDiff.ofAll()
                    .members(day, naive.members(day), oracle.members(day))
                    .total(naive.total(), oracle.total())
                    .history(naive.history(day - DAY, day + DAY), oracle.history(day - DAY, day + DAY));
            for (long t : instants) {
                diff.windows(t, naive.windows(t), oracle.windows(t)).today(t, naive.today(t), oracle.today(t));
            }
            diff.assertEmpty("seed " + seed);
        }
    }
}
