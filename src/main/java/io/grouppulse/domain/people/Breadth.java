package io.grouppulse.domain.people;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.DayParts;
import io.grouppulse.domain.signal.past.PastSignal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** On how many customers of a group the talk of a stretch of time rests. */
public final class Breadth {
    /** As the start of a stretch: since the group was first seen. */
    public static final long START = Long.MIN_VALUE;

    private final Map<Integer, Long> messages = new HashMap<>();
    private final Map<LocalDate, DayParts> days = new HashMap<>();
    private final BitSet thrice = new BitSet();

    private Breadth() {}

    /**
     * Reads one group.
     *
     * @param from epoch millis, or {@link #START}; {@code to} exclusive
     * @param members who was in at the end of the stretch, by index
     */
    public static BreadthReading of(PastSignal past, ZoneId zone, long from, long to, BitSet members) {
        Breadth breadth = new Breadth();
        if (from == START) {
            past.forEachOldTalker((member, sent, isThrice) -> {
                if (sent > 0) {
                    breadth.messages.merge(member, (long) sent, Long::sum);
                }
                breadth.thrice.set(member, isThrice);
            });
        }
        past.forEach(from, to, (type, ts, member, trait) -> {
            if (type.isInteraction()) {
                LocalDate day = Instant.ofEpochMilli(ts).atZone(zone).toLocalDate();
                breadth.days.computeIfAbsent(day, d -> new DayParts(zone)).add(member, ts);
            }
            if (type == EventType.MESSAGE_SENT) {
                breadth.messages.merge(member, 1L, Long::sum);
            }
        });
        breadth.days.values().forEach(day -> day.thrice().forEach(breadth.thrice::set));
        return breadth.read(members);
    }

    private BreadthReading read(BitSet members) {
        BreadthReading.Sum sum = new BreadthReading.Sum();
        sum.addLurkers(members.cardinality());
        messages.forEach((member, sent) -> {
            sum.addSpeaker(sent);
            sum.addLurkers(members.get(member) ? -1 : 0);
        });
        thrice.stream().forEach(member -> sum.addThriceDaily());
        return sum.read();
    }
}
