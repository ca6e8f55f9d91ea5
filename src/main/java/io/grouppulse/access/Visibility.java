package io.grouppulse.access;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides what of the organisation a reader may see. Decided anew at each request and for each
 * frame, so that a group that moves is seen where it stands now. Thread-safe.
 */
public final class Visibility {
    /** What a scope begins with that is a campaign. */
    public static final String CAMPAIGN = "campaign:";

    private static final String GROUP = "group:";
    private static final String ORG = "org:";

    private final Function<String, List<String>> orgsOfGroup;
    private final Function<String, @Nullable Ground> campaigns;

    /**
     * What a campaign is about.
     *
     * @param groups its groups, if it names any; else it is about all of {@code org}
     */
    public record Ground(String org, Set<String> groups) {}

    /**
     * @param orgsOfGroup where a group stands now; empty for an unknown one
     * @param campaigns what a campaign is about; null for an unknown one
     */
    public Visibility(Function<String, List<String>> orgsOfGroup, Function<String, @Nullable Ground> campaigns) {
        this.orgsOfGroup = orgsOfGroup;
        this.campaigns = campaigns;
    }

    /** The root stands for what the reader has, if that is one node. */
    public boolean mayReadOrg(Reach reach, String path) {
        return path.isEmpty() ? reach.root() != null : reach.covers(path);
    }

    /** An unknown group is hidden from readers of a subtree like one of another subtree: neither tells it exists. */
    public boolean mayReadGroup(Reach reach, String group) {
        return reach.whole() || reach.coversAny(orgsOfGroup.apply(group));
    }

    /** Whether all that a campaign counts may be seen; unknown ones are hidden from readers of a subtree. */
    public boolean mayReadCampaign(Reach reach, String id) {
        if (reach.whole()) {
            return true;
        }
        Ground ground = campaigns.apply(id);
        if (ground == null) {
            return false;
        }
        return ground.groups().isEmpty()
                ? reach.covers(ground.org())
                : ground.groups().stream().allMatch(group -> mayReadGroup(reach, group));
    }

    /** {@code group:{id}}, {@code org:{path}} or {@code campaign:{id}}; what is none of them is no secret. */
    public boolean mayReadScope(Reach reach, String scope) {
        if (scope.startsWith(GROUP)) {
            return mayReadGroup(reach, scope.substring(GROUP.length()));
        }
        if (scope.startsWith(CAMPAIGN)) {
            return mayReadCampaign(reach, scope.substring(CAMPAIGN.length()));
        }
        return !scope.startsWith(ORG) || mayReadOrg(reach, scope.substring(ORG.length()));
    }

    /** Whether events may be sent for a group: only where it is known to stand; those that name none by who reaches all. */
    public boolean maySendFor(Reach reach, String group) {
        return mayReadGroup(reach, group);
    }
}
