package io.grouppulse.domain.org;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The groups with anything in a window in an order, kept as their readings change: of the others, reading the first few
 * looks only at those that tie in the last place. Not thread-safe.
 */
final class Ranking {
    /**
     * To make it anew is to look at each group and to sort, all at once: ticks wait for it. So who asks every few minutes
     * finds it kept. One that was asked for once is kept only until it has cost as much as it would anew: who goes through
     * all orders there are leaves nothing behind that each event would pay for.
     */
    private static final int CHANGES_A_GROUP = 32;

    private static final int CHANGES_A_GROUP_AT_FIRST = 1;

    private static final int FEWEST_CHANGES = 10_000;

    private final RankedBy by;
    private final TreeSet<Place> places = new TreeSet<>();
    private long changesSinceRead;
    private int changesAGroup;

    Ranking(RankedBy by, Iterable<GroupReading> groups) {
        this.by = by;
        for (GroupReading reading : groups) {
            Place place = placeOf(reading);
            if (place != null) {
                places.add(place);
            }
        }
    }

    /** Ties lie by hash, which is at hand: to compare ids is to wait for memory at each step, and most groups tie. */
    private record Place(long value, int hash, String group) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            if (value != other.value) {
                return Long.compare(other.value, value);
            }
            return hash == other.hash ? group.compareTo(other.group) : Integer.compare(hash, other.hash);
        }
    }

    private @Nullable Place placeOf(GroupReading reading) {
        Counts counts = by.counts(reading);
        return counts.equals(Counts.ZERO) || !OrgGraph.isUnder(reading.profile(), by.scope())
                ? null
                : new Place(by.measure().applyAsLong(counts), reading.group().hashCode(), reading.group());
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

    /** Ids of the first few; of those that tie in the last place, the smallest. */
    List<String> first(int limit) {
        changesSinceRead = 0;
        changesAGroup = changesAGroup == 0 ? CHANGES_A_GROUP_AT_FIRST : CHANGES_A_GROUP;
        List<String> first = new ArrayList<>();
        Iterator<Place> rest = places.iterator();
        @Nullable Place next = after(rest);
        while (next != null && first.size() < limit) {
            long value = next.value();
            Foremost<String> tied = new Foremost<>(limit - first.size(), Comparator.naturalOrder());
            for (; next != null && next.value() == value; next = after(rest)) {
                tied.add(next.group());
            }
            first.addAll(tied.read());
        }
        return first;
    }

    private static @Nullable Place after(Iterator<Place> rest) {
        return rest.hasNext() ? rest.next() : null;
    }

    /** Whether it has cost more since it was read than to be found kept is worth. */
    boolean isNotWorthKeeping() {
        return changesSinceRead > Math.max(FEWEST_CHANGES, (long) changesAGroup * places.size());
    }
}
