package io.grouppulse.domain.simulate;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How large a sale, how long, and which one.
 *
 * @param members mean number of customers in a group
 * @param seed the same settings with the same seed give the same events
 * @param startMillis time of the first event, epoch milliseconds
 * @param zone whose hours people live by
 * @param eventsPerSecond about how many events fall in an ordinary second at a busy hour, flash sales apart
 * @param show when a show begins and is full; null for days as they are
 */
public record SimulationSettings(
        int groups,
        int members,
        int minutes,
        long seed,
        long startMillis,
        ZoneId zone,
        double eventsPerSecond,
        @Nullable ShowTimes show) {

    /** Time between two flash sales of a show that is full. */
    public static final long SHOW_FLASH_PERIOD = 300_000;

    /** Time between two flash sales of a show before it is full. */
    static final long EARLY_FLASH_PERIOD = 900_000;

    /** From the start of a show to its first flash sale. */
    static final long FIRST_FLASH = 3_000;

    /** A whole flash sale ago, so that the next one comes within seconds. */
    private static final long FULL_BEFORE = SHOW_FLASH_PERIOD;

    /** Long enough for touches of half an hour ago to have had their time, and for the calm between flash sales to show. */
    private static final long SHOWN_BEFORE = FULL_BEFORE + 4 * EARLY_FLASH_PERIOD;

    /** Those who joined a week before today are remembered. */
    private static final int DAYS_BEFORE = 8;

    /** So that the groups have members when the first of these days begins. */
    private static final long EVE = 3_600_000;

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int A_YEAR = 525_600;

    /** A show has a flash sale every few minutes: between them people are calmer than on a day with four. */
    private static final double SHOW_CALM = 0.4;

    /** @throws IllegalArgumentException naming the option that is out of range */
    public SimulationSettings {
        requireRange("groups", groups, 1, 100_000);
        requireRange("members", members, 2, 5_000);
        requireRange("minutes", minutes, 1, A_YEAR);
        if (!(eventsPerSecond > 0 && eventsPerSecond <= 1_000_000)) {
            throw new IllegalArgumentException("eventsPerSecond must be above 0 and at most 1000000");
        }
    }

    /** A day as it is: the rhythm of the week, flash sales at 10, 12, 15 and 18. */
    public static SimulationSettings sale(int groups, int members, int minutes, long seed, long startMillis) {
        return new SimulationSettings(
                groups, members, minutes, seed, startMillis, SHANGHAI, usualRate(groups, members), null);
    }

    /** A show without end in sight that rains from its first seconds. */
    public static SimulationSettings show(int groups, int members, long seed, long startMillis) {
        return new SimulationSettings(
                groups,
                members,
                A_YEAR,
                seed,
                startMillis,
                SHANGHAI,
                SHOW_CALM * usualRate(groups, members),
                new ShowTimes(startMillis, startMillis));
    }

    /** The show as it is at a moment at which it has been full for three flash sales, without any past. */
    public SimulationSettings underWayAt(long now) {
        long full = now - 3 * SHOW_FLASH_PERIOD;
        return showing(full, new ShowTimes(full, full));
    }

    /** The same with a past: days of the zone with a little of what happened in them, and an hour of the show. */
    public SimulationSettings withPastAt(long now) {
        long start = Instant.ofEpochMilli(now)
                .atZone(zone)
                .toLocalDate()
                .minusDays(DAYS_BEFORE)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
        return showing(start - EVE, new ShowTimes(now - SHOWN_BEFORE, now - FULL_BEFORE));
    }

    private SimulationSettings showing(long start, ShowTimes times) {
        return new SimulationSettings(groups, members, minutes, seed, start, zone, eventsPerSecond, times);
    }

    public SimulationSettings in(ZoneId newZone) {
        return new SimulationSettings(groups, members, minutes, seed, startMillis, newZone, eventsPerSecond, show);
    }

    /** The first millisecond after the sale. */
    public long endMillis() {
        return startMillis + minutes * 60_000L;
    }

    /** Whether a show is on at this moment, epoch milliseconds. */
    public boolean isShowAt(long ts) {
        return show != null && !show.isPast(ts);
    }

    /** Whether this is the past of a show. */
    boolean isPastAt(long ts) {
        return show != null && show.isPast(ts);
    }

    /** Which part of a group's customers does anything on one day: of a past, little is told of the few. */
    double around() {
        return show == null ? 1 : 0.15;
    }

    /** About how many events fall in the second at a busy hour, flash sales apart. */
    double eventsPerSecondAt(long ts) {
        return show == null ? eventsPerSecond : eventsPerSecond * show.told(ts);
    }

    /**
     * The same for what is told of buying alone, beyond that: in a show that is not yet full all of it, or what is bought
     * between its flash sales, and with it the rain that is usual, would seem to grow many times over when it is.
     */
    double buyingPerSecondAt(long ts) {
        return isShowAt(ts) ? eventsPerSecond - eventsPerSecondAt(ts) : 0;
    }

    /** When a show begins, epoch milliseconds. */
    long showsAt() {
        return show == null ? Long.MAX_VALUE : show.from();
    }

    /** How lively people are, 1 at the usual rate for this many of them. */
    double intensity() {
        return eventsPerSecond / usualRate(groups, members);
    }

    private static double usualRate(int groups, int members) {
        return Math.min(1_000_000, 0.5 * groups * members / 250.0);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", got " + value);
        }
    }
}
