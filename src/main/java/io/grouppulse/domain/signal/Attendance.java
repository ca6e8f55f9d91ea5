package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Who is in a group: a customer with an event, or a roster, later than its last leave and than the last roster that did
 * not list it. At the same millisecond the leave wins. Everything is a maximum, so order does not matter.
 */
public final class Attendance {
    private long[] seen = {};
    private int size;
    private SparseTimes left = new SparseTimes();
    private final MemberSet present = new MemberSet();
    private long rosterAt = LastSeen.NEVER;
    private int members;
    private long changes;

    /** How many are in. */
    public int members() {
        return members;
    }

    /** Rises whenever someone comes in or goes out; not saved. */
    public long changes() {
        return changes;
    }

    public boolean isIn(int member) {
        return member < size && seen[member] > left.of(member);
    }

    /** Who is in; live, not to be changed. */
    MemberSet present() {
        return present;
    }

    /** Who is in, by index. */
    public BitSet toSet() {
        BitSet set = new BitSet(size);
        for (int member = 0; member < size; member++) {
            set.set(member, isIn(member));
        }
        return set;
    }

    public void see(int member, long ts) {
        update(member, ts, LastSeen.NEVER);
    }

    public void leave(int member, long ts) {
        update(member, LastSeen.NEVER, ts);
    }

    /** When the member was last seen in, {@link LastSeen#NEVER} if it never was. */
    public long seenAt(int member) {
        return member < size ? seen[member] : LastSeen.NEVER;
    }

    /** The member was last seen in at {@code ts} and not later, whatever was said before. */
    public void correct(int member, long ts) {
        ensure(member);
        boolean wasIn = isIn(member);
        seen[member] = ts;
        noteChange(member, wasIn);
    }

    /** At {@code ts} these were in, and nobody else. */
    public void enrol(long ts, BitSet listed) {
        if (!listed.isEmpty()) {
            ensure(listed.length() - 1);
        }
        rosterAt = Math.max(rosterAt, ts);
        for (int member = 0; member < size; member++) {
            if (listed.get(member)) {
                see(member, ts);
            } else {
                leave(member, ts);
            }
        }
    }

    /** It turned out to be no customer. */
    public void exclude(int member) {
        if (member < size) {
            members -= isIn(member) ? 1 : 0;
            changes++;
            seen[member] = LastSeen.NEVER;
            present.set(member, false);
        }
    }

    private void update(int member, long seenAt, long leftAt) {
        ensure(member);
        boolean wasIn = isIn(member);
        seen[member] = Math.max(seen[member], seenAt);
        if (leftAt > left.of(member)) {
            left.set(member, leftAt, size);
        }
        noteChange(member, wasIn);
    }

    private void noteChange(int member, boolean wasIn) {
        if (isIn(member) != wasIn) {
            members += wasIn ? -1 : 1;
            changes++;
            present.set(member, !wasIn);
        }
    }

    /** A member first met after a roster was not on it, and so was out at that moment. */
    private void ensure(int member) {
        if (member >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(member + 1, size + (size >> 3) + 4));
        }
        for (; size <= member; size++) {
            seen[size] = LastSeen.NEVER;
            if (rosterAt != LastSeen.NEVER) {
                left.set(size, rosterAt, size);
            }
        }
    }

    public Attendance copy() {
        Attendance copy = new Attendance();
        copy.seen = seen.clone();
        copy.size = size;
        copy.left = left.copy(size);
        copy.rosterAt = rosterAt;
        copy.members = members;
        copy.present.addAll(present);
        return copy;
    }

    public void save(SavedWriter out) {
        out.number(rosterAt);
        LastSeen.saveTimes(out, Arrays.copyOf(seen, size));
        LastSeen.saveTimes(out, left.toArray(size));
    }

    public void restore(SavedReader in) {
        rosterAt = in.number();
        seen = LastSeen.restoreTimes(in);
        size = seen.length;
        left = SparseTimes.of(LastSeen.restoreTimes(in));
        members = 0;
        for (int member = 0; member < size; member++) {
            members += isIn(member) ? 1 : 0;
            present.set(member, isIn(member));
        }
    }
}
