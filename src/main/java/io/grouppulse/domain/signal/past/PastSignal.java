package io.grouppulse.domain.signal.past;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Act;
import io.grouppulse.domain.signal.Attendance;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.GroupSignal;
import io.grouppulse.domain.signal.LastSeen;
import io.grouppulse.domain.signal.MemberPast;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every event of the group's customers over the last days of the zone, so that what a stretch of them says can be
 * computed when it is asked, whatever arrived late. Revoked messages are not among them. What is older is remembered only
 * as far as it tells who was in the group. Saved as one part a day, so that a day that is over is not written again.
 */
public final class PastSignal implements GroupSignal, MemberPast {
    private static final String PART = "past-";
    private static final long SECOND = 1_000;
    private static final int COUNTS_KEPT = 8;

    private final ZoneId zone;
    private final int daysKept;
    private final TreeMap<Long, PastDay> days = new TreeMap<>();
    private final Attendance before = new Attendance();
    private final OldTalk oldTalk = new OldTalk();
    private final List<Roster> rosters = new ArrayList<>(0);
    private final Set<Long> unsaved = new HashSet<>();
    private final Set<Long> dropped = new HashSet<>();
    private Set<Long> told = Set.of();
    private final TreeMap<Long, Integer> counted = new TreeMap<>();
    private boolean isSaved = true;
    private long oldestDay = Long.MIN_VALUE;
    private long nextDayStart = Long.MIN_VALUE;
    private long dropsAt = Long.MAX_VALUE;
    // Boxed once a day, not at each event that looks its day up.
    private Long cachedDay = Long.MIN_VALUE;
    private long cachedStart = Long.MAX_VALUE;
    private long cachedEnd = Long.MIN_VALUE;

    private record Roster(long ts, BitSet listed) {}

    public PastSignal(GroupSettings settings) {
        this.zone = settings.zone();
        this.daysKept = settings.activityDays();
    }

    @Override
    public void onEvent(Sighting sighting) {
        EventType type = sighting.event().type();
        if (sighting.member() >= 0 && (sighting.customer() || type == EventType.MEMBER_LEFT)) {
            add(type, sighting.ts(), sighting.member(), PastTrait.of(sighting.event()));
        }
    }

    @Override
    public void onAct(Act act) {
        if (act.customer()) {
            add(act.type(), act.ts(), act.member(), PastTrait.of(act));
        }
    }

    /** Of a day that is no longer remembered, that the member was in is not taken back. */
    @Override
    public void onActTakenBack(Act act) {
        counted.clear();
        long day = dayOf(act.ts());
        PastDay book = days.get(day);
        if (act.customer() && book != null && book.remove(act.type(), act.ts(), act.member(), PastTrait.of(act))) {
            unsaved.add(day);
        }
    }

    /** A message that was told of counts no more; whoever sent it was in the group all the same. */
    public void onRevoked(int member, long ts) {
        long day = dayOf(ts);
        if (day < oldestDay) {
            oldTalk.addMessage(member, -1);
        }
        PastDay book = days.get(day);
        if (book != null && book.remove(EventType.MESSAGE_SENT, ts, member)) {
            book.add(EventType.MESSAGE_REVOKED, ts, member, PastTrait.NONE);
            unsaved.add(day);
        }
    }

    /** A roster came into force: these were in at that moment, and nobody else. */
    public void onRoster(long ts, BitSet listed) {
        counted.clear();
        if (dayOf(ts) < oldestDay) {
            before.enrol(ts, listed);
        } else {
            rosters.add(new Roster(ts, (BitSet) listed.clone()));
        }
    }

    /** Gives an inviter another id; false if it invited nobody here. */
    public boolean renameInviter(String inviter, String newId) {
        boolean[] renamed = {false};
        days.forEach((day, book) -> {
            if (book.renameInviter(inviter, newId)) {
                unsaved.add(day);
                renamed[0] = true;
            }
        });
        return renamed[0];
    }

    private void add(EventType type, long ts, int member, PastTrait trait) {
        if (!counted.isEmpty()) {
            counted.tailMap(ts, true).clear();
        }
        Long day = dayOf(ts);
        if (day < oldestDay) {
            note(before, type, ts, member);
            if (type == EventType.MESSAGE_SENT) {
                oldTalk.addMessage(member, 1);
            }
            return;
        }
        PastDay book = days.get(day);
        if (book == null) {
            book = new PastDay(cachedStart);
            days.put(day, book);
            dropsAt = nextDrop();
        }
        book.add(type, ts, member, trait);
        unsaved.add(day);
    }

    private static void note(Attendance attendance, EventType type, long ts, int member) {
        if (type == EventType.MEMBER_LEFT) {
            attendance.leave(member, ts);
        } else {
            attendance.see(member, ts);
        }
    }

    private Long dayOf(long ts) {
        if (ts < cachedStart || ts >= cachedEnd) {
            LocalDate date = Instant.ofEpochMilli(ts).atZone(zone).toLocalDate();
            cachedDay = date.toEpochDay();
            cachedStart = startOf(date);
            cachedEnd = startOf(date.plusDays(1));
        }
        return cachedDay;
    }

    /** Days begin with a second; before and after all of time there is {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE}. */
    private long startOf(LocalDate date) {
        long second = date.atStartOfDay(zone).toEpochSecond();
        long limit = Long.MAX_VALUE / SECOND;
        return second > limit ? Long.MAX_VALUE : second < -limit ? Long.MIN_VALUE : second * SECOND;
    }

    /** When the oldest day will be too old. */
    private long nextDrop() {
        return days.isEmpty() ? Long.MAX_VALUE : startOf(LocalDate.ofEpochDay(days.firstKey() + daysKept));
    }

    @Override
    public long nextDue() {
        return dropsAt;
    }

    /** A moment since which everything is remembered, epoch millis; {@link Long#MIN_VALUE} before any T. */
    public long rememberedFrom() {
        return oldestDay == Long.MIN_VALUE ? Long.MIN_VALUE : startOf(LocalDate.ofEpochDay(oldestDay));
    }

    /** Visits the events of customers, and all leaves, in {@code from <= ts < to}, in no order. */
    public void forEach(long from, long to, PastVisitor visitor) {
        if (from < to) {
            days.subMap(dayOf(from), true, dayOf(to - 1), true).values().forEach(day -> day.forEach(from, to, visitor));
        }
    }

    /** Receives what a customer said on days that are no longer remembered. */
    public interface OldTalkVisitor {
        void visit(int member, int messages, boolean activeThriceOnADay);
    }

    /** Visits the customers of the days before {@link #rememberedFrom}. */
    public void forEachOldTalker(OldTalkVisitor visitor) {
        for (int member = 0; member < oldTalk.size(); member++) {
            visitor.visit(member, oldTalk.messagesOf(member), oldTalk.isThrice(member));
        }
    }

    /** The customers who were in at the end of the millisecond {@code ts}, by index; exact back to {@link #rememberedFrom}. */
    public BitSet membersAt(long ts) {
        Attendance attendance = before.copy();
        for (Roster roster : rosters) {
            if (roster.ts <= ts) {
                attendance.enrol(roster.ts, roster.listed);
            }
        }
        forEach(Long.MIN_VALUE, ts + 1, (type, at, member, trait) -> note(attendance, type, at, member));
        return attendance.toSet();
    }

    /** How many customers were in at the end of {@code ts}; remembered until something up to then arrives. */
    public int memberCountAt(long ts) {
        if (counted.size() > COUNTS_KEPT) {
            counted.clear();
        }
        return counted.computeIfAbsent(ts, at -> membersAt(at).cardinality());
    }

    @Override
    public long newest(int who, Predicate<EventType> wanted) {
        long[] newest = {LastSeen.NEVER};
        for (PastDay day : days.descendingMap().values()) {
            day.forEach(Long.MIN_VALUE, Long.MAX_VALUE, (type, ts, member, trait) -> {
                if (member == who && wanted.test(type)) {
                    newest[0] = Math.max(newest[0], ts);
                }
            });
            if (newest[0] != LastSeen.NEVER) {
                break;
            }
        }
        return newest[0];
    }

    @Override
    public long lastIn(int member) {
        long last = Math.max(before.seenAt(member), newest(member, type -> type != EventType.MEMBER_LEFT));
        for (Roster roster : rosters) {
            last = roster.listed.get(member) ? Math.max(last, roster.ts) : last;
        }
        return last;
    }

    @Override
    public int interactions(int who, long from, long to) {
        int[] acts = {0};
        forEach(from, to, (type, ts, member, trait) -> acts[0] += member == who && type.isInteraction() ? 1 : 0);
        return acts[0];
    }

    @Override
    public void onExcluded(int member) {
        counted.clear();
        before.exclude(member);
        oldTalk.exclude(member);
        rosters.forEach(roster -> roster.listed.clear(member));
        days.forEach((day, book) -> {
            if (book.removeAll(member)) {
                unsaved.add(day);
            }
        });
    }

    @Override
    public void onTime(long t) {
        if (t < nextDayStart) {
            return;
        }
        LocalDate today = Instant.ofEpochMilli(t).atZone(zone).toLocalDate();
        nextDayStart = startOf(today.plusDays(1));
        oldestDay = today.toEpochDay() - daysKept + 1;
        days.headMap(oldestDay).forEach((day, book) -> {
            book.forEach(Long.MIN_VALUE, Long.MAX_VALUE, (type, ts, member, trait) -> note(before, type, ts, member));
            oldTalk.add(book, zone);
            dropped.add(day);
            unsaved.remove(day);
        });
        days.headMap(oldestDay).clear();
        dropsAt = nextDrop();
        rosters.removeIf(roster -> {
            boolean isOld = roster.ts < rememberedFrom();
            if (isOld) {
                before.enrol(roster.ts, roster.listed);
            }
            return isOld;
        });
    }

    /** Writes the days that changed since the last call, by name; null for one that is no longer needed. */
    public void saveDays(Map<String, byte @Nullable []> parts) {
        if (isSaved) {
            dropped.removeAll(told);
        }
        isSaved = true;
        told = Set.copyOf(dropped);
        told.forEach(day -> parts.put(PART + day, null));
        unsaved.forEach(day -> parts.put(
                PART + day, days.get(day) == null ? null : days.get(day).save()));
        unsaved.clear();
    }

    /** The last {@link #saveDays} came to nothing: the next one writes everything. */
    public void unsaved() {
        isSaved = false;
        unsaved.addAll(days.keySet());
    }

    /** Names every part that the store may have. */
    public void nameDays(Map<String, byte @Nullable []> parts) {
        days.keySet().forEach(day -> parts.put(PART + day, null));
        dropped.forEach(day -> parts.put(PART + day, null));
    }

    /** Takes back one part; false if it is none of a day. */
    public boolean restoreDay(String name, byte[] bytes) {
        if (!name.startsWith(PART)) {
            return false;
        }
        days.put(Long.parseLong(name.substring(PART.length())), PastDay.restore(bytes));
        dropsAt = nextDrop();
        return true;
    }

    /** Takes back that a part is no longer needed; false if it is none of a day. */
    public boolean restoreDropped(String name) {
        if (!name.startsWith(PART)) {
            return false;
        }
        dropped.add(Long.parseLong(name.substring(PART.length())));
        return true;
    }

    @Override
    public void save(SavedWriter out) {
        out.number(oldestDay);
        out.number(nextDayStart);
        before.save(out);
        oldTalk.save(out);
        out.number(rosters.size());
        for (Roster roster : rosters) {
            out.number(roster.ts);
            long[] words = roster.listed.toLongArray();
            out.number(words.length);
            for (long word : words) {
                out.fixed(word);
            }
        }
    }

    @Override
    public void restore(SavedReader in) {
        oldestDay = in.number();
        nextDayStart = in.number();
        before.restore(in);
        oldTalk.restore(in);
        int count = in.size();
        for (int i = 0; i < count; i++) {
            long ts = in.number();
            long[] words = new long[in.size()];
            for (int w = 0; w < words.length; w++) {
                words[w] = in.fixed();
            }
            rosters.add(new Roster(ts, BitSet.valueOf(words)));
        }
    }
}
