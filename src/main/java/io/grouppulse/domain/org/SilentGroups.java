package io.grouppulse.domain.org;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which groups are silent, and how those are that stand beside them, kept as readings change. */
final class SilentGroups {
    private final Set<String> silent = new HashSet<>();
    private final Map<String, Siblings> byFirstPath = new HashMap<>();

    /** @param before null for a group that is new; {@code after} null for one that is gone */
    void replace(@Nullable GroupReading before, @Nullable GroupReading after) {
        if (before != null
                && after != null
                && before.state() == after.state()
                && before.profile().orgs().equals(after.profile().orgs())) {
            return;
        }
        if (before != null) {
            silent.remove(before.group());
            count(before, -1);
        }
        if (after != null) {
            count(after, 1);
            if (after.state() == ActivityState.SILENT) {
                silent.add(after.group());
            }
        }
    }

    private void count(GroupReading reading, int sign) {
        int heard = switch (reading.state()) {
            case LIVELY, NORMAL, QUIET -> sign;
            case SILENT, UNKNOWN, DEAD -> 0;
        };
        byFirstPath.compute(OrgGraph.orgsOf(reading.profile()).get(0), (path, known) -> {
            Siblings counted = known == null
                    ? new Siblings(sign, heard)
                    : new Siblings(known.groups() + sign, known.heard() + heard);
            return counted.groups() == 0 ? null : counted;
        });
    }

    Set<String> ids() {
        return Set.copyOf(silent);
    }

    /** @param path the first one of a group that is there */
    Siblings siblings(String path) {
        return byFirstPath.getOrDefault(path, new Siblings(0, 0));
    }
}
