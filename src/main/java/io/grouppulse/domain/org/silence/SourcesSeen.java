package io.grouppulse.domain.org.silence;

import java.util.Set;

/**
 * How the sources are that were heard since this program started.
 *
 * @param up from these something can be expected
 * @param down from these nothing
 */
public record SourcesSeen(Set<String> up, Set<String> down) {
    public static final SourcesSeen NONE = new SourcesSeen(Set.of(), Set.of());

    public SourcesSeen {
        up = Set.copyOf(up);
        down = Set.copyOf(down);
    }
}
