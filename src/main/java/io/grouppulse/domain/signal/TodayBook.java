package io.grouppulse.domain.signal;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each customer did on T's day in the zone. A later day has a book of its own, for events ahead of T; of earlier
 * days nothing is kept.
 */
public final class TodayBook {
    private static final int HOURS_OF_PART = 24 / DayTalk.PARTS;

    private final ZoneId zone;
    private final TreeMap<Long, DayTalk> days = new TreeMap<>();
    private long today = Long.MIN_VALUE;
    private long nextDayStart = Long.MIN_VALUE;
    private @Nullable BreadthReading told;
    private long toldChanges;

    // The part of a day in which the last event lay, or what of it has one offset: the next one mostly lies there too.
    private long partStart = Long.MAX_VALUE;
    private long partEnd = Long.MIN_VALUE;
    private long dayOfPart;
    private int part;

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
        if (ts < partStart || ts >= partEnd) {
            locate(ts);
        }
        if (dayOfPart >= today) {
            days.computeIfAbsent(dayOfPart, d -> new DayTalk()).add(member, part, acts, messages);
            told = null;
        }
    }

    private void locate(long ts) {
        ZonedDateTime at = Instant.ofEpochMilli(ts).atZone(zone);
        part = at.getHour() / HOURS_OF_PART;
        dayOfPart = at.toLocalDate().toEpochDay();
        Instant start = at.toLocalDate().atTime(part * HOURS_OF_PART, 0).toInstant(at.getOffset());
        partStart = start.toEpochMilli();
        partEnd = start.plusSeconds(HOURS_OF_PART * 3_600L).toEpochMilli();
        ZoneOffsetTransition before = zone.getRules().previousTransition(Instant.ofEpochMilli(ts + 1));
        ZoneOffsetTransition after = zone.getRules().nextTransition(Instant.ofEpochMilli(ts));
        partStart = before == null
                ? partStart
                : Math.max(partStart, before.getInstant().toEpochMilli());
        partEnd = after == null ? partEnd : Math.min(partEnd, after.getInstant().toEpochMilli());
    }

    /** Takes back all that a member did. */
    public void exclude(int member) {
        days.values().forEach(day -> day.exclude(member));
        told = null;
    }

    /** Moves T on; it never goes back. */
    public void advance(long t) {
        if (t < nextDayStart) {
            return;
        }
        LocalDate day = Instant.ofEpochMilli(t).atZone(zone).toLocalDate();
        today = day.toEpochDay();
        nextDayStart = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        days.headMap(today).clear();
        told = null;
    }

    /**
     * The reading of T's day; the same object as last time when nothing changed.
     *
     * @param attendance who is in
     */
    public BreadthReading read(Attendance attendance) {
        BreadthReading reading = told;
        if (reading == null || toldChanges != attendance.changes()) {
            DayTalk day = days.get(today);
            reading = day == null
                    ? new BreadthReading(0, 0, List.of(), attendance.members(), 0)
                    : day.read(attendance.present(), attendance.members());
            told = reading;
            toldChanges = attendance.changes();
        }
        return reading;
    }

    public void save(SavedWriter out) {
        out.number(today);
        out.number(nextDayStart);
        out.number(days.size());
        for (Map.Entry<Long, DayTalk> day : days.entrySet()) {
            out.number(day.getKey());
            day.getValue().save(out);
        }
    }

    public void restore(SavedReader in) {
        today = in.number();
        nextDayStart = in.number();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            DayTalk day = new DayTalk();
            days.put(in.number(), day);
            day.restore(in);
        }
    }
}
