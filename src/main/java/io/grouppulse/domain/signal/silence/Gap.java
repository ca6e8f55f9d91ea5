package io.grouppulse.domain.signal.silence;

import static io.grouppulse.domain.signal.silence.SilenceSettings.HOUR;

import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.HourHistory;
import org.jspecify.annotations.Nullable;

/**
 * The present gap of a group, or of all groups of a node together, judged by what was learned before it began. A
 * function of the activity, the clock, the budget and the outages alone. Immutable.
 */
public final class Gap {
    private static final long SHORTEST = 2 * HOUR;
    private static final long LONGEST = 168 * HOUR;
    private static final long DAY = 24;
    private static final long MINUTE = 60_000;
    private static final double QUIET = 0.1;

    private final ExposureClock clock;
    private final GapModel model;
    private final BlindTimes blind;
    private final double alarm;
    private final long last;
    private final long quietAt;
    private final long deadline;
    private final @Nullable Broken broken;

    /**
     * A silence that was broken, but is not left yet.
     *
     * @param since the last interaction before it, {@code until} the first after it, epoch millis; of a silence that was
     *     not the last but one gap, the hours they are in
     * @param expectedHours hours with activity that were to be expected in it
     */
    public record Broken(long since, long until, double expectedHours) {}

    /**
     * @param activity with at least one interaction
     * @param blind when nothing could have been seen: neither this gap nor an earlier one grew then
     */
    public Gap(Activity activity, ExposureClock clock, GapModel model, double budget, BlindTimes blind) {
        this.clock = clock;
        this.model = model;
        this.blind = blind;
        this.alarm = model.alarmProbability(budget);
        this.last = activity.last();
        this.deadline = deadlineOf(last);
        this.quietAt = Math.min(deadline, blind.whenExposed(clock, last, model.exposureOf(QUIET)));
        this.broken = brokenBy(activity);
    }

    private long deadlineOf(long began) {
        long reached = blind.whenExposed(clock, began, model.exposureOf(alarm));
        return Math.min(blind.whenSeen(began, LONGEST), Math.max(blind.whenSeen(began, SHORTEST), reached));
    }

    /**
     * The earlier silence that the group has not left yet: since then it was active in one slot only, or in slots more
     * than a day apart. Of older gaps only the hours are known, so they are taken to be as short as they can have been.
     */
    private @Nullable Broken brokenBy(Activity activity) {
        HourHistory hours = activity.hours();
        long slotStart = hours.newest();
        long resumed = activity.resumed();
        long before = activity.before() == Long.MIN_VALUE ? Long.MIN_VALUE : activity.before() + MINUTE;
        while (slotStart != Long.MIN_VALUE) {
            long previous = hours.previousActive(slotStart);
            if (previous == Long.MIN_VALUE) {
                return null;
            }
            long began = before == Long.MIN_VALUE ? (previous + 1) * HOUR : before;
            if (resumed >= deadlineOf(began)) {
                return new Broken(began, resumed, expectedHours(began, resumed));
            }
            boolean sameSlot = slotOf(previous) == slotOf(slotStart);
            if (!sameSlot && slotStart - previous <= DAY) {
                return null;
            }
            slotStart = previous;
            resumed = previous * HOUR;
            before = Long.MIN_VALUE;
        }
        return null;
    }

    private long slotOf(long hour) {
        return Math.floorDiv(hour, (long) model.slotHours());
    }

    /** Its first moment, epoch millis: the newest interaction. */
    public long last() {
        return last;
    }

    /** When it becomes a silence, epoch millis; {@link Long#MAX_VALUE} if an outage must end first. */
    public long deadline() {
        return deadline;
    }

    /** The silence that was broken by less than it takes to leave it, or null. */
    public @Nullable Broken broken() {
        return broken;
    }

    public boolean isSilent(long t) {
        return broken != null || t >= deadline;
    }

    public boolean isQuiet(long t) {
        return t >= quietAt;
    }

    /** The moment at which what is said at {@code t} was true: a full hour of the gap, or when it became quiet or silent. */
    public long toldAt(long t) {
        long told = last + Math.max(0, Math.floorDiv(t - last, HOUR)) * HOUR;
        if (t >= deadline) {
            return Math.max(told, deadline);
        }
        return t >= quietAt ? Math.max(told, quietAt) : told;
    }

    /** The next moment at which something else is said. */
    public long nextChange(long t) {
        long next = last + (Math.max(0, Math.floorDiv(t - last, HOUR)) + 1) * HOUR;
        next = t < deadline ? Math.min(next, deadline) : next;
        return t < quietAt ? Math.min(next, quietAt) : next;
    }

    /** The probability that a gap lasts until {@code t}, as far as it could be seen. */
    public double probability(long t) {
        return model.probability(blind.exposure(clock, last, t));
    }

    /** Hours with activity to be expected until {@code t}. */
    public double expectedHours(long t) {
        return expectedHours(last, t);
    }

    private double expectedHours(long began, long t) {
        return model.expectedSlots(Math.max(0, blind.exposure(clock, began, t))) * model.activeHours();
    }
}
