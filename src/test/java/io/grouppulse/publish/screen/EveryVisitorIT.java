package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.LIVE;
import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page in both languages for a visitor who may see no money and no name and wants less motion; and what is in an address. */
class EveryVisitorIT {
    @RegisterExtension
    final Stage stage = new Stage();

    /** So that the page of the alerts has one to show. */
    @BeforeEach
    void letASaleFallBehind() throws Exception {
        stage.register("every-1", "Every", "screen-every");
        stage.aim("screen-every", 1_000_000);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_forACalmVisitor_showsNoMoneyNoNameAndNoMotion(String address) {
        open(
                address + "&mask=1",
                new Browser.NewContextOptions().setViewportSize(390, 844).setReducedMotion(ReducedMotion.REDUCE));

        String all = stage.page().content() + stage.page().title();
        assertThat(all).doesNotContainPattern("[¥￥]\\s?\\d");
        assertThat(namesOfTheDemo()).hasSizeGreaterThan(10).noneMatch(all::contains);
        assertThat(stage.page()
                        .evaluate(
                                "() => [...document.querySelectorAll('[data-measure*=gmv i], [data-measure*=money i]')]"
                                        + ".filter(tile => tile.dataset.value !== undefined && !tile.dataset.measure.startsWith('pace.'))"
                                        + ".map(tile => tile.dataset.measure)"))
                .isEqualTo(List.of());
        assertThat(stage.page()
                        .evaluate("() => [...document.querySelectorAll('a[href*=report], [href*=ledger]')]"
                                + ".filter(link => link.checkVisibility()).map(link => link.href)"))
                .isEqualTo(List.of());
        assertThat(stage.page().evaluate("() => document.getAnimations().length"))
                .isEqualTo(0);
        assertThat(stage.page()
                        .evaluate("() => [...document.querySelectorAll('#rain')].every(sky =>"
                                + " getComputedStyle(sky).visibility === 'hidden'"
                                + " && getComputedStyle(document.querySelector('#calm-rain')).display !== 'none')"))
                .isEqualTo(true);
    }

    @Test
    void wall_fillsTheScreenAndLeavesItAgain() {
        stage.open("?lang=en");
        stage.await(LIVE, SOON);

        stage.page().locator("#full-screen").click();
        stage.await("document.fullscreenElement === document.documentElement", SOON);
        stage.page().locator("#full-screen").click();
        stage.await("document.fullscreenElement === null", SOON);
    }

    @Test
    void orderOfTheGroups_isInTheAddress() {
        stage.open("?lang=en&sort=-gmvPaid");
        stage.await("document.querySelectorAll('#groups tbody tr').length > 1", SOON);
        assertThat(stage.page().locator("#groups [aria-sort=descending]").textContent())
                .startsWith("Paid");

        stage.page().locator("#groups thead button").first().click();
        stage.await("location.search.includes('sort=group')", SOON);
        stage.page().reload();
        stage.page().locator("#groups [aria-sort=ascending]").waitFor();

        assertThat(stage.page().locator("#groups [aria-sort]").textContent()).startsWith("Group");
    }

    /** Whoever gets the address sees what the sender sees, and so does whoever loads it again. */
    @Test
    void addressOfTheWall_isAllThatItShows() throws Exception {
        stage.register("every-2", "Every two", "screen-every/two");
        stage.pay("every-2", "m-1", 123_450);
        String address =
                "?org=screen-every/two&campaign=screen-every&board=channels&sort=gmvPaid&zone=Asia/Tokyo&lang=en";
        stage.open(address);
        String shown = wallShown();

        assertThat(shown).isEqualTo("two|Aim|Channels|ascending Paid|GMT+9|Visitor mode|¥1,234.50");
        stage.page().reload();
        assertThat(wallShown()).isEqualTo(shown);
        stage.open(address + "&mask=1");
        assertThat(wallShown()).isEqualTo("two|***|Channels|ascending Paid|GMT+9|Leave visitor mode|***");
    }

    /** Organisation, campaign, board, order, zone, mode and today's money, once all of them are there. */
    private String wallShown() {
        stage.await(
                LIVE + " && document.querySelector('#pace-campaign').textContent !== ''"
                        + " && document.querySelector('#groups tbody tr') !== null"
                        + " && document.querySelector('[data-measure=\"today.gmvPaid\"]').textContent !== '–'",
                SOON);
        return (String) stage.page()
                .evaluate("() => { const text = (selector) => document.querySelector(selector).textContent;"
                        + " const sorted = document.querySelector('#groups [aria-sort]');"
                        + " return [text('#path [aria-current]'), text('#pace-campaign'),"
                        + " text('#board-kinds [aria-pressed=true]'),"
                        + " `${sorted.getAttribute('aria-sort')} ${sorted.textContent}`,"
                        + " text('#as-of-day').split(' ').at(-1), text('#mask'),"
                        + " text('[data-measure=\"today.gmvPaid\"]')].join('|'); }");
    }

    private void open(String address, Browser.NewContextOptions visitor) {
        stage.openWindow(visitor);
        stage.open(address);
        stage.await(LIVE + " && " + EveryPageIT.FILLED, SOON);
    }

    /** Names, ids and owners of the demo's groups and names of its sales, but not the id that the address of the group's page names. */
    private Set<String> namesOfTheDemo() {
        Set<String> names = new TreeSet<>();
        for (JsonNode group :
                stage.get("api/v1/groups?limit=1000&fields=group,name,owner").get("items")) {
            if (group.get("group").asText().matches("g\\d{4}")) {
                names.add(group.get("group").asText());
                names.add(group.get("name").asText());
                names.add(group.get("owner").asText());
            }
        }
        names.remove("g0001");
        for (JsonNode sale : stage.get("api/v1/campaigns?limit=100").get("items")) {
            // Those of other tests are called after their ids, which stand in addresses.
            if (sale.get("id").asText().startsWith("flash-")) {
                names.add(sale.get("name").asText());
            }
        }
        return names;
    }

    static Stream<String> pages() {
        return EveryPageIT.PAGES.stream().flatMap(page -> Stream.of(page + "&lang=zh", page + "&lang=en"));
    }
}
