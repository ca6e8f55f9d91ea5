package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The map of all groups in Chromium, on a running demo. */
class MapPageIT {
    private static final int MORE_THAN_TILES = 2_001;
    /** How a painted map of very many groups is laid out on this screen. */
    private static final int HEAD = 22;

    private static final int SMALLEST_CELL = 6;

    /** Goes from the first group on with the arrow key as long as that leads on, and counts those that it came to. */
    private static final String WALK = """
            () => {
              const reached = new Set();
              document.querySelector('.heat-tile').focus();
              while (!reached.has(document.activeElement)) {
                reached.add(document.activeElement);
                document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
              }
              return reached.size;
            }
            """;

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void tiles_ofAnOrg_areItsGroupsInTheStatesOfRest() throws Exception {
        threeGroups("screen-map");

        stage.open("map.html?org=screen-map");
        stage.await("document.querySelectorAll('.heat-tile').length === 3", SOON);

        Map<String, String> shown = new TreeMap<>();
        stage.page()
                .locator(".heat-tile")
                .all()
                .forEach(tile -> shown.put(tile.getAttribute("data-group"), tile.getAttribute("data-state")));
        Map<String, String> answered = new TreeMap<>();
        stage.get("api/v1/groups?org=screen-map")
                .get("items")
                .forEach(group -> answered.put(
                        group.get("group").asText(), group.get("state").asText()));
        assertThat(shown).isEqualTo(answered);
        assertThat(stage.page().locator(".heat-org h3 bdi").allTextContents())
                .containsExactly("screen-map/a", "screen-map/b");
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void group_reachedByArrowKeys_isToldAndOpened() throws Exception {
        threeGroups("screen-keys");

        stage.open("map.html?org=screen-keys&by=ordersPaid&lang=en");
        stage.await("document.querySelectorAll('.heat-tile').length === 3", SOON);
        stage.page().locator(".heat-tile[tabindex='0']").focus();
        stage.page().keyboard().press("ArrowRight");
        stage.await("document.querySelector('#heat-told').textContent.includes('screen-keys two')", SOON);
        assertThat(stage.page().locator("#heat-told").textContent()).contains("Paid orders last 5 min 1");
        stage.page().keyboard().press("Enter");

        stage.page().waitForURL("**/group.html?**group=screen-keys-2**");
    }

    @Test
    void org_chosenOnTheMap_isDrilledInto() throws Exception {
        threeGroups("screen-drill");

        stage.open("map.html?org=screen-drill");
        stage.page().locator(".heat-org h3 a").first().click();

        stage.page().waitForURL("**/map.html?org=screen-drill/a");
        stage.await("document.querySelectorAll('.heat-tile').length === 2", SOON);
        assertThat(stage.page().locator("#path").textContent()).contains("screen-drill", "a");
    }

    @Test
    void moreGroupsThanTiles_arePaintedAndReachedByKey() throws Exception {
        stage.sendLines(
                "api/v1/events?wait=applied",
                IntStream.range(0, MORE_THAN_TILES)
                        .mapToObj(n -> Map.<String, Object>of(
                                "id",
                                "many-" + n,
                                "type",
                                "message.sent",
                                "ts",
                                System.currentTimeMillis(),
                                "group",
                                "many-" + n,
                                "member",
                                "m-1"))
                        .collect(Collectors.toList()));

        stage.open("map.html?lang=en");
        stage.await("Number(document.querySelector('#heat canvas')?.dataset.cells) > " + MORE_THAN_TILES, SOON);
        stage.page().locator("#heat canvas").focus();
        stage.page().keyboard().press("ArrowRight");
        stage.await("document.querySelector('#heat-told').textContent.includes('Members')", SOON);
        stage.page().keyboard().press("Enter");

        stage.page().waitForURL("**/group.html?**group=**");
        stage.assertNoComplaintAndNoOtherHost();
    }

    /** On a large screen tiles are as large as lets all groups be seen at once, and no smaller. */
    @Test
    void tiles_ofAFewHundredGroups_fillTheScreenAndDoNotLeaveIt() {
        stage.openWindow(new Browser.NewContextOptions().setViewportSize(2560, 1440));
        answerGroups(300);
        stage.open("map.html?lang=en");
        stage.await("document.querySelectorAll('.heat-tile').length === 300", SOON);

        for (int[] size : new int[][] {{2560, 1440}, {1920, 1080}, {3840, 2160}}) {
            stage.page().setViewportSize(size[0], size[1]);
            stage.await("innerWidth === " + size[0], SOON);

            assertThat(stage.page().evaluate("() => document.documentElement.scrollHeight - innerHeight"))
                    .as("%d × %d", size[0], size[1])
                    .isEqualTo(0);
            assertThat(((Number) stage.page()
                                    .evaluate("() => document.querySelector('.heat-tile').offsetHeight"
                                            + " / parseFloat(getComputedStyle(document.documentElement).fontSize)"))
                            .doubleValue())
                    .isGreaterThan(2);
        }
    }

    /** What a pointer tells of a tile the keys tell too, and Enter opens it. */
    @Test
    void asManyGroupsAsThereCanBeTiles_areReachedByPointerAndByKeyAlike() {
        answerGroups(2_000);

        stage.open("map.html?lang=en");
        stage.await("document.querySelectorAll('.heat-tile').length === 2000", SOON);
        stage.page().locator(".heat-tile[data-group='many-0001']").hover();
        String pointed = told("Many 0001");
        stage.page().locator(".heat-tile[tabindex='0']").focus();
        told("Many 0000");
        stage.page().keyboard().press("ArrowRight");
        assertThat(told("Many 0001")).isEqualTo(pointed);
        assertThat(stage.page().evaluate(WALK))
                .as("groups that arrow keys alone lead to")
                .isEqualTo(2_000);
        stage.page().keyboard().press("End");
        told("Many 1999");
        stage.page().keyboard().press("ArrowUp");
        stage.page().keyboard().press("ArrowDown");
        told("Many 1999");
        stage.page().keyboard().press("Enter");

        stage.page().waitForURL("**/group.html?**group=many-1999**");
    }

    @Test
    void fiftyThousandGroups_arePainted_andReachedByPointerAndByKeyAlike() {
        answerGroups(50_000);

        stage.open("map.html?lang=en");
        stage.await("document.querySelector('#heat canvas')?.dataset.cells === '50000'", SOON);
        Locator canvas = stage.page().locator("#heat canvas");
        canvas.focus();
        stage.page().keyboard().press("ArrowRight");
        told("Many 0000");
        stage.page().keyboard().press("ArrowDown");
        stage.await("!document.querySelector('#heat-told').textContent.includes('Many 0000')", SOON);
        String below = stage.page().locator("#heat-told").textContent();
        assertThat(below).contains("Many ", "Members 12");
        canvas.hover(new Locator.HoverOptions().setPosition(2, HEAD + 2));
        told("Many 0000");
        canvas.hover(new Locator.HoverOptions().setPosition(2, HEAD + SMALLEST_CELL + 2));
        stage.await("!document.querySelector('#heat-told').textContent.includes('Many 0000')", SOON);
        assertThat(stage.page().locator("#heat-told").textContent()).isEqualTo(below);
        stage.page().keyboard().press("End");
        told("Many 49999");
        stage.page().keyboard().press("Enter");

        stage.page().waitForURL("**/group.html?**group=many-49999**");
    }

    /** Waits until the map tells of that group, and what it tells. */
    private String told(String name) {
        stage.await("document.querySelector('#heat-told').textContent.includes('" + name + " ')", SOON);
        return stage.page().locator("#heat-told").textContent();
    }

    /** So many groups in ten stores, as the query would page them; to make them all would burden the server of all tests. */
    private void answerGroups(int count) {
        stage.page().route(url -> url.contains("/api/v1/groups?"), route -> {
            Matcher cursor =
                    Pattern.compile("cursor=(\\d+)").matcher(route.request().url());
            int from = cursor.find() ? Integer.parseInt(cursor.group(1)) : 0;
            int to = Math.min(count, from + 1_000);
            String items = IntStream.range(from, to)
                    .mapToObj(n -> String.format(
                            "{\"group\":\"many-%04d\",\"name\":\"Many %04d\",\"orgs\":[\"many/s%d\"],"
                                    + "\"state\":\"NORMAL\",\"members\":12}",
                            n, n, n * 10L / count))
                    .collect(Collectors.joining(","));
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"asOf\":" + System.currentTimeMillis() + ",\"items\":[" + items + "],\"cursor\":"
                            + (to < count ? "\"" + to + "\"" : "null") + "}"));
        });
    }

    private void threeGroups(String org) throws Exception {
        stage.register(org + "-1", org + " one", org + "/a");
        stage.register(org + "-2", org + " two", org + "/a");
        stage.register(org + "-3", org + " three", org + "/b");
        stage.pay(org + "-2", "m-1", 3_990);
    }
}
