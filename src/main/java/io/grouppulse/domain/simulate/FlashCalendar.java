package io.grouppulse.domain.simulate;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** When the flash sales of a simulated sale begin, and under which campaign each is held. Times are epoch milliseconds. */
public final class FlashCalendar {
    private static final int[] HOURS = {10, 12, 15, 18};
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'flash-'yyyyMMdd-HHmm", Locale.ROOT);

    private final SimulationSettings settings;

    public FlashCalendar(SimulationSettings settings) {
        this.settings = settings;
    }

    /** The first flash sale of the sale. */
    public long first() {
        long start = settings.startMillis();
        return settings.compressed() ? start + SimulationSettings.COMPRESSED_FIRST_FLASH : after(start - 1);
    }

    /** The flash sale after the one that begins at {@code ts}. */
    public long after(long ts) {
        if (settings.compressed()) {
            return ts + SimulationSettings.COMPRESSED_FLASH_PERIOD;
        }
        ZonedDateTime day = local(ts).toLocalDate().atStartOfDay(settings.zone());
        for (int hour : HOURS) {
            long sale = day.withHour(hour).toInstant().toEpochMilli();
            if (sale > ts) {
                return sale;
            }
        }
        return day.plusDays(1).withHour(HOURS[0]).toInstant().toEpochMilli();
    }

    /** Id of the campaign that the events of the flash sale at {@code ts} carry. */
    public String campaign(long ts) {
        return local(ts).format(NAME);
    }

    private ZonedDateTime local(long ts) {
        return Instant.ofEpochMilli(ts).atZone(settings.zone());
    }
}
