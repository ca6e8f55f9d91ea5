package io.grouppulse.domain.signal.silence;

import static io.grouppulse.domain.signal.silence.SilenceSettings.HOUR;

import io.grouppulse.domain.signal.HourHistory;

/**
 * How long the gaps between a group's active slots are, in exposure: the rate of slots is uncertain (gamma), and its gaps
 * are more uneven than chance (shape). Immutable.
 *
 * @param slots active slots, those of 28 days ago counting half, and one believed in
 * @param exposure in which they came, in average hours
 * @param shape of the gaps' tail; the larger, the more like chance alone
 * @param slotHours width of a slot
 * @param activeHours hours with activity in a slot that has any
 * @param known how much of the four weeks that a rhythm takes to be known has passed since the first interaction, 0 to 1
 */
public record GapModel(double slots, double exposure, double shape, int slotHours, double activeHours, double known) {
    private static final double HALF_LIFE = 28 * 24;
    private static final double BELIEVED_SLOTS = 1;
    private static final double BELIEVED_EXPOSURE = 24;
    private static final double WEEK = 168;
    private static final double FEWEST_HOURS = 10;
    private static final int WIDE = 4;
    private static final double MOST_LIKELY = 0.5;
    private static final double KNOWN_AFTER = 28 * 24;
    private static final double HALF_A_DAY = 12;

    /** Learns from the hours the clock was learned from. */
    public static GapModel fit(HourHistory history, ExposureClock clock) {
        long[] count = {0};
        history.forEachActive(clock.from(), clock.until(), hour -> count[0]++);
        double past = history.isEmpty() ? 0 : clock.until() - Math.max(clock.from(), history.first());
        Fit fit = new Fit(clock, count[0] / Math.max(1, past / WEEK) >= FEWEST_HOURS ? 1 : WIDE);
        history.forEachActive(clock.from(), clock.until(), fit::add);
        return fit.model(Math.min(1, (Math.max(0, past) + HALF_A_DAY) / KNOWN_AFTER));
    }

    private static final class Fit {
        private final ExposureClock clock;
        private final int width;
        private long previous = Long.MIN_VALUE;
        private double a;
        private double b;
        private double squares;
        private double gaps;
        private long hours;
        private long slots;

        Fit(ExposureClock clock, int width) {
            this.clock = clock;
            this.width = width;
        }

        void add(long hour) {
            hours++;
            long slot = Math.floorDiv(hour, (long) width) * width;
            if (slot == previous) {
                return;
            }
            slots++;
            if (previous != Long.MIN_VALUE) {
                double kept = Math.pow(2, -(slot - previous) / HALF_LIFE);
                double gap = clock.at(slot * HOUR) - clock.at(previous * HOUR);
                a = a * kept + 1;
                b = b * kept + gap;
                double scaled = Math.min(50, gap * (a + BELIEVED_SLOTS) / (b + BELIEVED_EXPOSURE));
                squares = squares * kept + scaled * scaled;
                gaps = gaps * kept + 1;
            }
            previous = slot;
        }

        GapModel model(double known) {
            double spread = Math.max(2.05, (squares + 30) / (gaps + 10));
            double shape = Math.min(200, Math.max(1.2, 2 * (spread - 1) / (spread - 2)));
            double each = slots == 0 ? 1 : (double) hours / slots;
            return new GapModel(a + BELIEVED_SLOTS, b + BELIEVED_EXPOSURE, shape, width, each, known);
        }
    }

    /** Slots to be expected in this much exposure. */
    public double expectedSlots(double passed) {
        return passed * slots / exposure;
    }

    /** The probability of a gap longer than this much exposure. */
    public double probability(double passed) {
        double scaled = slots * Math.log1p(Math.max(0, passed) / exposure);
        return Math.pow(1 + scaled / (shape - 1), -shape);
    }

    /** The exposure after which a gap has this probability. */
    public double exposureOf(double probability) {
        double scaled = (shape - 1) * (Math.pow(probability, -1 / shape) - 1);
        return exposure * Math.expm1(scaled / slots);
    }

    /**
     * The probability a gap must have to be called silence, so that so many a week are wrong. In the first weeks a part of
     * the budget is kept for what nobody can know yet, such as what a weekend is like.
     */
    public double alarmProbability(double budget) {
        return Math.min(MOST_LIKELY, known * budget / expectedSlots(WEEK));
    }
}
