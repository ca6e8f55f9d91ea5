package io.grouppulse.windowing;

import io.grouppulse.domain.group.KnownGroup;
import io.grouppulse.domain.org.OrgGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The groups of a shard that a question is about. */
final class ScopedGroups {
    private ScopedGroups() {}

    /** The one group, or all groups at or below the node; orders that name no group belong to none. */
    static List<KnownGroup> of(ShardEngine engine, @Nullable String one, String org) {
        if (one != null) {
            KnownGroup group = engine.known(one);
            return group == null ? List.of() : List.of(group);
        }
        List<KnownGroup> groups = new ArrayList<>();
        for (KnownGroup group : engine.known()) {
            if (!group.group().isEmpty() && OrgGraph.isUnder(group.profile(), org)) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** @param only of those groups these alone; empty for all */
    static List<KnownGroup> of(ShardEngine engine, @Nullable String one, String org, Set<String> only) {
        List<KnownGroup> groups = of(engine, one, org);
        return only.isEmpty()
                ? groups
                : groups.stream().filter(group -> only.contains(group.group())).toList();
    }
}
