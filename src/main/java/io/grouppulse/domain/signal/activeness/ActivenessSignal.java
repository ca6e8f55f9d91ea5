package io.grouppulse.domain.signal.activeness;

import io.grouppulse.domain.event.EventKey;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Act;
import io.grouppulse.domain.signal.ActiveHours;
import io.grouppulse.domain.signal.Activity;
import io.grouppulse.domain.signal.Attendance;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.DistinctInMinute;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.MemberPast;
import io.grouppulse.domain.signal.TodayBook;
import io.grouppulse.domain.signal.WindowedCounters;

/**
 * Counts messages and interactions, and the customers behind them. A revoked message counts nowhere, whichever of the
 * two arrives first.
 */
public final class ActivenessSignal implements GroupSignal {
    private static final long MINUTE = 60_000;

    private final GroupSettings settings;
    private final WindowedCounters counters;
    private final MemberPast past;
    private final ToldActs told = new ToldActs();
    private final RecentMessages recent;
    private final LastSeen speakers;
    private final LastSeen active;
    private final DistinctInMinute activeInMinute;
    private final TodayBook book;
    private final RevocationListener revocations;
    private final ActiveHours hours;
    private long[] otherActs = {};
    private long lastMessage = LastSeen.NEVER;
    private long lastOtherAct = LastSeen.NEVER;

    public ActivenessSignal(
            GroupSettings settings, WindowedCounters counters, MemberPast past, RevocationListener revocations) {
        this.settings = settings;
        this.past = past;
        this.counters = counters;
        this.recent = new RecentMessages();
        this.speakers = new LastSeen(counters, Column.SPEAKERS);
        this.active = new LastSeen(counters, Column.ACTIVE);
        this.activeInMinute = new DistinctInMinute(counters, Column.ACTIVE);
        this.book = new TodayBook(settings.zone());
        this.revocations = revocations;
        this.hours = new ActiveHours(settings.settling());
    }

    /** The newest interaction of anybody, or {@link LastSeen#NEVER}. */
    public long lastInteraction() {
        return Math.max(told.newest(), Math.max(lastMessage, lastOtherAct));
    }

    /** When there was an interaction of anybody. */
    public Activity activity() {
        return hours.read(lastInteraction());
    }

    /** On how many of those who are in the talk of T's day rests. */
    public BreadthReading breadth(Attendance attendance) {
        return book.read(attendance);
    }

    @Override
    public void onEvent(Sighting sighting) {
        GroupEvent event = sighting.event();
        if (event.type() == EventType.MESSAGE_SENT) {
            onMessage(sighting);
        } else if (event.type() == EventType.MESSAGE_REVOKED) {
            onRevocation(event);
        } else if (event.type().isInteraction()) {
            onOtherAct(sighting);
        }
    }

    private void onMessage(Sighting sighting) {
        int customer = sighting.customer() ? sighting.member() : RecentMessages.NO_CUSTOMER;
        if (recent.isRevoked(sighting.key(), sighting.ts())) {
            tellRevoked(customer, sighting.ts());
            return;
        }
        recent.add(sighting.key(), sighting.ts(), customer);
        countMessage(sighting.ts(), customer, 1);
        lastMessage = Math.max(lastMessage, sighting.ts());
        if (customer != RecentMessages.NO_CUSTOMER) {
            speakers.raise(customer, sighting.ts());
            active.raise(customer, sighting.ts());
        }
    }

    private void countMessage(long ts, int customer, int delta) {
        counters.count(Column.MESSAGES, ts, delta);
        counters.count(Column.INTERACTIONS, ts, delta);
        hours.count(ts, delta);
        if (customer != RecentMessages.NO_CUSTOMER) {
            activeInMinute.add(customer, ts, delta);
            book.addMessage(customer, ts, delta);
        }
    }

    private void onRevocation(GroupEvent event) {
        if (event.target() == null) {
            return;
        }
        RecentMessages.Message message = recent.revoke(EventKey.of(event.source(), event.target()), event.ts());
        if (message == null) {
            return;
        }
        countMessage(message.ts(), message.customer(), -1);
        lastMessage = recent.newest();
        tellRevoked(message.customer(), message.ts());
        if (message.customer() != RecentMessages.NO_CUSTOMER) {
            fallBack(message.customer());
        }
    }

    private void tellRevoked(int customer, long ts) {
        if (customer != RecentMessages.NO_CUSTOMER) {
            revocations.onRevoked(customer, ts);
        }
    }

    /** After a revocation, the member was last seen when it last did anything else. */
    private void fallBack(int member) {
        long spoke = recent.newestOf(member);
        speakers.set(member, spoke);
        active.set(member, Math.max(spoke, otherActOf(member)));
    }

    private void onOtherAct(Sighting sighting) {
        counters.count(Column.INTERACTIONS, sighting.ts(), 1);
        hours.count(sighting.ts(), 1);
        lastOtherAct = Math.max(lastOtherAct, sighting.ts());
        told.outdate(lastOtherAct);
        if (sighting.customer()) {
            int member = sighting.member();
            activeInMinute.add(member, sighting.ts(), 1);
            book.addOtherAct(member, sighting.ts(), 1);
            raise(member, sighting.ts());
        }
    }

    private void raise(int member, long ts) {
        active.raise(member, ts);
        if (ts > otherActOf(member)) {
            otherActs = LastSeen.grown(otherActs, member);
            otherActs[member] = ts;
        }
    }

    @Override
    public void onAct(Act act) {
        if (!act.type().isInteraction()) {
            return;
        }
        countAct(act, 1);
        if (act.customer()) {
            if (activeInMinute.isSettled(act.ts()) && interactionsInMinuteOf(act) == 1) {
                counters.countInMinute(Column.ACTIVE, act.ts(), 1);
            }
            raise(act.member(), act.ts());
        }
    }

    @Override
    public void onActTakenBack(Act act) {
        if (!act.type().isInteraction()) {
            return;
        }
        countAct(act, -1);
        if (act.customer()) {
            int member = act.member();
            if (activeInMinute.isSettled(act.ts()) && interactionsInMinuteOf(act) == 0) {
                counters.countInMinute(Column.ACTIVE, act.ts(), -1);
            }
            otherActs = LastSeen.grown(otherActs, member);
            otherActs[member] = past.newest(member, type -> type.isInteraction() && type != EventType.MESSAGE_SENT);
            active.set(member, past.newest(member, EventType::isInteraction));
        }
    }

    private void countAct(Act act, int delta) {
        counters.count(Column.INTERACTIONS, act.ts(), delta);
        hours.count(act.ts(), delta);
        if (act.ts() > lastOtherAct) {
            told.add(act.ts(), delta);
        }
        if (act.customer()) {
            activeInMinute.add(act.member(), act.ts(), delta);
            book.addOtherAct(act.member(), act.ts(), delta);
        }
    }

    /** The past has taken the act in, or given it back, before anyone else hears of it. */
    private int interactionsInMinuteOf(Act act) {
        long minute = Math.floorDiv(act.ts(), MINUTE) * MINUTE;
        return past.interactions(act.member(), minute, minute + MINUTE);
    }

    private long otherActOf(int member) {
        return member < otherActs.length ? otherActs[member] : LastSeen.NEVER;
    }

    @Override
    public void onExcluded(int member) {
        recent.exclude(member);
        book.exclude(member);
        speakers.set(member, LastSeen.NEVER);
        active.set(member, LastSeen.NEVER);
        if (member < otherActs.length) {
            otherActs[member] = LastSeen.NEVER;
        }
    }

    @Override
    public void onTime(long t) {
        book.advance(t);
        hours.advance(t);
        long settled = settings.settledBefore(t);
        recent.settle(settled);
        activeInMinute.settle(settled);
        if (counters.isQuiet()) {
            speakers.forgetAll();
            active.forgetAll();
            recent.forgetSettled();
            otherActs = new long[0];
        }
    }

    @Override
    public void save(SavedWriter out) {
        out.number(lastMessage);
        out.number(lastOtherAct);
        told.save(out);
        recent.save(out);
        speakers.save(out);
        active.save(out);
        activeInMinute.save(out);
        LastSeen.saveTimes(out, otherActs);
        book.save(out);
        hours.save(out);
    }

    @Override
    public void restore(SavedReader in) {
        lastMessage = in.number();
        lastOtherAct = in.number();
        told.restore(in);
        recent.restore(in);
        speakers.restore(in);
        active.restore(in);
        activeInMinute.restore(in);
        otherActs = LastSeen.restoreTimes(in);
        book.restore(in);
        hours.restore(in);
    }
}
