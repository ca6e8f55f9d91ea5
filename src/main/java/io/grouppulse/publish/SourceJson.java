package io.grouppulse.publish;

import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.ops.SourceLedger.SourceHealth;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** The sources' counts, from the groups' states, beside their health, from this process; accepted = applied + duplicates + pending. */
public final class SourceJson {
    private static final SourceHealth UNHEARD =
            new SourceHealth(true, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, -1);

    private SourceJson() {}

    /** By source name, sorted. */
    public static Map<String, JsonObject> sources(Map<String, SourceCounts> applied, Map<String, SourceHealth> health) {
        Map<String, SourceCounts> counts = new TreeMap<>(applied);
        health.keySet().forEach(source -> counts.putIfAbsent(source, SourceCounts.NONE));
        Map<String, JsonObject> sources = new TreeMap<>();
        counts.forEach((source, some) -> sources.put(source, source(some, health.getOrDefault(source, UNHEARD))));
        return sources;
    }

    private static JsonObject source(SourceCounts counts, SourceHealth health) {
        return new JsonObject()
                .put("up", health.up())
                .put("accepted", counts.applied() + counts.duplicates() + health.pending())
                .put("applied", counts.applied())
                .put("duplicates", counts.duplicates())
                .put("late", counts.late())
                .put("rejected", health.rejected())
                .put("pending", health.pending())
                .put("lastEventAt", ReadingJson.timeOrNull(Math.max(counts.newestTs(), health.lastEventAt())))
                .put("lastReceivedAt", ReadingJson.timeOrNull(health.lastReceivedAt()))
                .put("lagSeconds", health.lag() < 0 ? null : health.lag() / 1000.0)
                .put("heartbeatAt", ReadingJson.timeOrNull(health.heartbeatAt()));
    }
}
