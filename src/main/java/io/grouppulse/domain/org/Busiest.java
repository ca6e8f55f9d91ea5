package io.grouppulse.domain.org;

import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Column;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The groups with the most active members in a window; of those that are equal the ones with the smaller ids. */
final class Busiest {
    private Busiest() {}

    static Collection<GroupReading> of(Iterable<GroupReading> groups, int window, int most) {
        Comparator<GroupReading> leastFirst = Comparator.comparingLong(
                        (GroupReading reading) -> reading.windows().get(window).get(Column.ACTIVE))
                .thenComparing(GroupReading::group, Comparator.reverseOrder());
        PriorityQueue<GroupReading> best = new PriorityQueue<>(leastFirst);
        for (GroupReading reading : groups) {
            best.add(reading);
            if (best.size() > most) {
                best.remove();
            }
        }
        return best;
    }
}
