package io.grouppulse.redis;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The master, from what several Sentinels say of it. Each says with which configuration epoch it believes that; a fail-over
 * raises the epoch, and a Sentinel that has not heard of it names the old master with the old one.
 */
final class NewestMaster {
    private final int sentinels;
    private final long validMillis;
    private final Map<String, Saying> sayings = new HashMap<>();
    private @Nullable String host;
    private long epoch;

    private record Saying(String host, long epoch, long at) {}

    /**
     * @param sentinels how many there are
     * @param validMillis how long what one has said is held for what it would say now
     */
    NewestMaster(int sentinels, long validMillis) {
        this.sentinels = sentinels;
        this.validMillis = validMillis;
    }

    /** @return the master after that; the same as before if this Sentinel alone is not to be believed */
    String said(String sentinel, String named, long epochOfIt, long now) {
        sayings.put(sentinel, new Saying(named, epochOfIt, now));
        sayings.values().removeIf(saying -> now - saying.at > validMillis);
        long newest = sayings.values().stream().mapToLong(Saying::epoch).max().orElse(epochOfIt);
        String before = host;
        if (before == null || isNews(before, newest)) {
            before = nameWith(newest, named);
            host = before;
            epoch = newest;
        }
        return before;
    }

    private boolean isNews(String before, long newest) {
        if (newest == epoch) {
            return sayings.values().stream().noneMatch(saying -> saying.epoch == epoch && saying.host.equals(before));
        }
        // Only if most of them say so an epoch was taken back: they were all set up anew.
        return newest > epoch || 2 * sayings.size() > sentinels;
    }

    private String nameWith(long newest, String otherwise) {
        return sayings.values().stream()
                .filter(saying -> saying.epoch == newest)
                .map(Saying::host)
                .findFirst()
                .orElse(otherwise);
    }
}
