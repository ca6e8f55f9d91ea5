package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A finished sale once more, in Chromium, on a running demo. */
class ReplayPageIT {
    private static final String MOMENT = "Number(document.body.dataset.moment)";

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void replay_ofNoSaleInParticular_leadsToTheCampaigns() {
        stage.open("replay.html?lang=en");

        stage.await("location.pathname.endsWith('/campaign.html')", SOON);
        stage.await(Stage.LIVE, SOON);
    }

    @Test
    void finishedSale_atItsEnd_showsWhatRestAnswersOfTheCampaign() throws Exception {
        sale("replay-end");

        stage.open("replay.html?campaign=replay-end&lang=en");
        stage.await("document.querySelector('[data-measure=ordersPaid]').dataset.value === '0'", SOON);
        slideTo(1000);
        stage.await("document.querySelector('[data-measure=ordersPaid]').dataset.value === '12'", SOON);

        stage.page().locator("#newest li").nth(11).waitFor();
        assertThat(shown("gmvPaid"))
                .isEqualTo(
                        stage.get("api/v1/campaigns/replay-end").get("gmvPaid").asText());
        assertThat(shown("ordersPaid"))
                .isEqualTo(stage.get("api/v1/campaigns/replay-end")
                        .get("ordersPaid")
                        .asText());
        assertThat(stage.page().url()).contains("at=");
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void finishedSale_played_letsItsOrdersFallAndEnds() throws Exception {
        sale("replay-play");

        stage.open("replay.html?campaign=replay-play&lang=en");
        stage.await("!document.querySelector('#controls').hidden", SOON);
        stage.page().locator("#speed").focus();
        stage.page().keyboard().press("ArrowDown");
        stage.await("document.querySelector('#speed').value === '60'", SOON);
        stage.page().locator("#play").focus();
        stage.page().keyboard().press("Enter");
        stage.await("document.querySelector('[data-measure=ordersPaid]').dataset.value === '12'", SOON);

        stage.await("document.body.dataset.playing === 'false'", SOON);
        stage.await("Number(document.querySelector('#rain').dataset.drops) > 0", SOON);
        assertThat(stage.page().locator("#play").textContent()).contains("Play");
        assertThat(stage.page().url()).contains("speed=60");
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void moment_inTheAddress_isShownAtOnceWithWhatHadComeByThen() throws Exception {
        long from = sale("replay-at");

        stage.open("replay.html?campaign=replay-at&at=" + (from + 50_000));
        stage.await(MOMENT + " === " + (from + 50_000), SOON);

        assertThat(shown("ordersPaid")).isEqualTo("5");
        // The 60 seconds up to that moment reach back to before the sale.
        assertThat(shown("rate")).isEqualTo("6");
        stage.page().locator("#slider").focus();
        stage.page().keyboard().press("Home");
        stage.await("document.querySelector('[data-measure=ordersPaid]').dataset.value === '0'", SOON);
    }

    @Test
    void campaign_ofChosenGroups_isReplayedWithTheirOrdersAlone() throws Exception {
        long from = sale("replay-chosen");
        stage.register("replay-other", "Other", "replay-chosen");
        stage.pay("replay-other", "m-1", 9_990);
        stage.send(
                "PUT",
                "api/v1/campaigns/replay-groups",
                Map.of("name", "chosen", "groups", List.of("replay-chosen-1"), "from", from, "to", from + 120_000));

        stage.open("replay.html?campaign=replay-groups&board=groups&lang=en");
        stage.await("!document.querySelector('#controls').hidden", SOON);
        slideTo(1000);
        stage.await("document.querySelector('[data-measure=ordersPaid]').dataset.value === '12'", SOON);

        assertThat(stage.page().locator("#board-rows .who").allTextContents()).containsExactly("Replay");
        assertThat(stage.page().locator("#board-rows li").getAttribute("data-orders"))
                .isEqualTo("15");
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void funnelLineAndTimeline_areThoseOfTheMoment() throws Exception {
        long from = sale("replay-panels");
        stage.sendLines(
                "api/v1/events?wait=applied",
                List.of(
                        done("flash.started", from + 1_000, Map.of("item", "tea")),
                        done("product.viewed", from + 2_000, Map.of("member", "m-1", "item", "tea")),
                        done("redpacket.sent", from + 119_000, Map.of())));
        stage.send(
                "PUT",
                "api/v1/campaigns/replay-panels",
                Map.of(
                        "name",
                        "Replay",
                        "org",
                        "replay-panels",
                        "from",
                        from,
                        "to",
                        from + 120_000,
                        "targets",
                        Map.of("orders", 24)));

        stage.open("replay.html?campaign=replay-panels&lang=en&speed=300&at=" + (from + 50_000));
        stage.await(MOMENT + " === " + (from + 50_000), SOON);

        assertThat(stage.page().locator("#speed").inputValue()).isEqualTo("300");
        assertThat(stage.page().locator("#pace-line").getAttribute("aria-label"))
                .isEqualTo("Paid orders so far: 5 now, target by now 10");
        assertThat(stage.page().locator("#pace-line polyline").count()).isEqualTo(2);
        assertThat(stage.page().locator("#timeline li").count()).isEqualTo(2);
        assertThat(stage.page().locator("#timeline li[data-ahead=true]").getAttribute("data-kind"))
                .isEqualTo("redPackets");
        assertThat(stage.page().locator("#timeline-told").textContent())
                .contains("flash ×1")
                .doesNotContain("red packet");
        // What happened in a minute is told of whole minutes, wherever in one the sale began.
        slideTo(1000);
        stage.await("document.querySelector('[data-measure=\"steps.touches\"]').dataset.value === '1'", SOON);
        assertThat(stage.page().locator("#timeline-told").textContent()).contains("red packet ×1");
        stage.assertNoComplaintAndNoOtherHost();
    }

    private static Map<String, Object> done(String type, long ts, Map<String, Object> more) {
        Map<String, Object> event = new HashMap<>(more);
        event.putAll(Map.of("id", type + ts, "type", type, "ts", ts, "group", "replay-panels-1"));
        return event;
    }

    @Test
    void campaignPage_leadsToReplayAndReport() throws Exception {
        sale("replay-way");

        stage.open("campaign.html?campaign=replay-way&org=replay-way&lang=en");
        stage.page().locator("#to-replay[href]").waitFor();
        String report = stage.page().locator("#to-report").getAttribute("href");
        stage.page().locator("#to-replay").click();
        stage.await("!document.querySelector('#controls').hidden", SOON);

        assertThat(stage.page().navigate(report).status()).isEqualTo(200);
    }

    /** Two minutes of a sale, not from a whole minute on, with an order every ten seconds from its start; its start. */
    private long sale(String org) throws Exception {
        long from = System.currentTimeMillis() - 150_000;
        stage.register(org + "-1", "Replay", org);
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = -3; i < 12; i++) {
            Map<String, Object> event = new HashMap<>();
            event.put("id", org + i);
            event.put("type", "order.paid");
            event.put("ts", from + 10_000L * i);
            event.put("group", org + "-1");
            event.put("member", "m-" + i);
            event.put("order", org + i);
            event.put("amount", 1_000 + i);
            events.add(event);
        }
        stage.sendLines("api/v1/events?wait=applied", events);
        stage.send(
                "PUT",
                "api/v1/campaigns/" + org,
                Map.of("name", "Replay", "org", org, "from", from, "to", from + 120_000));
        return from;
    }

    private void slideTo(int place) {
        stage.page()
                .locator("#slider")
                .evaluate(
                        "(slider, place) => { slider.value = place;"
                                + " slider.dispatchEvent(new Event('input')); slider.dispatchEvent(new Event('change')); }",
                        place);
    }

    private String shown(String measure) {
        return stage.page().locator("[data-measure='" + measure + "']").getAttribute("data-value");
    }
}
