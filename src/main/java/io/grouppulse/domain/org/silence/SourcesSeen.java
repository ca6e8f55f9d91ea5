package io.grouppulse.domain.org.silence;

import java.util.Map;
import java.util.Set;

/**
 * How the sources are that were heard since this program started, or were to be heard.
 *
 * @param up from these something can be expected
 * @param down from these nothing
 * @param heartbeats by source, the time of its newest heartbeat, epoch millis; those that send none are not in it
 */
public record SourcesSeen(Set<String> up, Set<String> down, Map<String, Long> heartbeats) {
    public static final SourcesSeen NONE = new SourcesSeen(Set.of(), Set.of(), Map.of());

    public SourcesSeen {
        up = Set.copyOf(up);
        down = Set.copyOf(down);
        heartbeats = Map.copyOf(heartbeats);
    }
}
