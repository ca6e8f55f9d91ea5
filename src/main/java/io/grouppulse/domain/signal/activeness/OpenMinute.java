package io.grouppulse.domain.signal.activeness;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.LastSeen;
import java.util.Arrays;
import java.util.TreeMap;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages and revocations whose time lies in one minute, by the message's key. A message is one number, its
 * customer and how long after the start of the minute it came, so that remembering it makes no object.
 */
final class OpenMinute {
    private static final long NONE = -1;
    private static final int OFFSET_BITS = 16;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

    private final Long2LongHashMap messages = new Long2LongHashMap(NONE);
    private @Nullable Long2ObjectHashMap<long[]> revocations;

    /** Receives one message. */
    interface Visitor {
        void visit(long ts, int customer);
    }

    /** @param offset millis since the start of the minute */
    void add(long key, long offset, int customer) {
        // a customer is never below -1
        messages.put(key, (customer + 1L) << OFFSET_BITS | offset);
    }

    private static long offset(long message) {
        return message & OFFSET_MASK;
    }

    private static int customer(long message) {
        return (int) (message >> OFFSET_BITS) - 1;
    }

    /** Removes a message sent in {@code oldest <= ts <= newest}: the message, or null if there is none. */
    RecentMessages.@Nullable Message remove(long key, long start, long oldest, long newest) {
        long message = messages.get(key);
        long ts = start + offset(message);
        if (message == NONE || ts < oldest || ts > newest) {
            return null;
        }
        messages.remove(key);
        return new RecentMessages.Message(ts, customer(message));
    }

    void revoke(long key, long ts) {
        Long2ObjectHashMap<long[]> all = revocations == null ? new Long2ObjectHashMap<>() : revocations;
        long[] known = all.get(key);
        long[] times = known == null ? new long[1] : Arrays.copyOf(known, known.length + 1);
        times[times.length - 1] = ts;
        all.put(key, times);
        revocations = all;
    }

    /** Whether a revocation of this message lies in {@code oldest <= ts <= newest}. */
    boolean isRevoked(long key, long oldest, long newest) {
        long[] times = revocations == null ? null : revocations.get(key);
        return times != null && Arrays.stream(times).anyMatch(ts -> ts >= oldest && ts <= newest);
    }

    /** The newest message's time, or {@link LastSeen#NEVER}. */
    long newest(long start) {
        long[] newest = {NONE};
        messages.forEachLong((key, message) -> newest[0] = Math.max(newest[0], offset(message)));
        return newest[0] == NONE ? LastSeen.NEVER : start + newest[0];
    }

    /** The time of a customer's newest message, or {@link LastSeen#NEVER}. */
    long newestOf(int customer, long start) {
        long[] newest = {NONE};
        messages.forEachLong((key, message) -> {
            if (customer(message) == customer) {
                newest[0] = Math.max(newest[0], offset(message));
            }
        });
        return newest[0] == NONE ? LastSeen.NEVER : start + newest[0];
    }

    /** Turns a member's messages into those of no customer. */
    void exclude(int member) {
        messages.replaceAllLong((key, message) -> customer(message) == member ? offset(message) : message);
    }

    void forEach(long start, Visitor visitor) {
        messages.forEachLong((key, message) -> visitor.visit(start + offset(message), customer(message)));
    }

    void save(SavedWriter out) {
        long[] keys = new long[messages.size()];
        int[] count = {0};
        messages.forEachLong((key, message) -> keys[count[0]++] = key);
        Arrays.sort(keys);
        out.number(keys.length);
        for (long key : keys) {
            long message = messages.get(key);
            out.fixed(key);
            out.number(offset(message));
            out.number(customer(message));
        }
        out.number(revocations == null ? 0 : revocations.size());
        if (revocations != null) {
            new TreeMap<>(revocations).forEach((key, times) -> {
                out.fixed(key);
                out.rising(times, 0, times.length);
            });
        }
    }

    void restore(SavedReader in) {
        int count = in.size();
        for (int i = 0; i < count; i++) {
            add(in.fixed(), in.number() & OFFSET_MASK, in.index());
        }
        int revoked = in.size();
        for (int i = 0; i < revoked; i++) {
            long key = in.fixed();
            for (long ts : in.rising()) {
                revoke(key, ts);
            }
        }
    }
}
