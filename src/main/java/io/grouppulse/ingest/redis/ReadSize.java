package io.grouppulse.ingest.redis;

import java.util.List;

/** How many entries to ask for: as many as make up a few MiB if they are like the last ones. */
final class ReadSize {
    private static final int FIRST = 64;
    private static final int MOST = 256;
    private static final long BYTES = 4L << 20;

    private int entries = FIRST;

    int entries() {
        return entries;
    }

    void saw(List<StreamEntry> last) {
        if (!last.isEmpty()) {
            long mean = Math.max(1, last.stream().mapToLong(StreamEntry::bytes).sum() / last.size());
            entries = (int) Math.max(1, Math.min(MOST, Math.min(entries * 2L, BYTES / mean)));
        }
    }
}
