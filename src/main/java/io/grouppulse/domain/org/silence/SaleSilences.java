package io.grouppulse.domain.org.silence;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The groups that are silent in a running sale while their peers are not. */
final class SaleSilences {
    private Map<String, PeerGap> silent = Map.of();

    /** Takes those that are silent now; the groups of which something else is to be said than before. */
    Set<String> take(Map<String, PeerGap> found) {
        Set<String> changed = new HashSet<>(silent.keySet());
        changed.addAll(found.keySet());
        changed.removeIf(group -> found.containsKey(group) && found.get(group).equals(silent.get(group)));
        silent = Map.copyOf(found);
        return changed;
    }

    /** Null if the group is not silent in any sale. */
    @Nullable PeerGap of(String group) {
        return silent.get(group);
    }
}
