package io.grouppulse.domain.org;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The groups with anything in a window in an order, kept as their readings change: reading the first few costs no more
 * the more groups there are. Not thread-safe.
 */
final class Ranking {
    /**
     * To make it anew is to look at each group and to sort, which costs as much as to move a few times as many, but all at
     * once: ticks wait for it. So who asks every few minutes finds it kept.
     */
    private static final int CHANGES_A_GROUP = 32;

    private static final int FEWEST_CHANGES = 10_000;

    private final RankedBy by;
    private final TreeSet<Place> places = new TreeSet<>();
    private long changesSinceRead;

    Ranking(RankedBy by, Iterable<GroupReading> groups) {
        this.by = by;
        for (GroupReading reading : groups) {
            Place place = placeOf(reading);
            if (place != null) {
                places.add(place);
            }
        }
    }

    private record Place(long value, String group) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return value == other.value ? group.compareTo(other.group) : Long.compare(other.value, value);
        }
    }

    private @Nullable Place placeOf(GroupReading reading) {
        Counts counts = by.counts(reading);
        return counts.equals(Counts.ZERO) || !OrgGraph.isUnder(reading.profile(), by.scope())
                ? null
                : new Place(by.measure().applyAsLong(counts), reading.group());
    }

    /** @param before null for a group that is new; {@code after} null for one that is gone */
    void replace(@Nullable GroupReading before, @Nullable GroupReading after) {
        if (before != null
                && after != null
                && by.counts(before).equals(by.counts(after))
                && before.profile().orgs().equals(after.profile().orgs())) {
            return;
        }
        Place left = before == null ? null : placeOf(before);
        Place taken = after == null ? null : placeOf(after);
        if (left != null && left.equals(taken)) {
            return;
        }
        if (left != null) {
            places.remove(left);
        }
        if (taken != null) {
            places.add(taken);
        }
        changesSinceRead++;
    }

    /** Ids of the first few. */
    List<String> first(int limit) {
        changesSinceRead = 0;
        List<String> first = new ArrayList<>();
        for (Place place : places) {
            if (first.size() >= limit) {
                break;
            }
            first.add(place.group());
        }
        return first;
    }

    /** Whether it has cost far more since it was read than to make it anew would. */
    boolean isNotWorthKeeping() {
        return changesSinceRead > Math.max(FEWEST_CHANGES, (long) CHANGES_A_GROUP * places.size());
    }
}
