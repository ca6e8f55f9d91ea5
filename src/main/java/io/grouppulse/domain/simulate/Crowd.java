package io.grouppulse.domain.simulate;

import java.time.Instant;
import java.time.ZoneId;

/** Which people are there on a day: about the same part of them each day, some nearly always and most now and then. */
final class Crowd {
    private static final long HOUR = 3_600_000;

    /** This part of all people are there on most days. */
    private static final double REGULARS = 0.08;

    private static final double OFTEN = 0.8;

    private final ZoneId zone;
    private final double part;
    private final double seldom;
    private long knownHour = Long.MIN_VALUE;
    private long day;

    /** @param part 1 if everybody is there always */
    Crowd(ZoneId zone, double part) {
        this.zone = zone;
        this.part = part;
        seldom = Math.max(0, part - REGULARS * OFTEN) / (1 - REGULARS);
    }

    boolean has(int person, long ts) {
        return part >= 1 || Dice.unit(Dice.mix(person) + dayOf(ts)) < (Dice.unit(person) < REGULARS ? OFTEN : seldom);
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
