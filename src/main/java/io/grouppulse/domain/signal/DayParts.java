package io.grouppulse.domain.signal;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In which of the six four-hour parts of one day of the zone each member did anything. */
public final class DayParts {
    private static final int HOURS_OF_PART = 4;
    private static final int PARTS_OF_THRICE = 3;

    private final ZoneId zone;
    private final Map<Integer, Integer> bits = new HashMap<>();

    public DayParts(ZoneId zone) {
        this.zone = zone;
    }

    /** The part of its day that holds {@code ts}, from 0. */
    public static int partOf(long ts, ZoneId zone) {
        return Instant.ofEpochMilli(ts).atZone(zone).getHour() / HOURS_OF_PART;
    }

    public void add(int member, long ts) {
        bits.merge(member, 1 << partOf(ts, zone), (some, more) -> some | more);
    }

    /** The members who were active in at least three parts. */
    public List<Integer> thrice() {
        return bits.entrySet().stream()
                .filter(entry -> Integer.bitCount(entry.getValue()) >= PARTS_OF_THRICE)
                .map(Map.Entry::getKey)
                .toList();
    }
}
