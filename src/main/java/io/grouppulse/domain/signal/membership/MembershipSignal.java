package io.grouppulse.domain.signal.membership;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Act;
import io.grouppulse.domain.signal.Attendance;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.MemberPast;
import io.grouppulse.domain.signal.WindowedCounters;
import java.util.BitSet;

/** Counts joins and leaves, and knows who is in now. */
public final class MembershipSignal implements GroupSignal {
    private final WindowedCounters counters;
    private final MemberPast past;
    private final Attendance attendance = new Attendance();
    private long rosterAt = LastSeen.NEVER;
    private long rosterVersion = -1;

    public MembershipSignal(WindowedCounters counters, MemberPast past) {
        this.counters = counters;
        this.past = past;
    }

    /** Customers in the group. */
    public int members() {
        return attendance.members();
    }

    /** Who is in; live, not to be changed. */
    public Attendance attendance() {
        return attendance;
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
            attendance.leave(sighting.member(), sighting.ts());
        } else if (sighting.customer()) {
            attendance.see(sighting.member(), sighting.ts());
        }
    }

    @Override
    public void onAct(Act act) {
        if (act.customer()) {
            attendance.see(act.member(), act.ts());
        }
    }

    @Override
    public void onActTakenBack(Act act) {
        if (act.customer()) {
            attendance.correct(act.member(), past.lastIn(act.member()));
        }
    }

    /** Whether a roster of this version at this time is newer than the one in force. */
    public boolean isNewer(long version, long ts) {
        return version > rosterVersion || (version == rosterVersion && ts > rosterAt);
    }

    /**
     * Puts a roster in force.
     *
     * @param listed the members that it lists as customers, by index
     */
    public void onRoster(long ts, long version, BitSet listed) {
        rosterVersion = version;
        rosterAt = Math.max(rosterAt, ts);
        attendance.enrol(ts, listed);
    }

    @Override
    public void onExcluded(int member) {
        attendance.exclude(member);
    }

    @Override
    public void save(SavedWriter out) {
        out.number(rosterAt);
        out.number(rosterVersion);
        attendance.save(out);
    }

    @Override
    public void restore(SavedReader in) {
        rosterAt = in.number();
        rosterVersion = in.number();
        attendance.restore(in);
    }
}
