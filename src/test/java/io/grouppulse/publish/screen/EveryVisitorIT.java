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

/** Every page in both languages: by keyboard alone, and for a visitor who may see no money and no name and wants less motion. */
class EveryVisitorIT {
    private static final int STEPS = 12;

    /** Notes of each element that gets the focus what it is, and what of it is wrong. */
    private static final String WATCH_FOCUS = """
            () => {
              window.walk = [];
              let before = null;
              document.addEventListener('focusin', ({ target }) => {
                const style = getComputedStyle(target);
                const name = target.getAttribute('aria-label') ?? target.labels?.[0]?.textContent ?? target.textContent;
                // Behind the last element the walk begins anew.
                if (target.matches('.skip')) before = null;
                const faults = [];
                if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0) faults.push('no outline');
                if (name.trim() === '' && !target.hasAttribute('aria-labelledby')) faults.push('no name');
                if (before?.isConnected && !(before.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING)) {
                  faults.push('out of order');
                }
                before = target;
                window.walk.push([target.outerHTML.slice(0, 120), faults.join(', ')]);
              });
            }
            """;

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
    void page_byKeyboardAlone_leadsOnInOrderAndShowsWhereOneIs(String address) {
        open(address, new Browser.NewContextOptions().setViewportSize(390, 844));
        stage.page().evaluate(WATCH_FOCUS);

        for (int step = 0; step < STEPS; step++) {
            stage.page().keyboard().press("Tab");
        }
        List<?> walk = (List<?>) stage.page().evaluate("() => window.walk");
        assertThat(walk).isNotEmpty();
        assertThat(walk.get(0).toString()).contains("class=\"skip\"");
        assertThat(walk)
                .allSatisfy(each -> assertThat((String) ((List<?>) each).get(1))
                        .as(each.toString())
                        .isEmpty());

        stage.page().locator(".skip").focus();
        stage.page().keyboard().press("Enter");
        stage.await("document.activeElement === document.querySelector(location.hash)", SOON);
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

    private void open(String address, Browser.NewContextOptions visitor) {
        stage.openWindow(visitor);
        stage.open(address);
        stage.await(LIVE + " && " + EveryPageIT.FILLED, SOON);
    }

    /** Names and ids of the demo's groups, but not the id that the address of the group's page names. */
    private Set<String> namesOfTheDemo() {
        Set<String> names = new TreeSet<>();
        for (JsonNode group :
                stage.get("api/v1/groups?limit=1000&fields=group,name").get("items")) {
            if (group.get("group").asText().matches("g\\d{4}")) {
                names.add(group.get("group").asText());
                names.add(group.get("name").asText());
            }
        }
        names.remove("g0001");
        return names;
    }

    static Stream<String> pages() {
        return EveryPageIT.PAGES.stream().flatMap(page -> Stream.of(page + "&lang=zh", page + "&lang=en"));
    }
}
