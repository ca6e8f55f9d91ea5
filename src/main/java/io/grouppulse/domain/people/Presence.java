package io.grouppulse.domain.people;

import io.grouppulse.domain.signal.past.PastSignal;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * Who was active on a day, and in the week that ends with it: distinct customers with an interaction. One for each shard,
 * added up by whoever asked.
 *
 * @param day people of the day
 * @param week people of the week
 */
public record Presence(DistinctPeople day, DistinctPeople week) {
    public Presence() {
        this(new DistinctPeople(), new DistinctPeople());
    }

    /**
     * Adds the people of one group.
     *
     * @param weekFrom first moment of the week, epoch millis
     * @param dayFrom first moment of its last day
     * @param to the end of both, exclusive
     * @param idOf the id of a member by index
     */
    public void addGroup(PastSignal past, long weekFrom, long dayFrom, long to, IntFunction<String> idOf) {
        BitSet ofWeek = new BitSet();
        BitSet ofDay = new BitSet();
        past.forEach(weekFrom, to, (type, ts, member, trait) -> {
            if (type.isInteraction()) {
                ofWeek.set(member);
                if (ts >= dayFrom) {
                    ofDay.set(member);
                }
            }
        });
        ofWeek.stream().mapToObj(idOf).forEach(week::add);
        ofDay.stream().mapToObj(idOf).forEach(day::add);
    }

    public void addAll(Presence others) {
        day.addAll(others.day);
        week.addAll(others.week);
    }
}
