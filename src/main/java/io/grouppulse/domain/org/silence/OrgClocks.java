package io.grouppulse.domain.org.silence;

import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.signal.silence.ExposureClock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The exposure clocks of one top-level organisation, one for each day on which a gap of its groups began. */
final class OrgClocks {
    private static final int KEPT = 32;

    private final ZoneId zone;
    private final Map<String, HourHistory> histories = new HashMap<>();
    private final TreeMap<Long, ExposureClock> clocks = new TreeMap<>();

    OrgClocks(ZoneId zone) {
        this.zone = zone;
    }

    /** Takes a group's newest history; whether clocks changed by it, because it came with a past. */
    boolean put(String group, HourHistory history) {
        HourHistory before = histories.put(group, history);
        return before == null && forget(history);
    }

    /** Takes a group out; whether clocks changed by it. */
    boolean remove(String group) {
        HourHistory before = histories.remove(group);
        return before != null && forget(before);
    }

    private boolean forget(HourHistory history) {
        return !history.isEmpty() && clocks.keySet().removeIf(until -> until > history.first());
    }

    /** The clock learned before that hour from the epoch; the same object while nothing in it has changed. */
    ExposureClock learnedUntil(long hour) {
        ExposureClock known = clocks.get(hour);
        if (known == null) {
            known = ExposureClock.learn(histories.values(), hour, zone);
            clocks.put(hour, known);
            if (clocks.size() > KEPT) {
                clocks.pollFirstEntry();
            }
        }
        return known;
    }

    Set<String> groups() {
        return histories.keySet();
    }
}
