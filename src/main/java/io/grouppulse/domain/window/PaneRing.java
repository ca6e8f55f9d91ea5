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

    private final long slice;
    private final long[] widths;
    private final int columns;

    private long[] panes = NONE;
    private long[] @Nullable [] cells;
    private int start;
    private int end;

    private final long[] firstPanes;
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
        this.cells = new long[columns][];
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
        if (pane < oldestFirstPane()) {
            return;
        }
        int at = locate(pane);
        long[] cell = cells[column];
        if (cell == null) {
            cell = new long[panes.length];
            cells[column] = cell;
        }
        cell[at] += delta;
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
        long[] cell = cells[column];
        long sum = 0;
        if (cell != null) {
            for (int at = lowerBound(Math.floorDiv(ts + slice - 1, slice)); at < end; at++) {
                sum += cell[at];
            }
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
            visitor.visit(panes[at] * slice, column -> {
                long[] cell = cells[column];
                return cell == null ? 0 : cell[row];
            });
        }
    }

    public void save(SavedWriter out) {
        for (long first : firstPanes) {
            out.number(first);
        }
        out.rising(panes, start, end);
        for (int column = 0; column < columns; column++) {
            long[] cell = cells[column];
            out.flag(cell != null);
            for (int at = start; cell != null && at < end; at++) {
                out.number(cell[at]);
            }
        }
    }

    public void restore(SavedReader in) {
        for (int w = 0; w < widths.length; w++) {
            firstPanes[w] = in.number();
        }
        panes = in.rising();
        start = 0;
        end = panes.length;
        for (int column = 0; column < columns; column++) {
            if (in.flag()) {
                long[] cell = new long[end];
                for (int at = 0; at < end; at++) {
                    cell[at] = in.number();
                }
                cells[column] = cell;
            }
        }
        for (int w = 0; w < widths.length; w++) {
            restoreSums(w);
        }
    }

    private void restoreSums(int window) {
        int first = lowerBound(firstPanes[window]);
        for (int column = 0; column < columns; column++) {
            long[] cell = cells[column];
            for (int at = first; cell != null && at < end; at++) {
                sumsOf(window)[column] += cell[at];
            }
        }
    }

    private long oldestFirstPane() {
        long oldest = Long.MAX_VALUE;
        for (long first : firstPanes) {
            oldest = Math.min(oldest, first);
        }
        return oldest;
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
            long[] cell = cells[column];
            for (int at = from; cell != null && at < to; at++) {
                sum[column] -= cell[at];
            }
        }
    }

    /** Drops all memory of an empty ring; its windows stay where they are. */
    private void release() {
        panes = NONE;
        cells = new long[columns][];
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
        panes[at] = pane;
        for (long[] cell : cells) {
            if (cell != null) {
                System.arraycopy(cell, at, cell, at + 1, end - at);
                cell[at] = 0;
            }
        }
        end++;
        return at;
    }

    /** Makes room for one more pane; returns by how much positions moved down. */
    private int compactOrGrow() {
        int moved = start;
        int size = end - start;
        int capacity = size < panes.length / 2 ? panes.length : Math.max(4, size + (size >> 1) + 1);
        panes = shifted(panes, capacity);
        for (int column = 0; column < columns; column++) {
            long[] cell = cells[column];
            if (cell != null) {
                cells[column] = shifted(cell, capacity);
            }
        }
        start = 0;
        end = size;
        return moved;
    }

    private long[] shifted(long[] from, int capacity) {
        long[] to = new long[capacity];
        System.arraycopy(from, start, to, 0, end - start);
        return to;
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
