package io.grouppulse.domain.org;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading.RainReading;
import io.grouppulse.domain.group.SilenceReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Counts;
import java.util.List;
import java.util.Map;

/**
 * An organisation node: the sums over all groups below it, each counted once. Immutable.
 *
 * @param path such as {@code bbg/hunan}; empty for the root
 * @param states number of groups in each state
 * @param events what became of the events of all sources
 * @param children paths of the nodes directly below, sorted
 * @param silence the present gap of all groups together; unknown at the root
 */
public record OrgReading(
        String path,
        long groups,
        Map<ActivityState, Long> states,
        long members,
        List<Counts> windows,
        Counts today,
        BreadthReading breadth,
        Counts total,
        RainReading rain,
        SourceCounts events,
        List<String> children,
        SilenceReading silence) {
    public OrgReading {
        windows = List.copyOf(windows);
        children = List.copyOf(children);
    }

    /** The same with what is said of its gap. */
    public OrgReading withSilence(SilenceReading gap) {
        return new OrgReading(
                path, groups, states, members, windows, today, breadth, total, rain, events, children, gap);
    }
}
