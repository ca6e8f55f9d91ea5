package io.grouppulse.domain.window;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Arrays;

/** A whole number for each of some slices of time, sorted, in arrays; a slice whose number is 0 is not there. */
public final class SliceCounts {
    private static final long[] NO_SLICES = {};
    private static final int[] NO_COUNTS = {};

    private long[] slices = NO_SLICES;
    private int[] counts = NO_COUNTS;
    private int size;

    /** Adds to the number of a slice; returns what it is then. */
    public int add(long slice, int delta) {
        int at = lowerBound(slice);
        if (at == size || slices[at] != slice) {
            insert(at, slice);
        }
        counts[at] += delta;
        int count = counts[at];
        if (count == 0) {
            remove(at, at + 1);
        }
        return count;
    }

    /** Whether there is a slice in {@code from <= slice < to}. */
    public boolean hasBetween(long from, long to) {
        int at = lowerBound(from);
        return at < size && slices[at] < to;
    }

    /** The first slice that is not before this one; {@code otherwise} if there is none. */
    public long firstFrom(long slice, long otherwise) {
        int at = lowerBound(slice);
        return at < size ? slices[at] : otherwise;
    }

    /** The last slice before this one; {@code otherwise} if there is none. */
    public long lastBefore(long slice, long otherwise) {
        int at = lowerBound(slice);
        return at > 0 ? slices[at - 1] : otherwise;
    }

    public void removeBefore(long slice) {
        remove(0, lowerBound(slice));
    }

    public void save(SavedWriter out) {
        out.rising(slices, 0, size);
        for (int i = 0; i < size; i++) {
            out.number(counts[i]);
        }
    }

    public void restore(SavedReader in) {
        slices = in.rising();
        size = slices.length;
        counts = new int[size];
        for (int i = 0; i < size; i++) {
            counts[i] = (int) in.number();
        }
    }

    /** Mostly the newest slice is asked for, so it is looked at first. */
    private int lowerBound(long slice) {
        if (size == 0 || slices[size - 1] < slice) {
            return size;
        }
        if (size == 1 || slices[size - 2] < slice) {
            return size - 1;
        }
        int at = Arrays.binarySearch(slices, 0, size, slice);
        return at < 0 ? -at - 1 : at;
    }

    private void insert(int at, long slice) {
        if (size == slices.length) {
            int capacity = Math.max(4, size + (size >> 1));
            slices = Arrays.copyOf(slices, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        System.arraycopy(slices, at, slices, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        slices[at] = slice;
        counts[at] = 0;
        size++;
    }

    private void remove(int from, int to) {
        System.arraycopy(slices, to, slices, from, size - to);
        System.arraycopy(counts, to, counts, from, size - to);
        size -= to - from;
    }
}
