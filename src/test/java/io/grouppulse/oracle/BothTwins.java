package io.grouppulse.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Holds a number worked out by hand against both computations, in group {@code g} unless another is named. */
final class BothTwins {

    private static final OracleSettings SETTINGS = OracleSettings.defaults();

    private final List<GroupEvent> events;

    private BothTwins(List<GroupEvent> events) {
        this.events = events;
    }

    static BothTwins given(EventBuilder... events) {
        return new BothTwins(List.of(events).stream().map(EventBuilder::build).toList());
    }

    /** A measure of the 1m window at T. */
    BothTwins minute(long t, String measure, long expected) {
        return window(t, "1m", measure, expected);
    }

    BothTwins window(long t, String window, String measure, long expected) {
        return hold(
                "%s of %s at %d".formatted(measure, window, t),
                expected,
                m -> m.windows(t)
                        .getOrDefault("g", Map.of())
                        .getOrDefault(window, Map.of())
                        .get(measure));
    }

    BothTwins today(long t, String measure, long expected) {
        return hold(
                "%s of the day at %d".formatted(measure, t),
                expected,
                m -> m.today(t).getOrDefault("g", Map.of()).get(measure));
    }

    BothTwins members(long expected) {
        return hold("members", expected, m -> m.members(0).get("g"));
    }

    BothTwins total(String measure, long expected) {
        return hold(
                "total " + measure,
                expected,
                m -> m.total().getOrDefault("g", Map.of()).get(measure));
    }

    /** A measure of the minute that starts at this time, zero if the minute is left out. */
    BothTwins history(long minute, String measure, long expected) {
        return hold(
                "%s of minute %d".formatted(measure, minute),
                expected,
                m -> m.history(minute, minute + OracleSettings.MINUTE_MILLIS)
                        .getOrDefault("g", Map.of())
                        .getOrDefault(minute, Map.of())
                        .getOrDefault(measure, 0L));
    }

    /** Anything at all. */
    <X> BothTwins hold(String what, X expected, Function<BatchMeasures, X> answer) {
        try (Oracle oracle = Oracle.of(SETTINGS, events)) {
            assertThat(answer.apply(oracle)).as("SQL: " + what).isEqualTo(expected);
        }
        assertThat(answer.apply(new NaiveMeasures(SETTINGS, events)))
                .as("loops: " + what)
                .isEqualTo(expected);
        return this;
    }
}
