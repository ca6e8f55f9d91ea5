package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.access.Reach;
import io.grouppulse.access.View;
import io.grouppulse.publish.CampaignPlan;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SightTest {
    private static final CampaignPlan NOW =
            new CampaignPlan("c1", "n", "bbg", Set.of(), 0, 3_600_000, null, null, "old");

    private final PacedReads reads = new PacedReads(() -> 10_000);
    private final List<View> computedFor = new ArrayList<>();

    private static @Nullable CampaignPlan plan(String id) {
        return id.equals("c1") ? NOW : null;
    }

    private void read(Topic topic) {
        Sight sight = Sight.of(topic, SightTest::plan, (reach, campaign) -> reach.covers("bbg"));
        reads.read(sight, 5, () -> {
            computedFor.add(topic.view());
            return Future.succeededFuture(new JsonObject());
        });
    }

    private static View view(boolean ids, String... orgs) {
        return new View(orgs.length == 0 ? Reach.WHOLE : Reach.of(List.of(orgs)), ids);
    }

    @Test
    void campaign_isComputedOnceInATick_howeverManySubscribersInWhateverViews() {
        for (View view :
                List.of(View.LOCAL, view(true), view(false, "bbg"), view(true, "bbg"), view(false, "bbg", "other"))) {
            read(new Topic(Topic.Kind.CAMPAIGN, "c1", view));
            read(new Topic(Topic.Kind.CAMPAIGN, "c1", view));
        }
        assertThat(computedFor).containsExactly(View.LOCAL);
    }

    @Test
    void campaign_isComputedApartForThoseWhoMayNotKnowTheComparedOne() {
        read(new Topic(Topic.Kind.CAMPAIGN, "c1", View.LOCAL));
        read(new Topic(Topic.Kind.CAMPAIGN, "c1", view(false, "bbg/hunan")));
        read(new Topic(Topic.Kind.CAMPAIGN, "c1", view(true, "bbg/jiangxi")));

        assertThat(computedFor).containsExactly(View.LOCAL, view(false, "bbg/hunan"));
    }

    @Test
    void report_isComputedForEachView_asItShowsWhatTheViewMaySee() {
        read(new Topic(Topic.Kind.REPORT, "people:org:", View.LOCAL));
        read(new Topic(Topic.Kind.REPORT, "people:org:", view(true)));
        read(new Topic(Topic.Kind.REPORT, "people:org:", view(true)));

        assertThat(computedFor).containsExactly(View.LOCAL, view(true));
    }
}
