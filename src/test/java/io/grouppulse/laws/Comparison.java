package io.grouppulse.laws;

import io.grouppulse.oracle.BatchMeasures;
import io.grouppulse.oracle.MeasureDiff;
import io.grouppulse.testing.MonitorApi;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a monitor answers at one T against a batch computation over the same events. */
public final class Comparison {
    private static final long MINUTE = 60_000;
    private static final long HISTORY = 48 * 60 * MINUTE;

    private final MonitorApi api;
    private final MeasureDiff diff = MeasureDiff.ofAll();

    public Comparison(MonitorApi api) {
        this.api = api;
    }

    /** What it found so far. */
    public MeasureDiff diff() {
        return diff;
    }

    /** Compares all groups, and the last two days of these; the monitor must be at T and have nothing pending. */
    public ServerMeasures at(long t, BatchMeasures expected, Collection<String> historyOf)
            throws IOException, InterruptedException {
        ServerMeasures actual = ServerMeasures.read(api, historyOf);
        long to = Math.floorDiv(t, MINUTE) * MINUTE + MINUTE;
        Map<String, Map<Long, Map<String, Long>>> minutes = new TreeMap<>(expected.history(to - HISTORY, to));
        minutes.keySet().retainAll(historyOf);
        diff.windows(t, expected.windows(t), actual.windows(t))
                .today(t, expected.today(t), actual.today(t))
                .members(t, expected.members(t), actual.members(t))
                .total(expected.total(), actual.total())
                .history(minutes, actual.history(to - HISTORY, to));
        return actual;
    }
}
