package io.grouppulse.domain.people;

import io.grouppulse.domain.signal.past.PastSignal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How memberships come, stay and go on one day of the zone, over groups. One for each shard, added up by whoever asked.
 */
public final class MembershipLife {
    private final Joins joins = new Joins();
    private final List<Cohort> cohorts;
    private long members;
    private long membersOfLimited;
    private long capacity;

    /** @param ages after how many days each cohort is looked at */
    public MembershipLife(int ages) {
        cohorts = new ArrayList<>(Collections.nCopies(ages, Cohort.NONE));
    }

    /**
     * Adds one group.
     *
     * @param day the day of which joins and leaves are told; cohorts joined {@code ages} days earlier
     * @param t nothing after it is looked at, epoch millis
     * @param groupCapacity how many members it may have, 0 if unlimited or unknown
     * @param idOf the id of a member by index
     */
    public void addGroup(
            PastSignal past,
            DayBounds bounds,
            LocalDate day,
            List<Integer> ages,
            long t,
            int groupCapacity,
            IntFunction<String> idOf) {
        long from = bounds.startOf(day);
        long to = Math.min(bounds.endOf(day), t + 1);
        joins.addGroup(past, from, to, idOf);
        BitSet in = past.membersAt(to - 1);
        BitSet active = new BitSet();
        past.forEach(from, to, (type, ts, member, trait) -> {
            if (type.isInteraction()) {
                active.set(member);
            }
        });
        for (int i = 0; from < to && i < ages.size(); i++) {
            LocalDate joined = day.minusDays(ages.get(i));
            Cohort cohort = Cohort.of(past, bounds.startOf(joined), bounds.endOf(joined), in, active);
            cohorts.set(i, cohorts.get(i).plus(cohort));
        }
        members += in.cardinality();
        if (groupCapacity > 0) {
            membersOfLimited += in.cardinality();
            capacity += groupCapacity;
        }
    }

    public void addAll(MembershipLife others) {
        joins.addAll(others.joins);
        for (int i = 0; i < cohorts.size(); i++) {
            cohorts.set(i, cohorts.get(i).plus(others.cohorts.get(i)));
        }
        members += others.members;
        membersOfLimited += others.membersOfLimited;
        capacity += others.capacity;
    }

    public Joins joins() {
        return joins;
    }

    /** In the order of the ages. */
    public List<Cohort> cohorts() {
        return List.copyOf(cohorts);
    }

    /** Members at the end of the day, or at T. */
    public long members() {
        return members;
    }

    /** Members of the groups whose capacity is known. */
    public long membersOfLimited() {
        return membersOfLimited;
    }

    /** The sum of the known capacities. */
    public long capacity() {
        return capacity;
    }
}
