package io.grouppulse.domain.attribution;

import io.grouppulse.domain.signal.Counts;

/** Orders that name no group, since the start, by what became of them. Together they are all such orders. */
public record AttributionReading(Counts attributed, Counts ambiguous, Counts unattributed) {
    public static final AttributionReading NONE = new AttributionReading(Counts.ZERO, Counts.ZERO, Counts.ZERO);

    /** All orders that name no group. */
    public Counts all() {
        return sum(attributed, sum(ambiguous, unattributed));
    }

    /** The readings of two shards together. */
    public AttributionReading plus(AttributionReading other) {
        return new AttributionReading(
                sum(attributed, other.attributed),
                sum(ambiguous, other.ambiguous),
                sum(unattributed, other.unattributed));
    }

    private static Counts sum(Counts one, Counts other) {
        Counts.Sum sum = new Counts.Sum();
        sum.add(one);
        sum.add(other);
        return sum.read();
    }
}
