package io.grouppulse.domain.org.silence;

import java.util.Set;

/**
 * A sale session whose groups are compared with each other.
 *
 * @param org the node at or below which its groups stand
 * @param only of these groups those alone; empty for all
 * @param from epoch millis; {@code to} exclusive
 */
public record SalePlan(String id, String org, Set<String> only, long from, long to) {
    private static final long MINUTE = 60_000;
    private static final long LONGEST = 24 * 60;

    /** So much later than a minute's end, millis, its events are taken to be here. */
    private static final long SETTLING = 15_000;

    public SalePlan {
        only = Set.copyOf(only);
    }

    /** Whole minutes from {@link #firstMinute()} to the end. */
    public int length() {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, (to - firstMinute()) / MINUTE));
    }

    /** Start of the first minute that lies in the sale as a whole, epoch millis. */
    public long firstMinute() {
        return Math.floorDiv(from + MINUTE - 1, MINUTE) * MINUTE;
    }

    /** Whole minutes of it that are over and settled at T. */
    public int minutesAt(long t) {
        return (int) Math.max(0, Math.min(length(), Math.floorDiv(t - SETTLING - firstMinute(), MINUTE)));
    }

    /** Whether it is short enough for its groups to be at one thing. */
    public boolean isCompared() {
        return length() <= LONGEST;
    }
}
