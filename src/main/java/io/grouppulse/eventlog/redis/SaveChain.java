package io.grouppulse.eventlog.redis;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which save each shard's next one builds on. A save whose answer never came may have been the last one, or the one before
 * it; what is marked unsaved again covers both. Thread-safe.
 */
final class SaveChain {
    /** Builds on whatever is there: nothing was loaded. */
    private static final String ANY = "*";

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Link> links = new ConcurrentHashMap<>();

    /** The two saves of which one is the last. */
    private record Link(String base, String otherBase) {}

    /**
     * A save about to be made.
     *
     * @param base on which it builds
     * @param otherBase or on this
     */
    record Next(String id, String base, String otherBase) {}

    /** What was read is the state of this save; empty if there never was one. */
    void loaded(int shard, String save) {
        links.put(shard, new Link(save, save));
    }

    Next next(int shard) {
        Link link = links.getOrDefault(shard, new Link(ANY, ANY));
        return new Next(Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX), link.base, link.otherBase);
    }

    void done(int shard, Next save) {
        links.computeIfPresent(shard, (same, link) -> new Link(save.id, save.id));
    }

    /** Nobody knows whether it was made. */
    void unanswered(int shard, Next save) {
        links.computeIfPresent(shard, (same, link) -> new Link(link.base, save.id));
    }
}
