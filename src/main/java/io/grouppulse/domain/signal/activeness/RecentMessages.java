package io.grouppulse.domain.signal.activeness;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.window.SliceMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages that can still be taken back and the revocations whose message may still arrive, by minute; of older
 * messages only the newest time of each customer is kept.
 */
final class RecentMessages {
    static final int NO_CUSTOMER = -1;

    private static final long MINUTE = 60_000;

    private final SliceMap<OpenMinute> open = new SliceMap<>();
    private long[] settled = {};
    private long newestSettled = LastSeen.NEVER;
    private long settledBefore = Long.MIN_VALUE;

    /** One message; {@code customer} is {@link #NO_CUSTOMER} when staff or a bot sent it. */
    record Message(long ts, int customer) {}

    /** Whether a revocation of this message is already known. */
    boolean isRevoked(long key, long ts) {
        long newest = ts + GroupSettings.REVOCATION;
        int end = open.placeFrom(Math.floorDiv(newest, MINUTE) + 1);
        for (int place = open.placeFrom(Math.floorDiv(ts, MINUTE)); place < end; place++) {
            if (open.valueAt(place).isRevoked(key, ts, newest)) {
                return true;
            }
        }
        return false;
    }

    void add(long key, long ts, int customer) {
        long minute = Math.floorDiv(ts, MINUTE);
        if (minute < settledBefore) {
            settle(ts, customer);
        } else {
            open.getOrCreate(minute, OpenMinute::new).add(key, Math.floorMod(ts, MINUTE), customer);
        }
    }

    /** Remembers a revocation and removes the message it hits, if that is here: the message, else null. */
    @Nullable Message revoke(long key, long ts) {
        long minute = Math.floorDiv(ts, MINUTE);
        if (minute >= settledBefore) {
            open.getOrCreate(minute, OpenMinute::new).revoke(key, ts);
        }
        long oldest = ts - GroupSettings.REVOCATION;
        int end = open.placeFrom(minute + 1);
        for (int place = open.placeFrom(Math.floorDiv(oldest, MINUTE)); place < end; place++) {
            Message message = open.valueAt(place).remove(key, open.sliceAt(place) * MINUTE, oldest, ts);
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    /** When anybody last sent a message that stands. */
    long newest() {
        for (int place = open.size() - 1; place >= 0; place--) {
            long newest = open.valueAt(place).newest(open.sliceAt(place) * MINUTE);
            if (newest != LastSeen.NEVER) {
                return Math.max(newest, newestSettled);
            }
        }
        return newestSettled;
    }

    /** When a customer last sent a message that stands. */
    long newestOf(int customer) {
        for (int place = open.size() - 1; place >= 0; place--) {
            long newest = open.valueAt(place).newestOf(customer, open.sliceAt(place) * MINUTE);
            if (newest != LastSeen.NEVER) {
                return newest;
            }
        }
        return customer < settled.length ? settled[customer] : LastSeen.NEVER;
    }

    /** Turns a member's messages into those of no customer. */
    void exclude(int member) {
        if (member < settled.length) {
            settled[member] = LastSeen.NEVER;
        }
        for (int place = 0; place < open.size(); place++) {
            open.valueAt(place).exclude(member);
        }
    }

    void settle(long ts) {
        settledBefore = Math.max(settledBefore, Math.floorDiv(ts, MINUTE));
        while (!open.isEmpty() && open.sliceAt(0) < settledBefore) {
            long start = open.sliceAt(0) * MINUTE;
            open.removeFirst().forEach(start, this::settle);
        }
    }

    void forgetSettled() {
        settled = new long[0];
    }

    private void settle(long ts, int customer) {
        newestSettled = Math.max(newestSettled, ts);
        if (customer != NO_CUSTOMER) {
            settled = LastSeen.grown(settled, customer);
            settled[customer] = Math.max(settled[customer], ts);
        }
    }

    void save(SavedWriter out) {
        out.number(settledBefore);
        out.number(newestSettled);
        LastSeen.saveTimes(out, settled);
        out.number(open.size());
        for (int place = 0; place < open.size(); place++) {
            out.number(open.sliceAt(place));
            open.valueAt(place).save(out);
        }
    }

    void restore(SavedReader in) {
        settledBefore = in.number();
        newestSettled = in.number();
        settled = LastSeen.restoreTimes(in);
        int minutes = in.size();
        for (int i = 0; i < minutes; i++) {
            open.getOrCreate(in.number(), OpenMinute::new).restore(in);
        }
    }
}
