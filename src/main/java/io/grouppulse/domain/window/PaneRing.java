package io.grouppulse.domain.window;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one slice width over event time: only panes with something in them exist, only columns that were ever
 * used take memory, and each window keeps its running sums. Adding to the newest panes costs a few steps; a pane that
 * leaves a window is subtracted once.
 *
 * <p>A window here has no upper end: whatever is newer than its start is in it. A contribution older than every window
 * is dropped, and so would be its later correction: both sides of a correction must be given the same time.
 */
public final class PaneRing {
    private static final long[] NONE = {};
    private static final byte UNUSED = -1;
    /** Columns that rows get room for at once: where one is used, more will be. */
    private static final int COLUMNS_AT_ONCE = 4;

    private final long slice;
    private final long[] widths;
    private final int columns;

    private long[] panes = NONE;
    private int start;
    private int end;

    // One row a pane, one place a used column: what an event touches lies together.
    private long[] cells = NONE;
    private final byte[] places;
    private int used;
    private int rowLength;

    private final long[] firstPanes;
    private long oldestFirstPane = Long.MIN_VALUE;
    private final long[] @Nullable [] sums;

    /**
     * @param slice width of a pane, millis
     * @param widths width of each window, a whole number of slices
     * @param columns number of counters in a pane
     */
    public PaneRing(long slice, long[] widths, int columns) {
        this.slice = slice;
        this.widths = widths;
        this.columns = columns;
        this.places = new byte[columns];
        Arrays.fill(places, UNUSED);
        this.firstPanes = new long[widths.length];
        Arrays.fill(firstPanes, Long.MIN_VALUE);
        this.sums = new long[widths.length][];
    }

    public long slice() {
        return slice;
    }

    /** Adds {@code delta} to a column of the pane that holds {@code ts}. */
    public void add(long ts, int column, long delta) {
        long pane = Math.floorDiv(ts, slice);
        if (pane < oldestFirstPane) {
            return;
        }
        int place = placeOf(column);
        int at = locate(pane);
        cells[at * rowLength + place] += delta;
        for (int w = 0; w < widths.length; w++) {
            if (pane >= firstPanes[w]) {
                sumsOf(w)[column] += delta;
            }
        }
    }

    /** Moves the windows so that each ends with the slice that holds {@code t}; {@code t} never goes back. */
    public void advance(long t) {
        long lastPane = Math.floorDiv(t, slice);
        long oldest = Long.MAX_VALUE;
        for (int w = 0; w < widths.length; w++) {
            long first = Math.max(firstPanes[w], lastPane + 1 - widths[w] / slice);
            subtractBefore(w, first);
            firstPanes[w] = first;
            oldest = Math.min(oldest, first);
        }
        oldestFirstPane = oldest;
        while (start < end && panes[start] < oldest) {
            start++;
        }
        if (start == end && end > 0) {
            release();
        }
    }

    /** The sum of a column over a window. */
    public long sum(int window, int column) {
        long[] sum = sums[window];
        return sum == null ? 0 : sum[column];
    }

    /** The live sums of a window by column, or null while there is nothing to sum; not to be changed. */
    public long @Nullable [] sums(int window) {
        return sums[window];
    }

    /** The sum of a column over all panes that start at or after {@code ts}. */
    public long sumFrom(long ts, int column) {
        long sum = 0;
        for (int at = lowerBound(Math.floorDiv(ts + slice - 1, slice)); at < end; at++) {
            sum += cell(at, column);
        }
        return sum;
    }

    /** The first moment at which a window loses a pane, or {@link Long#MAX_VALUE} if there is none to lose. */
    public long nextDue() {
        long due = Long.MAX_VALUE;
        for (int w = 0; w < widths.length; w++) {
            int at = lowerBound(firstPanes[w]);
            if (at < end) {
                due = Math.min(due, panes[at] * slice + widths[w]);
            }
        }
        return due;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /** Visits the panes whose start lies in {@code from <= start < to}, oldest first. */
    public void forEach(long from, long to, PaneVisitor visitor) {
        for (int at = lowerBound(Math.floorDiv(from + slice - 1, slice)); at < end && panes[at] * slice < to; at++) {
            int row = at;
            visitor.visit(panes[at] * slice, column -> cell(row, column));
        }
    }

    public void save(SavedWriter out) {
        for (long first : firstPanes) {
            out.number(first);
        }
        out.rising(panes, start, end);
        for (int column = 0; column < columns; column++) {
            boolean isUsed = places[column] != UNUSED;
            out.flag(isUsed);
            for (int at = start; isUsed && at < end; at++) {
                out.number(cell(at, column));
            }
        }
    }

    public void restore(SavedReader in) {
        oldestFirstPane = Long.MAX_VALUE;
        for (int w = 0; w < widths.length; w++) {
            firstPanes[w] = in.number();
            oldestFirstPane = Math.min(oldestFirstPane, firstPanes[w]);
        }
        panes = in.rising();
        start = 0;
        end = panes.length;
        for (int column = 0; column < columns; column++) {
            if (in.flag()) {
                int place = placeOf(column);
                for (int at = 0; at < end; at++) {
                    cells[at * rowLength + place] = in.number();
                }
            }
        }
        for (int w = 0; w < widths.length; w++) {
            restoreSums(w);
        }
    }

    private void restoreSums(int window) {
        for (int at = lowerBound(firstPanes[window]); at < end; at++) {
            for (int column = 0; column < columns; column++) {
                sumsOf(window)[column] += cell(at, column);
            }
        }
    }

    private long cell(int at, int column) {
        int place = places[column];
        return place == UNUSED ? 0 : cells[at * rowLength + place];
    }

    /** Where a column stands in each row; at its first use, every row gets a place for it, if none is left. */
    private int placeOf(int column) {
        if (places[column] == UNUSED) {
            if (used == rowLength) {
                widen();
            }
            places[column] = (byte) used++;
        }
        return places[column];
    }

    private void widen() {
        int wider = Math.min(columns, rowLength + COLUMNS_AT_ONCE);
        long[] newCells = new long[panes.length * wider];
        for (int at = start; at < end; at++) {
            System.arraycopy(cells, at * rowLength, newCells, at * wider, rowLength);
        }
        cells = newCells;
        rowLength = wider;
    }

    private long[] sumsOf(int window) {
        long[] sum = sums[window];
        if (sum == null) {
            sum = new long[columns];
            sums[window] = sum;
        }
        return sum;
    }

    private void subtractBefore(int window, long first) {
        long[] sum = sums[window];
        if (sum == null) {
            return;
        }
        int from = lowerBound(firstPanes[window]);
        int to = from;
        while (to < end && panes[to] < first) {
            to++;
        }
        for (int column = 0; from < to && column < columns; column++) {
            int place = places[column];
            for (int at = from; place != UNUSED && at < to; at++) {
                sum[column] -= cells[at * rowLength + place];
            }
        }
    }

    /** Drops all memory of an empty ring; its windows stay where they are. */
    private void release() {
        panes = NONE;
        cells = NONE;
        Arrays.fill(places, UNUSED);
        used = 0;
        rowLength = 0;
        Arrays.fill(sums, null);
        start = 0;
        end = 0;
    }

    private int lowerBound(long pane) {
        if (end > start && panes[end - 1] < pane) {
            return end;
        }
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (panes[middle] < pane) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int locate(long pane) {
        if (end > start && panes[end - 1] == pane) {
            return end - 1;
        }
        int at = lowerBound(pane);
        if (at < end && panes[at] == pane) {
            return at;
        }
        return insert(at, pane);
    }

    private int insert(int at, long pane) {
        if (end == panes.length) {
            at -= compactOrGrow();
        }
        System.arraycopy(panes, at, panes, at + 1, end - at);
        System.arraycopy(cells, at * rowLength, cells, (at + 1) * rowLength, (end - at) * rowLength);
        panes[at] = pane;
        Arrays.fill(cells, at * rowLength, (at + 1) * rowLength, 0);
        end++;
        return at;
    }

    /** Makes room for one more pane; returns by how much positions moved down. */
    private int compactOrGrow() {
        int moved = start;
        int size = end - start;
        int capacity = size < panes.length / 2 ? panes.length : Math.max(4, size + (size >> 1) + 1);
        long[] newPanes = new long[capacity];
        long[] newCells = new long[capacity * rowLength];
        System.arraycopy(panes, start, newPanes, 0, size);
        System.arraycopy(cells, start * rowLength, newCells, 0, size * rowLength);
        panes = newPanes;
        cells = newCells;
        start = 0;
        end = size;
        return moved;
    }

    /** Receives one pane. */
    public interface PaneVisitor {
        void visit(long paneStart, Row row);
    }

    /** The counters of one pane, valid during the visit only. */
    public interface Row {
        long get(int column);
    }
}
