package io.grouppulse.domain.signal.silence;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What the silence model depends on.
 *
 * @param zone of the hours of the week
 * @param settling after this long, millis, what happened in an hour is known for good
 * @param budget false alarms a group may raise in a week
 */
public record SilenceSettings(ZoneId zone, long settling, double budget) {
    static final long HOUR = 3_600_000;

    /**
     * The hour, counted from the epoch, up to which a gap that began at {@code last} is judged by what was learned: the
     * local midnight before it, when all before midnight had settled. So what is learned does not move under a gap.
     */
    public long learnedUntil(long last) {
        Instant settled = Instant.ofEpochMilli(last - settling);
        Instant midnight = settled.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        return Math.floorDiv(midnight.toEpochMilli(), HOUR);
    }
}
