package io.grouppulse.domain.signal.conversion;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.LastSeen;
import java.util.Arrays;

/**
 * One member's recent touches and payments. A touch is converted when a payment follows it within the conversion window;
 * both stay as long as a window or a day can hold the touch, since a payment can be told of, and taken back, at any time.
 */
final class Journey {
    private final Times touches = new Times();
    private final Times payments = new Times();

    void addTouch(long ts) {
        touches.add(ts);
    }

    void addPayment(long ts) {
        payments.add(ts);
    }

    void removePayment(long ts) {
        payments.remove(ts);
    }

    /** The newest touch before {@code end}. */
    long newestTouch(long end) {
        int at = touches.lowerBound(end);
        return at > 0 ? touches.at(at - 1) : LastSeen.NEVER;
    }

    /** The newest touch before {@code end} that a payment follows within {@code window} millis. */
    long newestConverted(long end, long window) {
        for (int at = touches.lowerBound(end) - 1; at >= 0; at--) {
            long touch = touches.at(at);
            int payment = payments.lowerBound(touch);
            if (payment < payments.size() && payments.at(payment) <= touch + window) {
                return touch;
            }
        }
        return LastSeen.NEVER;
    }

    /** Forgets what is older than {@code ts}; true if nothing is left. */
    boolean forgetBefore(long ts) {
        touches.removeBefore(ts);
        payments.removeBefore(ts);
        return touches.size() == 0 && payments.size() == 0;
    }

    void clearTouches() {
        touches.removeBefore(Long.MAX_VALUE);
    }

    void save(SavedWriter out) {
        touches.save(out);
        payments.save(out);
    }

    void restore(SavedReader in) {
        touches.restore(in);
        payments.restore(in);
    }

    /** Sorted times; equal ones may repeat. */
    private static final class Times {
        private long[] times = {};
        private int size;

        int size() {
            return size;
        }

        long at(int index) {
            return times[index];
        }

        /** The number of times before {@code ts}. */
        int lowerBound(long ts) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (times[middle] < ts) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        void add(long ts) {
            if (size == times.length) {
                times = Arrays.copyOf(times, Math.max(2, size + (size >> 1) + 1));
            }
            int at = lowerBound(ts);
            System.arraycopy(times, at, times, at + 1, size - at);
            times[at] = ts;
            size++;
        }

        void remove(long ts) {
            int at = lowerBound(ts);
            if (at < size && times[at] == ts) {
                System.arraycopy(times, at + 1, times, at, size - at - 1);
                size--;
            }
        }

        void removeBefore(long ts) {
            int first = lowerBound(ts);
            if (first > 0) {
                times = Arrays.copyOfRange(times, first, size);
                size -= first;
            }
        }

        void save(SavedWriter out) {
            out.rising(times, 0, size);
        }

        void restore(SavedReader in) {
            times = in.rising();
            size = times.length;
        }
    }
}
