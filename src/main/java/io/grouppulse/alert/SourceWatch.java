package io.grouppulse.alert;

import io.grouppulse.domain.alert.AlertKey;
import io.grouppulse.domain.alert.AlertKind;
import io.grouppulse.domain.alert.Condition;
import io.grouppulse.domain.alert.SeenTime;
import io.grouppulse.ops.SourceLedger.SourceHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which sources are down. */
final class SourceWatch {
    private static final long SECOND = 1_000;

    private final SeenTime times;

    SourceWatch(SeenTime times) {
        this.times = times;
    }

    static Set<String> down(Map<String, SourceHealth> sources) {
        return sources.entrySet().stream()
                .filter(source -> !source.getValue().up())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** @param now wall clock millis */
    List<Condition> conditions(Map<String, SourceHealth> sources, long now) {
        List<Condition> conditions = new ArrayList<>();
        sources.forEach((name, health) -> {
            if (!health.up()) {
                conditions.add(new Condition(
                        new AlertKey(AlertKind.SOURCE_DOWN, name), null, List.of(), null, text(health, now)));
            }
        });
        return conditions;
    }

    private String text(SourceHealth health, long now) {
        return health.heartbeatAt() == Long.MIN_VALUE
                ? "expected events at most 60 s old, its newest came " + health.lag() / SECOND
                        + " s late; its groups cannot be judged"
                : "expected a heartbeat at least every 90 s, the last was that of "
                        + times.of(health.heartbeatAt(), now) + "; its groups cannot be judged";
    }
}
