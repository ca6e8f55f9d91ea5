package io.grouppulse.domain.org;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.List;

/** A group's new reading in the place of the one it had. What changed is found once, for all nodes above the group. */
final class GroupChange {
    final List<Counts.Change> windows = new ArrayList<>();
    final Counts.Change today = new Counts.Change();
    final Counts.Change total = new Counts.Change();

    GroupChange(int windowCount) {
        for (int w = 0; w < windowCount; w++) {
            windows.add(new Counts.Change());
        }
    }

    void between(GroupReading before, GroupReading after) {
        for (int w = 0; w < windows.size(); w++) {
            windows.get(w).between(before.windows().get(w), after.windows().get(w));
        }
        today.between(before.today(), after.today());
        total.between(before.total(), after.total());
    }
}
