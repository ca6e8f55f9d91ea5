package io.grouppulse.domain.window;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value for each of some slices of time, sorted, in arrays. Made for slices that are mostly the newest and that leave
 * at the old end: both cost a few steps, without a key object; a slice in between is inserted by moving the later ones.
 *
 * @param <V> what is kept for a slice
 */
public final class SliceMap<V> {
    private static final long[] NO_SLICES = {};
    private static final Object[] NO_VALUES = {};

    private long[] slices = NO_SLICES;
    private @Nullable Object[] values = NO_VALUES;
    private int start;
    private int end;

    public boolean isEmpty() {
        return start == end;
    }

    public int size() {
        return end - start;
    }

    /** The slice at a place; the oldest stands at 0. */
    public long sliceAt(int place) {
        return slices[start + place];
    }

    @SuppressWarnings("unchecked") // only put in by getOrCreate
    public V valueAt(int place) {
        return (V) values[start + place];
    }

    /** The place of the oldest slice that is not before this one; {@link #size()} if there is none. */
    public int placeFrom(long slice) {
        return lowerBound(slice) - start;
    }

    /** The value of a slice; made at first sight. */
    public V getOrCreate(long slice, Supplier<V> made) {
        int at = lowerBound(slice);
        if (at == end || slices[at] != slice) {
            at = insert(at, slice, made.get());
        }
        return valueAt(at - start);
    }

    /** Takes out the oldest slice; there must be one. */
    public V removeFirst() {
        V first = valueAt(0);
        values[start++] = null;
        if (start == end) {
            slices = NO_SLICES;
            values = NO_VALUES;
            start = 0;
            end = 0;
        }
        return first;
    }

    private int lowerBound(long slice) {
        if (end > start && slices[end - 1] < slice) {
            return end;
        }
        int low = start;
        int high = end;
        while (low < high) {
            // the newest is asked for most, so it is looked at first
            int middle = high == end ? end - 1 : (low + high) >>> 1;
            if (slices[middle] < slice) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int insert(int place, long slice, V value) {
        int at = place;
        if (end == slices.length) {
            int size = end - start;
            int capacity = Math.max(4, size + (size >> 1) + 1);
            slices = Arrays.copyOf(Arrays.copyOfRange(slices, start, end), capacity);
            values = Arrays.copyOf(Arrays.copyOfRange(values, start, end), capacity);
            at -= start;
            start = 0;
            end = size;
        }
        System.arraycopy(slices, at, slices, at + 1, end - at);
        System.arraycopy(values, at, values, at + 1, end - at);
        slices[at] = slice;
        values[at] = value;
        end++;
        return at;
    }
}
