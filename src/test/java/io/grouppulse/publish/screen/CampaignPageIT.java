package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a campaign in Chromium, on a running demo. */
class CampaignPageIT {
    private static final String LINES_DRAWN = "document.querySelectorAll('#pace-line polyline').length";

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void closedCampaign_showsWhatRestAnswersAndItsLine() throws Exception {
        long now = System.currentTimeMillis();
        stage.register("sale-1", "Sale one", "screen-sale");
        stage.pay("sale-1", "m-1", 123_450);
        stage.pay("sale-1", "m-2", 67_890);
        // The earlier one holds the same two orders and ends later in its course, so that nothing is behind.
        long end = System.currentTimeMillis() + 1;
        campaign("sale-then", now - 120_000, end, Map.of(), null);
        campaign("sale-now", now - 60_000, end, Map.of("orders", 4, "gmv", 100_000), "sale-then");
        stage.getAsOf("api/v1/orgs", end);

        stage.open("campaign.html?campaign=sale-now&org=screen-sale&lang=en");
        stage.await("document.querySelector('[data-measure=ordersPaid]').dataset.value === '2'", SOON);
        stage.await(LINES_DRAWN + " >= 2", SOON);
        // The list of campaigns is asked for apart from the one that is followed.
        stage.await("document.querySelectorAll('#campaigns bdi').length >= 2", SOON);

        stage.assertMeasuresEqual("api/v1/campaigns/sale-now");
        assertThat(stage.shownMeasures()).containsEntry("pace.orders", "0.5").containsEntry("gmvPaid", "191340");
        assertThat(stage.page().locator("#standing").textContent()).contains("▼ behind", "▲ ahead");
        assertThat(stage.page().locator("#campaign-state").textContent()).isEqualTo("closed");
        assertThat(stage.page().locator("#campaigns bdi").allTextContents()).contains("sale-now", "sale-then");
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void campaign_thatDoesNotExist_isSaidSo() {
        stage.open("campaign.html?campaign=no-such-campaign&lang=en");

        stage.await("!document.querySelector('#unknown').hidden", SOON);

        assertThat(stage.page().locator("#unknown-campaign").textContent())
                .isEqualTo("No such campaign: no-such-campaign");
    }

    private void campaign(String id, long from, long to, Map<String, Object> targets, @Nullable String compareTo)
            throws Exception {
        Map<String, Object> plan =
                new HashMap<>(Map.of("name", id, "org", "screen-sale", "from", from, "to", to, "targets", targets));
        if (compareTo != null) {
            plan.put("compareTo", compareTo);
        }
        stage.send("PUT", "api/v1/campaigns/" + id, plan);
    }
}
