package io.grouppulse.domain.group;

/**
 * What became of one source's events for one group.
 *
 * @param applied events that counted
 * @param duplicates events already known, which changed nothing
 * @param late of the applied ones, those further behind T than the allowed lateness
 * @param newestTs the largest event time
 */
public record SourceCounts(long applied, long duplicates, long late, long newestTs) {
    public static final SourceCounts NONE = new SourceCounts(0, 0, 0, Long.MIN_VALUE);

    /** What was added to earlier counts of the same. */
    public SourceCounts since(SourceCounts earlier) {
        return new SourceCounts(
                applied - earlier.applied, duplicates - earlier.duplicates, late - earlier.late, newestTs);
    }

    /** The counts of two groups together. */
    public SourceCounts plus(SourceCounts other) {
        return new SourceCounts(
                applied + other.applied,
                duplicates + other.duplicates,
                late + other.late,
                Math.max(newestTs, other.newestTs));
    }
}
