package io.grouppulse.domain.simulate;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** How awake people are at an hour of the week, 1 at a usual busy hour. */
final class Rhythm {
    private static final double[] HOURS = {
        0.25, 0.10, 0.04, 0.03, 0.03, 0.06, 0.20, 0.45, 0.70, 0.90, 1.10, 1.00,
        1.10, 0.85, 0.75, 0.85, 0.90, 0.95, 1.05, 1.15, 1.30, 1.25, 0.90, 0.55
    };
    private static final double WEEKEND = 1.15;
    private static final double SHOW_FLOOR = 0.85;

    private final ZoneId zone;
    private final SimulationSettings settings;
    private long knownQuarter = Long.MIN_VALUE;
    private double from;
    private double to;

    Rhythm(SimulationSettings settings) {
        zone = settings.zone();
        this.settings = settings;
    }

    /** Draws an hour of a day, the more awake ones more often. */
    static Weights hours() {
        return Weights.of(HOURS);
    }

    double at(long ts) {
        long minuteOfEpoch = Math.floorDiv(ts, 60_000);
        // Zones are offset by whole quarter hours, so levels are looked up once a quarter.
        long quarter = Math.floorDiv(minuteOfEpoch, 15);
        if (quarter != knownQuarter) {
            knownQuarter = quarter;
            from = level(quarter * 900_000);
            to = level((quarter + 1) * 900_000);
        }
        double passed = Math.floorMod(ts, 900_000L) / 900_000.0;
        double natural = from + (to - from) * passed;
        return settings.isShowAt(ts) ? SHOW_FLOOR + (1 - SHOW_FLOOR) * natural : natural;
    }

    private double level(long ts) {
        ZonedDateTime local = Instant.ofEpochMilli(ts).atZone(zone);
        int now = local.getHour();
        double passed = local.getMinute() / 60.0;
        double day = HOURS[now] + (HOURS[(now + 1) % 24] - HOURS[now]) * passed;
        boolean weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
        return weekend ? day * WEEKEND : day;
    }
}
