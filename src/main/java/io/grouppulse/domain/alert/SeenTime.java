package io.grouppulse.domain.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A moment as people say it: the time of day, with the date when it is not of the last day. */
public final class SeenTime {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final DateTimeFormatter OF_DAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter WITH_DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final ZoneId zone;

    public SeenTime(ZoneId zone) {
        this.zone = zone;
    }

    /** @param at epoch millis; {@code t} the moment at which it is said */
    public String of(long at, long t) {
        if (at == Long.MIN_VALUE) {
            return "the beginning";
        }
        return (t - at < DAY ? OF_DAY : WITH_DATE)
                .format(Instant.ofEpochMilli(at).atZone(zone));
    }
}
