package io.grouppulse.domain.simulate;

import java.time.Instant;
import java.time.ZoneId;

/** Which people are there on a day: the same part of them each day, other ones on another day. */
final class Crowd {
    private static final long HOUR = 3_600_000;

    private final ZoneId zone;
    private final double part;
    private long knownHour = Long.MIN_VALUE;
    private long day;

    /** @param part 1 if everybody is there always */
    Crowd(ZoneId zone, double part) {
        this.zone = zone;
        this.part = part;
    }

    boolean has(int person, long ts) {
        return part >= 1 || (Dice.mix(Dice.mix(person) + dayOf(ts)) >>> 11) * 0x1.0p-53 < part;
    }

    private long dayOf(long ts) {
        long hour = Math.floorDiv(ts, HOUR);
        if (hour != knownHour) {
            knownHour = hour;
            day = Instant.ofEpochMilli(ts).atZone(zone).toLocalDate().toEpochDay();
        }
        return day;
    }
}
