package io.grouppulse;

import io.grouppulse.access.Visibility;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.ingest.Campaign;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.publish.BoardReport;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.CampaignReport;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Shards;
import io.vertx.core.Vertx;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every audience is told from: the shards of one monitor, its calendar and its campaigns. */
record Reports(Vertx vertx, int shardCount, GroupSettings groups, CampaignRegistry registry) {

    Shards shards() {
        return new Shards(vertx, shardCount, new ShardMap(shardCount)::shardOf);
    }

    ReadingJson readings() {
        return new ReadingJson(groups.windows(), groups.zone());
    }

    BoardReport boards() {
        return new BoardReport(vertx, shards(), groups.windows(), groups.zone());
    }

    Calendar calendar() {
        return new Calendar(groups.zone(), groups.orderRetention());
    }

    CampaignReport campaigns() {
        return new CampaignReport(shards(), calendar(), this::planOf);
    }

    @Nullable CampaignPlan planOf(String id) {
        Campaign campaign = registry.find(id);
        return campaign == null
                ? null
                : new CampaignPlan(
                        campaign.id(),
                        campaign.name(),
                        campaign.org() == null ? "" : campaign.org(),
                        Set.copyOf(campaign.groups()),
                        campaign.from(),
                        campaign.to(),
                        campaign.targetGmv(),
                        campaign.targetOrders(),
                        campaign.compareTo());
    }

    /** Where one has to be allowed to look to be told of a campaign. */
    Visibility.@Nullable Ground groundOf(String campaign) {
        CampaignPlan plan = planOf(campaign);
        return plan == null ? null : new Visibility.Ground(plan.org(), plan.groups());
    }
}
