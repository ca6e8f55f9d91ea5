package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hours in which a group had an interaction that stands. What arrives for an hour that has settled is too late and
 * changes nothing. Not thread-safe.
 */
public final class ActiveHours {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final long MINUTES = 60;

    private final long settling;
    private final TreeMap<Long, Integer> minutes = new TreeMap<>();
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
        int left = minutes.merge(minute, delta, Integer::sum);
        if (left == 0) {
            minutes.remove(minute);
        }
        boolean active = !minutes.subMap(hour * MINUTES, (hour + 1) * MINUTES).isEmpty();
        hours = active ? hours.with(hour) : hours.without(hour);
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
            minutes.headMap(second * MINUTES).clear();
        }
    }

    /** @param last the newest interaction, epoch millis, or {@link Long#MIN_VALUE} */
    public Activity read(long last) {
        if (hours.isEmpty()) {
            return last == Long.MIN_VALUE ? Activity.NONE : new Activity(hours, last, last, Long.MIN_VALUE);
        }
        long start = hours.newest() * MINUTES;
        Long resumed = minutes.ceilingKey(start);
        Long before = minutes.lowerKey(start);
        return new Activity(
                hours,
                last,
                (resumed == null ? start : resumed) * MINUTE,
                before == null ? Long.MIN_VALUE : before * MINUTE);
    }

    public void save(SavedWriter out) {
        out.number(settledBefore);
        hours.save(out);
        out.number(minutes.size());
        for (Map.Entry<Long, Integer> minute : minutes.entrySet()) {
            out.number(minute.getKey());
            out.number(minute.getValue());
        }
    }

    public void restore(SavedReader in) {
        settledBefore = in.number();
        hours = HourHistory.restore(in);
        int count = in.size();
        for (int i = 0; i < count; i++) {
            minutes.put(in.number(), (int) in.number());
        }
    }
}
