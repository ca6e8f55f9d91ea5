package io.grouppulse;

import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.silence.SalePlan;
import io.grouppulse.ingest.Campaign;
import io.grouppulse.ingest.CampaignRegistry;
import java.util.List;
import java.util.Set;

/** The campaigns as far as it matters to the comparison of their groups. */
final class SalePlans {
    private SalePlans() {}

    /** Those that run at T. */
    static List<SalePlan> running(CampaignRegistry campaigns, long t) {
        return campaigns.all().values().stream()
                .filter(campaign -> campaign.from() <= t && t < campaign.to())
                .map(SalePlans::of)
                .toList();
    }

    private static SalePlan of(Campaign campaign) {
        String org = campaign.org();
        return new SalePlan(
                campaign.id(),
                org == null ? OrgGraph.ROOT : org,
                Set.copyOf(campaign.groups()),
                campaign.from(),
                campaign.to());
    }
}
