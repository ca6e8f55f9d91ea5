package io.grouppulse.eventlog.redis;

import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Which entries of a shard are contained in memory: how far, and the tag of each since the last save. Thread-safe. */
final class History {
    private final ConcurrentSkipListMap<Long, String> tags = new ConcurrentSkipListMap<>();
    private volatile long position;
    private volatile String tag = "";

    /** @param tag of the entry at that position; empty if it is not known */
    History(long position, String tag) {
        this.position = position;
        this.tag = tag;
        tags.put(position, tag);
    }

    long position() {
        return position;
    }

    String tag() {
        return tag;
    }

    boolean isNext(long next, String before) {
        return next == position + 1 && (tag.isEmpty() || tag.equals(before));
    }

    void reach(long next, String itsTag) {
        tags.put(next, itsTag);
        position = next;
        tag = itsTag;
    }

    @Nullable String tagAt(long at) {
        return tags.get(at);
    }

    /** What came before is saved. */
    void forgetBefore(long saved) {
        tags.headMap(saved).clear();
    }
}
