package io.grouppulse.domain.simulate;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** When the flash sales of a simulated sale begin, and under which campaign each is held. Times are epoch milliseconds. */
public final class FlashCalendar {
    private static final int[] HOURS = {10, 12, 15, 18};
    private static final long LONGEST = 2 * 3_600_000L;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'flash-'yyyyMMdd-HHmm", Locale.ROOT);

    /** The orders of a flash sale are over before those of a show begin. */
    private static final long LAST_ORDERS = 1_800_000;

    private final SimulationSettings settings;
    private final long lastOfPast;

    public FlashCalendar(SimulationSettings settings) {
        this.settings = settings;
        lastOfPast = new Approach(settings).from() - LAST_ORDERS;
    }

    /** The first flash sale of the sale. */
    public long first() {
        return after(settings.startMillis() - 1);
    }

    /** The flash sale after the one that begins at {@code ts}. */
    public long after(long ts) {
        ShowTimes show = settings.show();
        if (show == null) {
            return slotAfter(ts);
        }
        boolean early = show.full() - show.from() >= SimulationSettings.EARLY_FLASH_PERIOD;
        long first = show.from() + SimulationSettings.FIRST_FLASH + (early ? SimulationSettings.EARLY_FLASH_PERIOD : 0);
        if (ts < first) {
            long slot = slotAfter(ts);
            return slot <= lastOfPast ? slot : first;
        }
        long next = ts + SimulationSettings.EARLY_FLASH_PERIOD;
        return next <= show.full() + SimulationSettings.FIRST_FLASH ? next : ts + SimulationSettings.SHOW_FLASH_PERIOD;
    }

    /** When nothing more is sold under the campaign of the flash sale that begins at {@code ts}. */
    public long end(long ts) {
        return Math.min(after(ts), ts + LONGEST);
    }

    private long slotAfter(long ts) {
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
