package io.grouppulse.domain.group;

/** Counts one source's events for one group as they come; {@link SourceCounts} tells of it. */
final class SourceTally {
    private long applied;
    private long duplicates;
    private long late;
    private long newestTs;

    SourceTally() {
        this(SourceCounts.NONE);
    }

    SourceTally(SourceCounts counts) {
        applied = counts.applied();
        duplicates = counts.duplicates();
        late = counts.late();
        newestTs = counts.newestTs();
    }

    void addApplied(long ts, boolean isLate) {
        applied++;
        late += isLate ? 1 : 0;
        newestTs = Math.max(newestTs, ts);
    }

    void addDuplicate() {
        duplicates++;
    }

    SourceCounts counts() {
        return new SourceCounts(applied, duplicates, late, newestTs);
    }
}
