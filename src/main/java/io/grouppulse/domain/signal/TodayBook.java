package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What each customer did on T's day in the zone: messages, and interactions by four-hour part of the day. A later day
 * has a book of its own, for events ahead of T; of earlier days nothing is kept.
 */
public final class TodayBook {
    private static final int PARTS = 6;
    private static final int MESSAGES = PARTS;
    private static final int PARTS_OF_THRICE = 3;

    private final ZoneId zone;
    private final TreeMap<Long, Int2ObjectHashMap<int[]>> days = new TreeMap<>();
    private long today = Long.MIN_VALUE;
    private long nextDayStart = Long.MIN_VALUE;
    private @Nullable BreadthReading told;
    private long toldChanges;

    public TodayBook(ZoneId zone) {
        this.zone = zone;
    }

    /** One more message of the customer, which is an interaction too, or, with -1, one fewer. */
    public void addMessage(int member, long ts, int delta) {
        add(member, ts, delta, delta);
    }

    /** One more interaction that is no message, or, with -1, one fewer. */
    public void addOtherAct(int member, long ts, int delta) {
        add(member, ts, delta, 0);
    }

    private void add(int member, long ts, int acts, int messages) {
        long day = Instant.ofEpochMilli(ts).atZone(zone).toLocalDate().toEpochDay();
        if (day < today) {
            return;
        }
        int[] row = days.computeIfAbsent(day, d -> new Int2ObjectHashMap<>())
                .computeIfAbsent(member, m -> new int[PARTS + 1]);
        row[DayParts.partOf(ts, zone)] += acts;
        row[MESSAGES] += messages;
        told = null;
    }

    /** Takes back all that a member did. */
    public void exclude(int member) {
        days.values().forEach(day -> day.remove(member));
        told = null;
    }

    /** Moves T on; it never goes back. */
    public void advance(long t) {
        if (t < nextDayStart) {
            return;
        }
        var day = Instant.ofEpochMilli(t).atZone(zone).toLocalDate();
        today = day.toEpochDay();
        nextDayStart = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        days.headMap(today).clear();
        told = null;
    }

    /**
     * The reading of T's day; the same object as last time when nothing changed.
     *
     * @param members how many are in
     * @param changes rises whenever someone comes in or goes out
     * @param isMember whether a member is in
     */
    public BreadthReading read(long members, long changes, IntPredicate isMember) {
        BreadthReading reading = told;
        if (reading == null || toldChanges != changes) {
            reading = count(members, isMember);
            told = reading;
            toldChanges = changes;
        }
        return reading;
    }

    private BreadthReading count(long members, IntPredicate isMember) {
        BreadthReading.Sum sum = new BreadthReading.Sum();
        sum.addLurkers(members);
        Int2ObjectHashMap<int[]> book = days.get(today);
        if (book != null) {
            book.forEachInt((member, row) -> {
                if (row[MESSAGES] > 0) {
                    sum.addSpeaker(row[MESSAGES]);
                    sum.addLurkers(isMember.test(member) ? -1 : 0);
                }
                if (partsOf(row) >= PARTS_OF_THRICE) {
                    sum.addThriceDaily();
                }
            });
        }
        return sum.read();
    }

    private static int partsOf(int[] row) {
        int parts = 0;
        for (int part = 0; part < PARTS; part++) {
            parts += row[part] > 0 ? 1 : 0;
        }
        return parts;
    }

    public void save(SavedWriter out) {
        out.number(today);
        out.number(nextDayStart);
        out.number(days.size());
        for (Map.Entry<Long, Int2ObjectHashMap<int[]>> day : days.entrySet()) {
            out.number(day.getKey());
            out.number(day.getValue().size());
            new TreeMap<>(day.getValue()).forEach((member, row) -> {
                out.number(member);
                for (int value : row) {
                    out.number(value);
                }
            });
        }
    }

    public void restore(SavedReader in) {
        today = in.number();
        nextDayStart = in.number();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            Int2ObjectHashMap<int[]> book = new Int2ObjectHashMap<>();
            days.put(in.number(), book);
            int members = in.size();
            for (int j = 0; j < members; j++) {
                book.put(in.index(), restoreRow(in));
            }
        }
    }

    private static int[] restoreRow(SavedReader in) {
        int[] row = new int[PARTS + 1];
        for (int i = 0; i < row.length; i++) {
            row[i] = (int) in.number();
        }
        return row;
    }
}
