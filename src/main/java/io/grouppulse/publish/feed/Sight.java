package io.grouppulse.publish.feed;

import io.grouppulse.access.Reach;
import io.grouppulse.access.View;
import io.grouppulse.publish.CampaignPlan;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What readers of a topic see alike, so that it is found for them once. Of a campaign all see the same, but for the name
 * of the campaign it is compared with.
 *
 * @param view null where it makes no difference
 * @param compared the campaign that a campaign is compared with, as far as it may be named
 */
record Sight(String topic, @Nullable View view, @Nullable String compared) {
    /**
     * @param plans the plan of a campaign, or null if there is none
     * @param mayRead whether a campaign may be named to who reaches so far
     */
    static Sight of(Topic topic, Function<String, @Nullable CampaignPlan> plans, BiPredicate<Reach, String> mayRead) {
        if (topic.kind() != Topic.Kind.CAMPAIGN) {
            return new Sight(topic.toString(), topic.view(), null);
        }
        CampaignPlan plan = plans.apply(topic.name());
        String earlier = plan == null ? null : plan.compareTo();
        boolean named = earlier != null && mayRead.test(topic.view().reach(), earlier);
        return new Sight(topic.toString(), null, named ? earlier : null);
    }
}
