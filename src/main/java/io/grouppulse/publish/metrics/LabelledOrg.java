package io.grouppulse.publish.metrics;

import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.org.NearestNodes;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.org.OtherNodes;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node under the label it is shown with: its path, {@code /} for the root, {@code other} for those beyond the limit. */
record LabelledOrg(String label, long members, Map<ActivityState, Long> states, List<Counts> windows, Counts total) {
    /** A node that has the name of this label is one of the others. */
    static final String OTHER_LABEL = "other";

    private static final String ROOT_LABEL = "/";

    static List<LabelledOrg> of(NearestNodes nodes) {
        List<LabelledOrg> labelled = new ArrayList<>();
        for (OrgReading node : nodes.nodes()) {
            String label = node.path().isEmpty() ? ROOT_LABEL : node.path();
            labelled.add(new LabelledOrg(label, node.members(), node.states(), node.windows(), node.total()));
        }
        OtherNodes others = nodes.others();
        if (others != null) {
            labelled.add(
                    new LabelledOrg(OTHER_LABEL, others.members(), others.states(), others.windows(), others.total()));
        }
        return labelled;
    }
}
