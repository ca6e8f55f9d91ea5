package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.LIVE;
import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of the alerts in Chromium, on a running demo. */
class AlertsPageIT {
    private static final String FIRING = "document.querySelector('#firing li[data-alert]')";
    private static final String RESOLVED = "document.querySelector('#resolved li[data-alert]')";

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void saleThatFallsBehind_firesWithoutANameForVisitors_andIsResolvedBeforeTheEyes() throws Exception {
        stage.register("alerts-1", "Alerts", "screen-alerts");
        stage.aim("screen-alerts", 1_000_000);

        stage.open("alerts.html?org=screen-alerts&lang=en");
        stage.await(FIRING + " !== null", SOON);

        JsonNode alert = stage.get("api/v1/alerts?org=screen-alerts&state=firing")
                .get("items")
                .get(0);
        assertThat(stage.page().locator("#firing .text").textContent())
                .isEqualTo(alert.get("text").asText());
        assertThat(stage.page().locator("#firing .alert-head").textContent()).contains("Sale behind", "Aim");
        assertThat(stage.page().locator("#firing .subject").getAttribute("href"))
                .contains("campaign.html?", "campaign=screen-alerts");
        assertThat(stage.page().locator("#firing .places a").getAttribute("href"))
                .contains("map.html?", "org=screen-alerts");
        assertThat(stage.page().locator("#firing .told").textContent()).isEqualTo("■ 1 firing");

        stage.assertNoComplaintAndNoOtherHost();
        stage.open("alerts.html?org=screen-alerts&lang=en&mask=1");
        stage.await(FIRING + " !== null", SOON);
        assertThat(stage.page().locator("#firing .subject").textContent()).isEqualTo("***");
        assertThat(stage.page().locator("#firing .subject[href]").count()).isZero();
        assertThat(stage.page().locator("#firing .text").textContent()).isEmpty();

        stage.aim("screen-alerts", 1);
        stage.pay("alerts-1", "m-1", 3_990);
        stage.await(RESOLVED + " !== null && " + FIRING + " === null", SOON);

        assertThat(stage.page().locator("#firing .told").textContent()).isEqualTo("✓ Nothing fires");
        assertThat(stage.page().locator("#resolved li").getAttribute("data-alert"))
                .isEqualTo(alert.get("id").asText());
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void alerts_ofNoSuchOrganisation_sayThatThereIsNone() {
        stage.open("alerts.html?org=nowhere&lang=en");
        stage.await("!document.querySelector('#unknown').hidden", SOON);

        assertThat(stage.page().locator("#unknown").textContent()).contains("No such organisation: nowhere");
    }

    @Test
    void silentGroups_amongTheStatesOnTheWall_leadToTheAlerts() {
        stage.open("?org=screen-alerts-states&lang=en");

        assertThat(stage.page()
                        .evaluate("async () => { const list = document.querySelector('#states');"
                                + " (await import('./js/states.js')).stateCounts(list, {NORMAL: 3, SILENT: 2});"
                                + " return [...list.querySelectorAll('a[href]')].map(link =>"
                                + " link.textContent + ' ' + link.getAttribute('href')); }"))
                .isEqualTo(List.of("■Silent 2 alerts.html?org=screen-alerts-states&lang=en"));
    }

    @Test
    void navigation_fromTheWall_leadsToTheAlertsOfTheSameOrganisation() throws Exception {
        stage.register("alerts-3", "Alerts", "screen-alerts-way");
        stage.open("?org=screen-alerts-way");
        stage.await(LIVE, SOON);

        stage.page().locator("#pages a[href*='alerts.html']").focus();
        stage.page().keyboard().press("Enter");
        stage.await(LIVE, SOON);

        assertThat(stage.page().url()).contains("alerts.html?org=screen-alerts-way");
        assertThat(stage.page().locator("#pages [aria-current]").textContent()).isEqualTo("告警");
    }
}
