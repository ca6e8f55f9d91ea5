package io.grouppulse.domain.signal.activeness;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.LastSeen;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages that can still be taken back and the revocations whose message may still arrive, by minute; of older
 * messages only the newest time of each customer is kept.
 */
final class RecentMessages {
    static final int NO_CUSTOMER = -1;

    private static final long MINUTE = 60_000;

    private final TreeMap<Long, OpenMinute> open = new TreeMap<>();
    private long[] settled = {};
    private long newestSettled = LastSeen.NEVER;
    private long settledBefore = Long.MIN_VALUE;

    /** One message; {@code customer} is {@link #NO_CUSTOMER} when staff or a bot sent it. */
    record Message(long ts, int customer) {}

    /** Whether a revocation of this message is already known. */
    boolean isRevoked(long key, long ts) {
        long newest = ts + GroupSettings.REVOCATION;
        for (OpenMinute minute : minutes(ts, newest)) {
            for (long revokedAt : minute.revocations.getOrDefault(key, new long[0])) {
                if (revokedAt >= ts && revokedAt <= newest) {
                    return true;
                }
            }
        }
        return false;
    }

    void add(long key, long ts, int customer) {
        if (Math.floorDiv(ts, MINUTE) < settledBefore) {
            settle(customer, ts);
        } else {
            minuteOf(ts).messages.put(key, new Message(ts, customer));
        }
    }

    /** Remembers a revocation and removes the message it hits, if that is here: the message, else null. */
    @Nullable Message revoke(long key, long ts) {
        if (Math.floorDiv(ts, MINUTE) >= settledBefore) {
            minuteOf(ts).revocations.merge(key, new long[] {ts}, (some, more) -> {
                long[] all = Arrays.copyOf(some, some.length + 1);
                all[some.length] = ts;
                return all;
            });
        }
        long oldest = ts - GroupSettings.REVOCATION;
        for (OpenMinute minute : minutes(oldest, ts)) {
            Message message = minute.messages.get(key);
            if (message != null && message.ts >= oldest && message.ts <= ts) {
                return minute.messages.remove(key);
            }
        }
        return null;
    }

    /** When anybody last sent a message that stands. */
    long newest() {
        long newest = newestSettled;
        for (OpenMinute minute : open.descendingMap().values()) {
            for (Message message : minute.messages.values()) {
                newest = Math.max(newest, message.ts);
            }
            if (!minute.messages.isEmpty()) {
                break;
            }
        }
        return newest;
    }

    /** When a customer last sent a message that stands. */
    long newestOf(int customer) {
        long newest = customer < settled.length ? settled[customer] : LastSeen.NEVER;
        for (OpenMinute minute : open.values()) {
            for (Message message : minute.messages.values()) {
                if (message.customer == customer) {
                    newest = Math.max(newest, message.ts);
                }
            }
        }
        return newest;
    }

    /** Turns a member's messages into those of no customer. */
    void exclude(int member) {
        if (member < settled.length) {
            settled[member] = LastSeen.NEVER;
        }
        for (OpenMinute minute : open.values()) {
            minute.messages.replaceAll(
                    (key, message) -> message.customer == member ? new Message(message.ts, NO_CUSTOMER) : message);
        }
    }

    void settle(long ts) {
        settledBefore = Math.max(settledBefore, Math.floorDiv(ts, MINUTE));
        while (!open.isEmpty() && open.firstKey() < settledBefore) {
            for (Message message : open.pollFirstEntry().getValue().messages.values()) {
                settle(message.customer, message.ts);
            }
        }
    }

    void forgetSettled() {
        settled = new long[0];
    }

    private void settle(int customer, long ts) {
        newestSettled = Math.max(newestSettled, ts);
        if (customer != NO_CUSTOMER) {
            settled = LastSeen.grown(settled, customer);
            settled[customer] = Math.max(settled[customer], ts);
        }
    }

    private Iterable<OpenMinute> minutes(long fromTs, long toTs) {
        return open.subMap(Math.floorDiv(fromTs, MINUTE), true, Math.floorDiv(toTs, MINUTE), true)
                .values();
    }

    private OpenMinute minuteOf(long ts) {
        return open.computeIfAbsent(Math.floorDiv(ts, MINUTE), minute -> new OpenMinute());
    }

    void save(SavedWriter out) {
        out.number(settledBefore);
        out.number(newestSettled);
        LastSeen.saveTimes(out, settled);
        out.number(open.size());
        open.forEach((minute, content) -> {
            out.number(minute);
            content.save(out);
        });
    }

    void restore(SavedReader in) {
        settledBefore = in.number();
        newestSettled = in.number();
        settled = LastSeen.restoreTimes(in);
        int minutes = in.size();
        for (int i = 0; i < minutes; i++) {
            OpenMinute minute = new OpenMinute();
            open.put(in.number(), minute);
            minute.restore(in);
        }
    }

    /** The messages and revocations whose time lies in one minute, by the message's key. */
    private static final class OpenMinute {
        private final Map<Long, Message> messages = new HashMap<>();
        private final Map<Long, long[]> revocations = new HashMap<>();

        void save(SavedWriter out) {
            out.number(messages.size());
            new TreeMap<>(messages).forEach((key, message) -> {
                out.fixed(key);
                out.number(message.ts);
                out.number(message.customer);
            });
            out.number(revocations.size());
            new TreeMap<>(revocations).forEach((key, times) -> {
                out.fixed(key);
                out.rising(times, 0, times.length);
            });
        }

        void restore(SavedReader in) {
            int count = in.size();
            for (int i = 0; i < count; i++) {
                messages.put(in.fixed(), new Message(in.number(), in.index()));
            }
            int revoked = in.size();
            for (int i = 0; i < revoked; i++) {
                revocations.put(in.fixed(), in.rising());
            }
        }
    }
}
