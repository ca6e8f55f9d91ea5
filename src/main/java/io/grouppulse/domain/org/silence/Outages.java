package io.grouppulse.domain.org.silence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When nothing could be seen of some sources, or of any because this program did not run. Times are T, epoch millis. */
final class Outages {
    private static final String EVERY = "";
    private static final long KEPT = 14 * 86_400_000L;

    private final Map<String, Long> downSince = new HashMap<>();
    private final List<Outage> past = new ArrayList<>();

    private record Outage(String source, long from, long to) {}

    /** This program did not run from one moment to the other. */
    void stopped(long from, long to) {
        if (from < to) {
            past.add(new Outage(EVERY, from, to));
        }
    }

    /** Takes the sources that are down now; whether they are others than before. */
    boolean update(Set<String> down, long t) {
        if (down.equals(downSince.keySet())) {
            return false;
        }
        downSince.forEach((source, since) -> {
            if (!down.contains(source)) {
                past.add(new Outage(source, since, t));
            }
        });
        downSince.keySet().retainAll(down);
        down.forEach(source -> downSince.putIfAbsent(source, t));
        past.removeIf(outage -> outage.to < t - KEPT);
        return true;
    }

    boolean isDown(Collection<String> sources) {
        return sources.stream().anyMatch(downSince::containsKey);
    }

    /** How long nothing could be seen of these sources in a gap that began at {@code since}, millis. */
    long blind(Collection<String> sources, long since) {
        long blind = 0;
        for (Outage outage : past) {
            if (outage.to > since && (outage.source.equals(EVERY) || sources.contains(outage.source))) {
                blind += outage.to - Math.max(since, outage.from);
            }
        }
        return blind;
    }
}
