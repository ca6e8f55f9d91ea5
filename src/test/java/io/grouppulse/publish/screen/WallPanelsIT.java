package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wall shows beside its numbers: the campaign, what operators did, who is behind and who is silent. */
class WallPanelsIT {
    /** To wait for a real silence would take hours. */
    private static final String SILENCE = """
            {"asOf":1795399200000,"cursor":null,"items":[{"group":"quiet-1","name":"%s",
            "silence":{"since":1795398300000,"expected":37.2,"seen":0,"probability":0.01,"deadline":null,"parent":null}}]}
            """;

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void campaign_thatRuns_isOnTheWallWithItsPaceAndTheGroupsBehind() throws Exception {
        stage.register("pace-1", "Pace one", "screen-pace");
        stage.register("pace-2", "Pace two", "screen-pace");
        long before = System.currentTimeMillis();
        stage.pay("pace-1", "m-1", 3_990);
        long between = System.currentTimeMillis() + 1;
        campaign("pace-then", "screen-pace", before - 1, between, Map.of());
        campaign(
                "pace-now",
                "screen-pace",
                between,
                between + 600_000,
                Map.of("compareTo", "pace-then", "targets", Map.of("orders", 9)));
        stage.pay("pace-2", "m-2", 3_990);

        stage.open("?org=screen-pace&lang=en");
        stage.await("document.querySelector('#pace-standing').dataset.orders === '1'", SOON);
        stage.await("document.querySelector('#behind li[data-group=pace-1] .who').textContent === 'Pace one'", SOON);
        stage.await("document.querySelectorAll('#pace-line polyline').length >= 2", SOON);

        assertThat(stage.page().locator("#pace-campaign").textContent()).isEqualTo("pace-now");
        assertThat(stage.page().locator("#pace-legend").textContent()).contains("pace-then");
        assertThat(stage.page().locator("#pace-standing").textContent()).isEqualTo("1 orders · running");
        assertThat(stage.page().locator("#behind li").allTextContents()).containsExactly("▼ 1Pace one0 / 1");
        stage.assertMeasuresEqual("api/v1/orgs/screen-pace");
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void operatorsActions_standBelowTheOrders_andSilentGroupsBesideThem() throws Exception {
        stage.register("acts-1", "Acts", "screen-acts");
        stage.pay("acts-1", "m-1", 3_990);
        long minute = System.currentTimeMillis() / 60_000 * 60_000;
        stage.sendLines(
                "api/v1/events?wait=applied",
                List.of(
                        act("flash.started", minute - 600_000),
                        act("share.posted", minute - 600_000),
                        act("redpacket.sent", minute - 60_000)));
        silenceOf("Quiet one");

        stage.open("?org=screen-acts&lang=en");
        stage.await("document.querySelectorAll('#timeline li').length === 2", SOON);
        stage.page().locator("#silent li").waitFor();

        assertThat(stage.page().locator("#timeline li").allTextContents()).containsExactlyInAnyOrder("flash", "");
        assertThat(stage.page().locator("#timeline-told").textContent())
                .contains("red packet ×1")
                .contains("flash ×1 share ×1");
        assertThat(stage.page().locator("#silent li").textContent()).contains("■ 15 min", "Quiet one", "saw 0 of 37.2");
        assertThat(stage.page().locator("#silent .nothing").isVisible()).isFalse();
    }

    @Test
    void triggerOfTheRain_isNamed_andLeadsToItsGroup() throws Exception {
        stage.register("trigger-1", "Trigger one", "screen-trigger");
        // An episode begins with a whole second, and what set it off is before that.
        stage.sendLines(
                "api/v1/events?wait=applied",
                List.of(Map.of(
                        "id",
                        "trigger-flash",
                        "type",
                        "flash.started",
                        "ts",
                        System.currentTimeMillis() - 2_000,
                        "group",
                        "trigger-1",
                        "item",
                        "tea")));
        for (int member = 0; member < 6; member++) {
            stage.pay("trigger-1", "m-" + member, 3_990);
        }

        stage.open("?org=screen-trigger&lang=en");
        stage.await("document.querySelector('#episode a[href]') !== null", SOON);

        assertThat(stage.page().locator("#episode").textContent()).contains("after a flash sale tea", "Trigger one");
        assertThat(stage.page().locator("#episode a").getAttribute("href"))
                .contains("group.html?", "group=trigger-1", "lang=en");
    }

    /** As many orders as then and less money; and a silence. Names of nine to eleven letters are usual. */
    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void groupsBehindInMoneyAndSilentOnes_keepTheirNames_onEveryScreen(String language) throws Exception {
        String org = "screen-named-" + language;
        String group = "named-" + language;
        stage.register(group, "五一广场店会员205群", org);
        long before = System.currentTimeMillis();
        stage.pay(group, "m-1", 517_970);
        long between = System.currentTimeMillis() + 1;
        campaign(org + "-then", org, before - 1, between, Map.of());
        campaign(org + "-now", org, between, between + 600_000, Map.of("compareTo", org + "-then"));
        stage.pay(group, "m-2", 312_980);
        silenceOf("九江店会员205群");

        stage.open("?org=" + org + "&lang=" + language);
        stage.await(
                "document.querySelector('#behind li[data-group=" + group + "] .full')?.textContent.includes('/')",
                SOON);
        stage.await("document.querySelector('#behind .who')?.textContent.endsWith('205群')", SOON);
        for (int[] size : new int[][] {{1920, 1080}, {3840, 2160}, {390, 844}}) {
            stage.page().setViewportSize(size[0], size[1]);
            stage.page().locator("#silent").scrollIntoViewIfNeeded();
            stage.page().locator("#silent li").waitFor();

            assertThat(stage.page()
                            .evaluate("() => [...document.querySelectorAll('#behind .who, #silent .who')]"
                                    + ".map(name => name.scrollWidth <= name.clientWidth)"))
                    .as("names that are whole on %d × %d", size[0], size[1])
                    .isEqualTo(List.of(true, true));
            assertThat(stage.page().locator("#behind .at").innerText()).isEqualTo("▼ ¥2,050");
            assertThat(stage.page().locator("#behind .amount").innerText()).isEqualTo("60%");
            assertThat(stage.page().locator("#behind .amount").getAttribute("title"))
                    .isEqualTo("¥3,129.80 / ¥5,179.70");
            assertThat(stage.page().locator("#silent .amount").innerText()).isEqualTo("0 / 37.2");
        }
    }

    private void silenceOf(String name) {
        stage.page()
                .route(
                        "**/api/v1/groups?*state=SILENT*",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(SILENCE.formatted(name))));
    }

    private static Map<String, Object> act(String type, long ts) {
        return Map.of("id", type + ts, "type", type, "ts", ts, "group", "acts-1", "share", "s-1", "item", "i-1");
    }

    private void campaign(String id, String org, long from, long to, Map<String, Object> more) throws Exception {
        Map<String, Object> plan = new HashMap<>(more);
        plan.putAll(Map.of("name", id, "org", org, "from", from, "to", to));
        stage.send("PUT", "api/v1/campaigns/" + id, plan);
    }
}
