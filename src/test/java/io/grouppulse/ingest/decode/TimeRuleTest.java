package io.grouppulse.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.ingest.Rejection;
import io.grouppulse.ingest.Rejection.Code;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeRuleTest {
    private static final long T = 1_700_000_000_000L;
    private static final long RETENTION = 48 * 3_600_000L;
    private static final long TEN_YEARS = 3_650L * 86_400_000;

    private final TimeRule system = new TimeRule(TimeRule.Mode.SYSTEM, RETENTION);
    private final TimeRule replay = new TimeRule(TimeRule.Mode.EVENT, RETENTION);

    @Test
    void systemClock_takesFromTheRetentionToAMinuteAhead() {
        assertThat(code(system, T + 60_000, T, T)).isNull();
        assertThat(code(system, T + 60_001, T, T)).isEqualTo(Code.TOO_EARLY);
        assertThat(code(system, T - RETENTION, T, T)).isNull();
        assertThat(code(system, T - RETENTION - 1, T, T)).isEqualTo(Code.TOO_OLD);
    }

    @Test
    void eventClock_takesAnythingOld() {
        assertThat(code(replay, 0, T, T)).isNull();
    }

    @Test
    void eventClock_refusesWhatIsTenYearsAheadOfBothClocks() {
        assertThat(code(replay, T + TEN_YEARS, T, 0)).isNull();
        assertThat(code(replay, T + TEN_YEARS, 0, T)).isNull();
        assertThat(code(replay, T + TEN_YEARS + 1, T, T)).isEqualTo(Code.TOO_EARLY);
        assertThat(code(replay, T + TEN_YEARS + 1, Long.MIN_VALUE, T)).isEqualTo(Code.TOO_EARLY);
        assertThat(code(replay, T, Long.MIN_VALUE, T)).isNull();
    }

    private static @Nullable Code code(TimeRule rule, long ts, long t, long wall) {
        GroupEvent event = new GroupEvent(
                "api",
                "e",
                EventType.MESSAGE_SENT,
                ts,
                "g",
                "m",
                null,
                null,
                GroupEvent.NO_AMOUNT,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Rejection rejection = rule.check(event, t, wall);
        return rejection == null ? null : rejection.code();
    }
}
