package io.grouppulse.domain.people;

import io.grouppulse.domain.signal.past.PastSignal;
import java.util.BitSet;

/**
 * What became of those who joined on a day, some days later.
 *
 * @param joined customers who joined on the day, summed over groups
 * @param stayed those of them who were in at the end of the later day, or at T while it is not over
 * @param active those of them with an interaction on the later day
 */
public record Cohort(long joined, long stayed, long active) {
    public static final Cohort NONE = new Cohort(0, 0, 0);

    public Cohort plus(Cohort other) {
        return new Cohort(joined + other.joined, stayed + other.stayed, active + other.active);
    }

    /**
     * Reads one group.
     *
     * @param joinedFrom first moment of the day on which they joined, {@code joinedTo} exclusive, epoch millis
     * @param in who was in at the end of the later day
     * @param active who had an interaction on it
     */
    static Cohort of(PastSignal past, long joinedFrom, long joinedTo, BitSet in, BitSet active) {
        BitSet joined = new BitSet();
        past.forEach(joinedFrom, joinedTo, (type, ts, member, trait) -> {
            if (Joins.isJoin(type)) {
                joined.set(member);
            }
        });
        return new Cohort(joined.cardinality(), common(joined, in), common(joined, active));
    }

    private static int common(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both.cardinality();
    }
}
