package io.grouppulse.domain.signal.membership;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.WindowedCounters;
import java.util.Arrays;

/**
 * Counts joins and leaves, and knows who is in: a customer with an event, or a roster, later than its last
 * {@code member.left} and than the last roster that did not list it. At the same millisecond the leave wins.
 */
public final class MembershipSignal implements GroupSignal {
    private final WindowedCounters counters;
    private long[] seen = {};
    private long[] left = {};
    private long rosterAt = LastSeen.NEVER;
    private long rosterVersion = -1;
    private int members;
    private long changes;

    public MembershipSignal(WindowedCounters counters) {
        this.counters = counters;
    }

    /** Customers in the group. */
    public int members() {
        return members;
    }

    /** Rises whenever someone comes in or goes out; not saved. */
    public long changes() {
        return changes;
    }

    public boolean isMember(int member) {
        return member < seen.length && seen[member] > left[member];
    }

    @Override
    public void onEvent(Sighting sighting) {
        EventType type = sighting.event().type();
        if (type == EventType.MEMBER_JOINED) {
            counters.count(Column.JOINS, sighting.ts(), 1);
        } else if (type == EventType.MEMBER_LEFT) {
            counters.count(Column.LEAVES, sighting.ts(), 1);
        }
        if (sighting.member() < 0) {
            return;
        }
        if (type == EventType.MEMBER_LEFT) {
            update(sighting.member(), LastSeen.NEVER, sighting.ts());
        } else if (sighting.customer()) {
            update(sighting.member(), sighting.ts(), LastSeen.NEVER);
        }
    }

    /** Whether a roster of this version at this time is newer than the one in force. */
    public boolean isNewer(long version, long ts) {
        return version > rosterVersion || (version == rosterVersion && ts > rosterAt);
    }

    /**
     * Puts a roster in force.
     *
     * @param listed by member index: whether the roster lists it as a customer
     */
    public void onRoster(long ts, long version, boolean[] listed) {
        if (listed.length > 0) {
            ensure(listed.length - 1);
        }
        rosterVersion = version;
        rosterAt = Math.max(rosterAt, ts);
        for (int member = 0; member < seen.length; member++) {
            if (member < listed.length && listed[member]) {
                update(member, ts, LastSeen.NEVER);
            } else {
                update(member, LastSeen.NEVER, ts);
            }
        }
    }

    @Override
    public void onExcluded(int member) {
        if (member < seen.length) {
            members -= isMember(member) ? 1 : 0;
            changes++;
            seen[member] = LastSeen.NEVER;
        }
    }

    private void update(int member, long seenAt, long leftAt) {
        ensure(member);
        boolean before = isMember(member);
        seen[member] = Math.max(seen[member], seenAt);
        left[member] = Math.max(left[member], leftAt);
        if (isMember(member) != before) {
            members += before ? -1 : 1;
            changes++;
        }
    }

    /** A member first met after a roster was not on it, and so was out at that moment. */
    private void ensure(int member) {
        if (member < seen.length) {
            return;
        }
        int size = seen.length;
        int capacity = Math.max(member + 1, size + (size >> 2) + 4);
        seen = Arrays.copyOf(seen, capacity);
        left = Arrays.copyOf(left, capacity);
        Arrays.fill(seen, size, capacity, LastSeen.NEVER);
        Arrays.fill(left, size, capacity, rosterAt);
    }

    @Override
    public void save(SavedWriter out) {
        out.number(rosterAt);
        out.number(rosterVersion);
        LastSeen.saveTimes(out, seen);
        LastSeen.saveTimes(out, left);
    }

    @Override
    public void restore(SavedReader in) {
        rosterAt = in.number();
        rosterVersion = in.number();
        seen = LastSeen.restoreTimes(in);
        left = LastSeen.restoreTimes(in);
        members = 0;
        for (int member = 0; member < seen.length; member++) {
            members += isMember(member) ? 1 : 0;
        }
    }
}
