package io.grouppulse.domain.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says of a group; replaces whatever it said before.
 *
 * @param orgs organisation paths such as {@code bbg/hunan/meixi}; empty means {@code unassigned}
 * @param capacity most members the group can have; 0 when not stated
 */
public record GroupProfile(
        String group,
        @Nullable String name,
        List<String> orgs,
        int capacity,
        List<String> tags,
        @Nullable String owner) implements GroupInput {
    public GroupProfile {
        orgs = List.copyOf(orgs);
        tags = List.copyOf(tags);
    }
}
