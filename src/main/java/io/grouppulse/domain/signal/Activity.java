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

    /**
     * Whether these hold too once one of those that make them up is gone and another has come in its place: they never
     * rested on it alone, or what has come says the same.
     */
    public boolean holdsWith(Activity instead, Activity gone) {
        if (gone.hours.isEmpty() || instead.continues(gone)) {
            return true;
        }
        long start = hours.newest() * HOUR;
        return instead.hours.continues(gone.hours)
                && instead.hours.newest() <= hours.newest()
                && (gone.last < last || instead.last >= gone.last)
                && (gone.resumedSince(start) > resumed || instead.resumedSince(start) <= resumed)
                && (gone.before(start) < before || instead.before(start) >= gone.before(start));
    }

    /** What two were together. */
    public Activity or(Activity other) {
        if (hours.isEmpty() || other.hours.isEmpty()) {
            return hours.isEmpty() ? other : this;
        }
        HourHistory all = hours.or(other.hours);
        long start = all.newest() * HOUR;
        long first = Math.min(resumedSince(start), other.resumedSince(start));
        long earlier = Math.max(before(start), other.before(start));
        Activity both = new Activity(all, Math.max(last, other.last), first, earlier);
        return both.equals(this) ? this : both;
    }

    private long resumedSince(long hour) {
        return resumed >= hour ? resumed : Long.MAX_VALUE;
    }

    /** The newest interaction before that hour, to the minute. */
    private long before(long hour) {
        return resumed >= hour ? before : Math.floorDiv(last, MINUTE) * MINUTE;
    }
}
