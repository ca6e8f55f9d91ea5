package io.grouppulse.publish;

import io.grouppulse.bus.Messages.Stretch;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Days, weeks and months of the monitor's zone, and how far back orders are remembered.
 *
 * @param orderRetention millis
 */
public record Calendar(ZoneId zone, long orderRetention) {
    /** The latest time that may be asked for: the end of the year 9999, UTC. */
    public static final long LATEST = 253_402_300_799_999L;

    /** A week begins on Monday. */
    public enum Period {
        DAY,
        WEEK,
        MONTH;

        /** As queries name it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The period with this name, or null if there is none. */
        public static @Nullable Period ofWireName(String name) {
            for (Period period : values()) {
                if (period.wireName().equals(name)) {
                    return period;
                }
            }
            return null;
        }
    }

    /** The period that holds {@code at}, epoch millis from 0 to {@link #LATEST}. */
    public Stretch around(Period period, long at) {
        LocalDate day = dayOf(at);
        return switch (period) {
            case DAY -> new Stretch(startOf(day), startOf(day.plusDays(1)));
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield new Stretch(startOf(monday), startOf(monday.plusWeeks(1)));
            }
            case MONTH -> {
                LocalDate first = day.withDayOfMonth(1);
                yield new Stretch(startOf(first), startOf(first.plusMonths(1)));
            }
        };
    }

    /** The day that holds {@code at}. */
    public LocalDate dayOf(long at) {
        return Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
    }

    /** The first moment of the day, epoch millis. */
    public long startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** The first moment from which all orders are remembered at T. */
    public long rememberedSince(long t) {
        return t == Long.MIN_VALUE ? t : t - orderRetention;
    }
}
