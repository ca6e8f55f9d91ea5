package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.LIVE;
import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The wall in Chromium, on a running demo. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScreenIT {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String DROPS_FELL = "Number(document.querySelector('#rain').dataset.drops) > 0";
    private static final String GROUPS_SHOWN = "document.querySelectorAll('#groups tbody tr').length > 0";
    private static final String PAID_ORDERS = "document.querySelector('[data-measure=\"today.ordersPaid\"]')";

    /** Longer than the page waits before its numbers turn grey, shorter than before it makes a new connection. */
    private static final Duration PAUSE = Duration.ofSeconds(4);

    @RegisterExtension
    static final StalledWall STALLED = new StalledWall();

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void orderRain_onARunningSale_falls_whileTheClockGoes_andThePageComplainsOfNothing() {
        stage.open("");
        stage.await(LIVE, SOON);
        stage.await(DROPS_FELL, SOON);
        stage.await(GROUPS_SHOWN, SOON);

        String[] first = clockAndMoment();
        stage.await("document.querySelector('#as-of').textContent !== '" + first[0] + "'", SOON);
        String[] second = clockAndMoment();
        // It goes on from the newest moment that was told, at most as far as the next may be away, and is written some
        // times a second.
        Instant told = Instant.ofEpochMilli(Long.parseLong(second[1])).truncatedTo(ChronoUnit.SECONDS);
        assertThat(IntStream.rangeClosed(-5, 6)
                        .mapToObj(seconds ->
                                told.plusSeconds(seconds).atZone(SHANGHAI).toLocalTime()))
                .contains(LocalTime.parse(second[0]));
        stage.assertNoComplaintAndNoOtherHost();
    }

    private String[] clockAndMoment() {
        return ((String)
                        stage.page()
                                .evaluate(
                                        "() => document.querySelector('#as-of').textContent + ' ' + document.body.dataset.asOf"))
                .split(" ", 2);
    }

    @Test
    void tile_duringASale_liesBetweenTheAnswersOfRestBeforeAndAfter() throws Exception {
        stage.open("");
        stage.await(LIVE, SOON);

        JsonNode before = stage.get("api/v1/orgs");
        stage.await(
                "Number(" + PAID_ORDERS + ".dataset.asOf) >= "
                        + before.get("asOf").asLong(),
                SOON);
        String[] shown = ((String) stage.page()
                        .evaluate("() => { const {asOf, value} = " + PAID_ORDERS
                                + ".dataset; return asOf + ' ' + value; }"))
                .split(" ", 2);
        JsonNode after = stage.getAsOf("api/v1/orgs", Long.parseLong(shown[0]));

        assertThat(Long.parseLong(shown[1])).isBetween(ordersPaidToday(before), ordersPaidToday(after));
    }

    @Test
    void tiles_ofAnOrgAtRest_showWhatRestAnswers_asPeopleReadIt() throws Exception {
        stage.register("tiles-1", "Tiles", "screen-tiles");
        stage.sendLines(
                "api/v1/events?wait=applied",
                List.of(
                        did("product.viewed", "m-1", Map.of("item", "tea")),
                        did("product.viewed", "m-3", Map.of("item", "tea")),
                        did("cart.added", "m-3", Map.of("item", "tea")),
                        did("order.created", "m-3", Map.of("order", "tiles-unpaid", "amount", 4_990))));
        stage.pay("tiles-1", "m-1", 123_450);
        stage.pay("tiles-1", "m-2", 67_890);
        stage.sendLines(
                "api/v1/events?wait=applied",
                List.of(did("order.refunded", "m-2", Map.of("order", "tiles-1-m-2", "amount", 7_890))));

        stage.open("?org=screen-tiles");
        stage.await(PAID_ORDERS + ".dataset.value === '2'", SOON);

        stage.assertMeasuresEqual("api/v1/orgs/screen-tiles");
        assertThat(stage.shownMeasures())
                .containsEntry("today.gmvPaid", "191340")
                .containsEntry("today.buyers", "2");
        Map<String, String> read = new TreeMap<>();
        for (String measure : List.of(
                "today.gmvPaid",
                "today.gmvNet",
                "today.unpaid",
                "rain.rate",
                "windows.30m.conversion",
                "windows.30m.funnel.touched",
                "windows.30m.funnel.carted",
                "windows.30m.funnel.ordered",
                "windows.30m.funnel.paid")) {
            read.put(
                    measure,
                    stage.page().locator("[data-measure='" + measure + "']").textContent());
        }
        // The rain is of the last 60 seconds, in which both came unless this machine was away meanwhile.
        assertThat(read.remove("rain.rate")).isIn("0", "1", "2");
        assertThat(read)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "today.gmvPaid", "¥1,913.40",
                        "today.gmvNet", "¥1,834.50",
                        "today.unpaid", "1",
                        "windows.30m.conversion", "50.0%",
                        "windows.30m.funnel.touched", "2",
                        "windows.30m.funnel.carted", "1",
                        "windows.30m.funnel.ordered", "3",
                        "windows.30m.funnel.paid", "2"));
    }

    private static Map<String, Object> did(String type, String member, Map<String, Object> more) {
        Map<String, Object> event = new HashMap<>(more);
        event.putAll(Map.of(
                "id",
                "tiles-" + type + member,
                "type",
                type,
                "ts",
                System.currentTimeMillis(),
                "group",
                "tiles-1",
                "member",
                member));
        return event;
    }

    @Test
    void board_ofAnOrgAtRest_ranksAsRestDoes() throws Exception {
        stage.register("board-1", "Board one", "screen-board");
        stage.register("board-2", "Board two", "screen-board");
        stage.pay("board-1", "m-1", 3_990);
        stage.pay("board-2", "m-1", 123_450);

        stage.open("?org=screen-board");
        stage.page().locator("#board-kinds button").nth(1).click();
        stage.await("document.querySelectorAll('#board[data-kind=groups] #board-rows li').length === 2", SOON);

        List<String> ranked = new ArrayList<>();
        stage.get("api/v1/boards/groups?scope=org:screen-board&window=30m")
                .get("items")
                .forEach(row -> ranked.add(row.get("name").asText()));
        assertThat(stage.page().locator("#board-rows .who").allTextContents())
                .isEqualTo(ranked)
                .containsExactly("Board two", "Board one");
        assertThat(stage.page().url()).contains("board=groups");
    }

    @Test
    void groupName_thatIsMarkup_isShownAsText() throws Exception {
        String name = "<img src=x onerror=\"window.wasRun = true\">";
        stage.register("markup-1", name, "screen-markup");
        stage.pay("markup-1", "m-1", 3_990);

        stage.open("?org=screen-markup");
        stage.await(GROUPS_SHOWN, SOON);
        stage.await("document.querySelectorAll('#newest li').length > 0", SOON);

        assertThat(stage.page().locator("#groups tbody th").textContent()).isEqualTo(name);
        assertThat(stage.page().locator("#newest li .who").textContent()).isIn(name, "markup-1");
        assertThat(stage.page().locator("img").count()).isZero();
        assertThat(stage.page().evaluate("() => 'wasRun' in window")).isEqualTo(false);
    }

    @Test
    void lostServer_greysTheNumbersWithinThreeSeconds_andItsReturnRevivesThem() throws Exception {
        SilenceWatch silence = SilenceWatch.on(stage);
        stage.open("");
        stage.await(LIVE, SOON);
        String colour = colourOfPaidOrders();

        try {
            silence.begin();
            stage.server().kill();
            silence.assertGreyInTime();
            assertThat(stage.page().locator("#lost").isVisible()).isTrue();
        } finally {
            stage.server().restart();
        }

        stage.await(LIVE, SOON);
        stage.await("getComputedStyle(" + PAID_ORDERS + ").color === '" + colour + "'", SOON);
        stage.await(DROPS_FELL, SOON);
        assertThat(stage.page().locator("#lost").isVisible()).isFalse();
    }

    @Test
    void silentServer_greysTheNumbersWithinThreeSeconds_andItsWordRevivesThemOnTheSameConnection() throws Exception {
        SilenceWatch silence = SilenceWatch.on(stage);
        stage.open("");
        stage.await(LIVE, SOON);
        long connections = connections();

        silence.begin();
        stage.server().freezeFor(PAUSE);
        silence.assertGreyInTime();

        stage.await(LIVE, SOON);
        assertThat(stage.page().locator("#lost").isVisible()).isFalse();
        assertThat(connections()).isEqualTo(connections);
    }

    /** The last one, so that least of the half minute is left to wait for. */
    @Test
    @Order(Integer.MAX_VALUE)
    void serverThatStallsForHalfAMinute_isFoundAgainAndItsNumbersAreRight() throws Exception {
        STALLED.assertGreyInTimeAndRightAfterwards();
    }

    @Test
    void thousandOrdersASecond_areCountedAndTheRestOfTheRainIsSaidNotToBeDrawn() throws Exception {
        stage.register("flood-1", "Flood", "screen-flood");
        stage.open("?org=screen-flood&lang=en");
        stage.await(LIVE, SOON);

        // It is said for three seconds, which this process may sleep through.
        stage.page()
                .evaluate("() => { const more = document.querySelector('#more'); new MutationObserver(() => {"
                        + " window.saidNotDrawn ||= more.textContent.includes('not drawn'); })"
                        + ".observe(more, {childList: true, characterData: true, subtree: true}); }");

        for (int second = 0; second < 3; second++) {
            stage.sendLines("api/v1/events?wait=applied", orders("flood-1", second));
        }
        stage.await("window.saidNotDrawn", SOON);
        stage.await(PAID_ORDERS + ".dataset.value === '3000'", SOON);

        stage.assertMeasuresEqual("api/v1/orgs/screen-flood");
        stage.await(DROPS_FELL, SOON);
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void ordersThatNameNoGroup_fallAndAreListedAsSuch() throws Exception {
        stage.open("?lang=en");
        stage.await(LIVE, SOON);
        stage.page()
                .evaluate("() => { const list = document.querySelector('#newest'); new MutationObserver(() => {"
                        + " window.saidWithoutGroup ||= list.textContent.includes('Without a group'); })"
                        + ".observe(list, {childList: true, characterData: true, subtree: true}); }");

        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String id = "groupless-" + i;
            events.add(Map.of(
                    "id",
                    id,
                    "type",
                    "order.paid",
                    "ts",
                    System.currentTimeMillis(),
                    "member",
                    "groupless-m",
                    "order",
                    id,
                    "amount",
                    1_990));
        }
        stage.sendLines("api/v1/events?wait=applied", events);
        stage.await("window.saidWithoutGroup", SOON);
        stage.await("Number(document.querySelector('#rain').dataset.drops) > 20", SOON);
        stage.assertNoComplaintAndNoOtherHost();
    }

    private static List<Map<String, Object>> orders(String group, int second) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String id = group + "-" + second + "-" + i;
            events.add(Map.of(
                    "id",
                    id,
                    "type",
                    "order.paid",
                    "ts",
                    System.currentTimeMillis(),
                    "group",
                    group,
                    "member",
                    "m-" + i,
                    "order",
                    id,
                    "amount",
                    1_990));
        }
        return events;
    }

    private long connections() {
        return stage.requests.stream().filter(url -> url.startsWith("ws:")).count();
    }

    /** The colour that the tile comes to rest in: a change of state fades, and half a fade is no colour to wait for. */
    private String colourOfPaidOrders() {
        stage.await(PAID_ORDERS + ".getAnimations().length === 0", SOON);
        return (String) stage.page().evaluate("() => getComputedStyle(" + PAID_ORDERS + ").color");
    }

    private static long ordersPaidToday(JsonNode org) {
        return org.at("/today/ordersPaid").asLong();
    }
}
