package io.grouppulse.domain.simulate;

import java.time.ZoneId;

/**
 * How large a sale, how long, and which one.
 *
 * @param members mean number of customers in a group
 * @param seed the same settings with the same seed give the same events
 * @param startMillis time of the first event, epoch milliseconds
 * @param zone whose hours people live by
 * @param eventsPerSecond about how many events fall in an ordinary second at a busy hour, flash sales apart
 * @param compressed for a show: no quiet night, a flash sale within seconds and then every few minutes
 */
public record SimulationSettings(
        int groups,
        int members,
        int minutes,
        long seed,
        long startMillis,
        ZoneId zone,
        double eventsPerSecond,
        boolean compressed) {

    /** Time between two flash sales of a compressed sale. */
    public static final long COMPRESSED_FLASH_PERIOD = 180_000;

    /** From the start of a compressed sale to its first flash sale. */
    public static final long COMPRESSED_FIRST_FLASH = 3_000;

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
                groups, members, minutes, seed, startMillis, SHANGHAI, usualRate(groups, members), false);
    }

    /** A show without end in sight that rains from its first seconds. */
    public static SimulationSettings show(int groups, int members, long seed, long startMillis) {
        return new SimulationSettings(
                groups, members, A_YEAR, seed, startMillis, SHANGHAI, SHOW_CALM * usualRate(groups, members), true);
    }

    public SimulationSettings startingAt(long millis) {
        return new SimulationSettings(groups, members, minutes, seed, millis, zone, eventsPerSecond, compressed);
    }

    public SimulationSettings in(ZoneId newZone) {
        return new SimulationSettings(
                groups, members, minutes, seed, startMillis, newZone, eventsPerSecond, compressed);
    }

    /** The first millisecond after the sale. */
    public long endMillis() {
        return startMillis + minutes * 60_000L;
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
