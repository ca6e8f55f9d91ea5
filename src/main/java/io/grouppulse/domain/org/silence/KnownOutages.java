package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.signal.silence.BlindTimes.Span;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of outages is kept for the next start. Moments are T, epoch millis.
 *
 * @param seenUntil how far T had come; {@link Long#MIN_VALUE} if nothing is known
 * @param downSince by source, for those that were down then
 * @param past by source, outages that are over; under no name those of all sources, when this program did not run
 * @param heartbeats by source, the time of its newest heartbeat
 */
public record KnownOutages(
        long seenUntil, Map<String, Long> downSince, Map<String, List<Span>> past, Map<String, Long> heartbeats) {
    public static final KnownOutages NONE = new KnownOutages(Long.MIN_VALUE, Map.of(), Map.of(), Map.of());

    public KnownOutages {
        downSince = Map.copyOf(downSince);
        Map<String, List<Span>> copy = new TreeMap<>();
        past.forEach((source, spans) -> copy.put(source, List.copyOf(spans)));
        past = Map.copyOf(copy);
        heartbeats = Map.copyOf(heartbeats);
    }
}
