package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.window.SliceCounts;

/**
 * The hours in which a group had an interaction that stands. What arrives for an hour that has settled is too late and
 * changes nothing. Not thread-safe.
 */
public final class ActiveHours {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final long MINUTES = 60;

    private final long settling;
    private final SliceCounts minutes = new SliceCounts();
    private HourHistory hours = HourHistory.EMPTY;
    private long settledBefore = Long.MIN_VALUE;

    /** @param settling after this long, millis, an hour changes no more */
    public ActiveHours(long settling) {
        this.settling = settling;
    }

    /** Adds an interaction at {@code ts}, or with -1 takes one back. */
    public void count(long ts, int delta) {
        long minute = Math.floorDiv(ts, MINUTE);
        long hour = Math.floorDiv(minute, MINUTES);
        if (hour < settledBefore) {
            return;
        }
        boolean active = minutes.add(minute, delta) != 0 || minutes.hasBetween(hour * MINUTES, (hour + 1) * MINUTES);
        if (!active) {
            hours = hours.without(hour);
        } else if (hour != hours.newest()) {
            hours = hours.with(hour);
        }
    }

    /** Moves T on. The minutes of the two newest settled hours are kept: they tell a silence from a pause. */
    public void advance(long t) {
        long settled = Math.floorDiv(t - settling, HOUR);
        if (settled <= settledBefore) {
            return;
        }
        settledBefore = settled;
        long newest = hours.previousActive(settled);
        long second = newest == Long.MIN_VALUE ? newest : hours.previousActive(newest);
        if (second != Long.MIN_VALUE) {
            minutes.removeBefore(second * MINUTES);
        }
    }

    /** @param last the newest interaction, epoch millis, or {@link Long#MIN_VALUE} */
    public Activity read(long last) {
        if (hours.isEmpty()) {
            return last == Long.MIN_VALUE ? Activity.NONE : new Activity(hours, last, last, Long.MIN_VALUE);
        }
        long start = hours.newest() * MINUTES;
        return new Activity(
                hours,
                last,
                minutes.firstFrom(start, start) * MINUTE,
                before(minutes.lastBefore(start, Long.MIN_VALUE)));
    }

    private static long before(long minute) {
        return minute == Long.MIN_VALUE ? Long.MIN_VALUE : minute * MINUTE;
    }

    public void save(SavedWriter out) {
        out.number(settledBefore);
        hours.save(out);
        minutes.save(out);
    }

    public void restore(SavedReader in) {
        settledBefore = in.number();
        hours = HourHistory.restore(in);
        minutes.restore(in);
    }
}
