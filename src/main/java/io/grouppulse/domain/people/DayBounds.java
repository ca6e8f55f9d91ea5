package io.grouppulse.domain.people;

import java.time.LocalDate;
import java.time.ZoneId;

/** Days of a zone as stretches of epoch millis. */
public record DayBounds(ZoneId zone) {
    public long startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** The first moment after the day. */
    public long endOf(LocalDate day) {
        return startOf(day.plusDays(1));
    }
}
