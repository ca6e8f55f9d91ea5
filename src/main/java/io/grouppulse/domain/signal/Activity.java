package io.grouppulse.domain.signal;

/**
 * When a group, or all groups of a node together, was active. Immutable.
 *
 * @param hours with an interaction
 * @param last newest interaction, epoch millis, {@link Long#MIN_VALUE} if there never was one
 * @param resumed first interaction in the newest active hour, to the minute
 * @param before newest interaction before that hour, to the minute, {@link Long#MIN_VALUE} if none is remembered
 */
public record Activity(HourHistory hours, long last, long resumed, long before) {
    /** Nothing ever happened. */
    public static final Activity NONE = new Activity(HourHistory.EMPTY, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;

    /** Whether this is what the other was, and perhaps more that came since. */
    public boolean continues(Activity other) {
        if (last < other.last || !hours.continues(other.hours)) {
            return false;
        }
        boolean newHour = hours.newest() > other.hours.newest();
        return newHour
                ? before >= Math.floorDiv(other.last, MINUTE) * MINUTE
                : resumed <= other.resumed && before >= other.before;
    }

    /** What two were together. */
    public Activity or(Activity other) {
        if (hours.isEmpty() || other.hours.isEmpty()) {
            return hours.isEmpty() ? other : this;
        }
        HourHistory all = hours.or(other.hours);
        long start = all.newest() * HOUR;
        long first = Long.MAX_VALUE;
        long earlier = Long.MIN_VALUE;
        for (Activity one : new Activity[] {this, other}) {
            boolean resumedThen = one.resumed >= start;
            first = resumedThen ? Math.min(first, one.resumed) : first;
            earlier = Math.max(earlier, resumedThen ? one.before : Math.floorDiv(one.last, MINUTE) * MINUTE);
        }
        return new Activity(all, Math.max(last, other.last), first, earlier);
    }
}
