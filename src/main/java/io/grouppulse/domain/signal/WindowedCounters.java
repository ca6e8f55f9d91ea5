package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.window.PaneRing;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * All counters of one group: over every configured window, today, by the minute, and since the start. Signals write,
 * readings read.
 *
 * <p>Distinct members are counted by their newest act: a member stands in the pane of its last-seen time and moves when
 * it is seen again, so a window without an upper end counts each of its members once ({@link #mark}).
 */
public final class WindowedCounters {
    private static final long MINUTE = 60_000;
    private static final int RAIN = 0;

    private final WindowPlan plan;
    private final ZoneId zone;
    private final PaneRing[] rings;
    private final PaneRing minutes;
    private final long[] today = new long[Column.COUNT];
    private final long[] total = new long[Column.COUNT];
    private final Counts[] toldWindows;
    private Counts toldToday = Counts.ZERO;
    private Counts toldTotal = Counts.ZERO;
    private long dayStart = Long.MIN_VALUE;
    private long nextDayStart = Long.MIN_VALUE;
    private long t = Long.MIN_VALUE;

    public WindowedCounters(GroupSettings settings, WindowPlan plan) {
        this.plan = plan;
        this.zone = settings.zone();
        this.rings = new PaneRing[plan.rings()];
        for (int ring = 0; ring < rings.length; ring++) {
            rings[ring] = new PaneRing(plan.slice(ring), plan.widths(ring), Column.COUNT);
        }
        this.toldWindows = new Counts[plan.windows()];
        Arrays.fill(toldWindows, Counts.ZERO);
        this.minutes = new PaneRing(MINUTE, new long[] {roundUpToMinute(settings.historyRetention())}, Column.COUNT);
    }

    private static long roundUpToMinute(long millis) {
        return Math.floorDiv(millis + MINUTE - 1, MINUTE) * MINUTE;
    }

    /** Adds to windows, today, the minute of {@code ts} and the total. */
    public void count(Column column, long ts, long delta) {
        mark(column, ts, delta);
        minutes.add(ts, column.ordinal(), delta);
        total[column.ordinal()] += delta;
    }

    /** Adds to windows and today only: a member who stands at {@code ts} as the newest time it was seen. */
    public void mark(Column column, long ts, long delta) {
        for (PaneRing ring : rings) {
            ring.add(ts, column.ordinal(), delta);
        }
        if (ts >= dayStart) {
            today[column.ordinal()] += delta;
        }
    }

    /** Like {@link #mark}, in one ring alone; today goes with the finest. */
    public void markIn(int ring, Column column, long ts, long delta) {
        rings[ring].add(ts, column.ordinal(), delta);
        if (ring == 0 && ts >= dayStart) {
            today[column.ordinal()] += delta;
        }
    }

    /** Adds to the minute of {@code ts} alone: a distinct member of that minute. */
    public void countInMinute(Column column, long ts, long delta) {
        minutes.add(ts, column.ordinal(), delta);
    }

    /** Moves T on; it never goes back. */
    public void advance(long newT) {
        t = newT;
        if (newT >= nextDayStart) {
            startDay(newT);
        }
        for (PaneRing ring : rings) {
            ring.advance(newT);
        }
        minutes.advance(newT);
    }

    private void startDay(long newT) {
        var day = Instant.ofEpochMilli(newT).atZone(zone).toLocalDate();
        dayStart = day.atStartOfDay(zone).toInstant().toEpochMilli();
        nextDayStart = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        for (int column = 0; column < today.length; column++) {
            today[column] = rings[0].sumFrom(dayStart, column);
        }
    }

    /** The first moment at which a reading changes by time alone. */
    public long nextDue() {
        long due = hasToday() ? nextDayStart : Long.MAX_VALUE;
        for (PaneRing ring : rings) {
            due = Math.min(due, ring.nextDue());
        }
        return due;
    }

    private boolean hasToday() {
        for (long value : today) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    public int rings() {
        return rings.length;
    }

    /** The end of the slice that holds T in one ring. */
    public long endOfSlice(int ring) {
        long slice = plan.slice(ring);
        return Math.floorDiv(t, slice) * slice + slice;
    }

    public long slice(int ring) {
        return plan.slice(ring);
    }

    /** Each window's sums, in the order of the settings; those that did not change are the same objects as last time. */
    public List<Counts> windows() {
        for (int w = 0; w < toldWindows.length; w++) {
            long[] sums = rings[plan.ringOfWindow(w)].sums(plan.placeOfWindow(w));
            toldWindows[w] = sums == null ? Counts.ZERO : toldWindows[w].orCopyOf(sums);
        }
        return List.of(toldWindows);
    }

    /** The sums since the start of T's day. */
    public Counts today() {
        toldToday = toldToday.orCopyOf(today);
        return toldToday;
    }

    /** The sums since the group was first seen; distinct members have no total. */
    public Counts total() {
        toldTotal = toldTotal.orCopyOf(total);
        return toldTotal;
    }

    public long total(Column column) {
        return total[column.ordinal()];
    }

    /** Over the trailing 60 s. */
    public long rain(Column column) {
        return rings[0].sum(RAIN, column.ordinal());
    }

    /** Visits the minutes in {@code from <= minute < to} that have something in them, oldest first. */
    public void forEachMinute(long from, long to, PaneRing.PaneVisitor visitor) {
        minutes.forEach(from, to, visitor);
    }

    /** True when neither a window nor today holds anything. */
    public boolean isQuiet() {
        if (hasToday()) {
            return false;
        }
        for (PaneRing ring : rings) {
            if (!ring.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    public void save(SavedWriter out) {
        out.number(t);
        out.number(dayStart);
        out.number(nextDayStart);
        for (int column = 0; column < Column.COUNT; column++) {
            out.number(today[column]);
            out.number(total[column]);
        }
        for (PaneRing ring : rings) {
            ring.save(out);
        }
        minutes.save(out);
    }

    public void restore(SavedReader in) {
        t = in.number();
        dayStart = in.number();
        nextDayStart = in.number();
        for (int column = 0; column < Column.COUNT; column++) {
            today[column] = in.number();
            total[column] = in.number();
        }
        for (PaneRing ring : rings) {
            ring.restore(in);
        }
        minutes.restore(in);
    }
}
