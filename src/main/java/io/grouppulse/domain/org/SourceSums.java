package io.grouppulse.domain.org;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.SourceCounts;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of each source's events in all groups together, added to as readings change. The largest event time cannot be taken
 * back, so after a group was removed, or has lost events, the sums are made anew when they are next read.
 */
final class SourceSums {
    private final Map<String, SourceCounts> sums = new TreeMap<>();
    private long rememberedIds;
    private boolean isStale;

    void add(GroupReading reading) {
        rememberedIds += reading.rememberedIds();
        reading.sources().forEach((source, counts) -> sums.merge(source, counts, SourceCounts::plus));
    }

    void replace(GroupReading before, GroupReading after) {
        rememberedIds += after.rememberedIds() - before.rememberedIds();
        if (before.sources() == after.sources()) {
            return;
        }
        int gone = before.sources().size();
        for (Map.Entry<String, SourceCounts> source : after.sources().entrySet()) {
            SourceCounts counts = source.getValue();
            SourceCounts known = before.sources().get(source.getKey());
            if (known != null) {
                gone--;
            }
            SourceCounts had = known == null ? SourceCounts.NONE : known;
            if (!counts.equals(had)) {
                sums.merge(source.getKey(), counts.since(had), SourceCounts::plus);
                isStale |= counts.newestTs() < had.newestTs();
            }
        }
        isStale |= gone > 0;
    }

    void remove(GroupReading gone) {
        rememberedIds -= gone.rememberedIds();
        isStale = true;
    }

    long rememberedIds() {
        return rememberedIds;
    }

    /** By source, sorted. */
    Map<String, SourceCounts> read(Iterable<GroupReading> all) {
        if (isStale) {
            sums.clear();
            rememberedIds = 0;
            all.forEach(this::add);
            isStale = false;
        }
        return new TreeMap<>(sums);
    }
}
