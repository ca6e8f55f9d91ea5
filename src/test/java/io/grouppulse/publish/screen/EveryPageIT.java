package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.LIVE;
import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page: everybody can use it, on a wall and a phone, in both languages. */
class EveryPageIT {
    static final List<String> PAGES = List.of(
            "?x=1",
            "group.html?group=g0001",
            "map.html?by=activeness",
            "campaign.html?org=bbg",
            "alerts.html?x=1",
            "replay.html?campaign=screen-every",
            "sources.html?x=1");
    static final String FILLED =
            "document.querySelector('.value, tbody tr, .heat-tile, #heat canvas, .alerts li') !== null";
    /**
     * A tile says it beside its title or number, or on its axis of time; those that only name something or are controls
     * have none, and some say it once somebody looks at them.
     */
    private static final String EVERY_TILE_SAYS_ITS_WINDOW = "(() => { const silent = [...document.querySelectorAll("
            + "'.tile:not(.panel .tile), .panel:not(.identity, .controls)')].filter(tile => tile.checkVisibility()"
            + " && ![...tile.querySelectorAll('small, .axis')].some(({textContent}) => textContent.trim() !== ''));"
            + " silent[0]?.scrollIntoView(); return silent.length === 0; })()";

    /** A state, and whether a source is up, is told by a shape as well as by a colour. */
    private static final String NO_STATE_BY_COLOUR_ALONE = "[...document.querySelectorAll('[data-state], [data-up]')]"
            + ".filter(each => each.checkVisibility() && !/[\u25a0-\u25ff\u2713\u2715?]/u.test(each.textContent))"
            + ".map(each => each.outerHTML.slice(0, 120))";

    /**
     * Notes of each element that gets the focus what it is, and what of it is wrong. Behind the last element the walk
     * begins anew, at the link that skips what every page has.
     */
    private static final String WATCH_FOCUS = """
            () => {
              const walk = { reached: new Set(), faults: [], rounds: 0, first: null };
              let before = null;
              document.addEventListener('focusin', ({ target }) => {
                const style = getComputedStyle(target);
                const name = target.getAttribute('aria-label') ?? target.labels?.[0]?.textContent ?? target.textContent;
                if (target.matches('.skip')) {
                  walk.rounds += 1;
                  before = null;
                }
                const faults = [];
                if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0) faults.push('no outline');
                if (name.trim() === '' && !target.hasAttribute('aria-labelledby')) faults.push('no name');
                if (!target.checkVisibility({ opacityProperty: true })) faults.push('not to be seen');
                if (before?.isConnected && !(before.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING)) {
                  faults.push('out of order');
                }
                before = target;
                walk.reached.add(target);
                if (faults.length > 0) walk.faults.push(`${target.outerHTML.slice(0, 120)}: ${faults.join(', ')}`);
              });
              window.walk = walk;
            }
            """;

    /** What can be acted on and was not reached; of the tiles of a map one is, and from it the arrow keys lead on. */
    private static final String NOT_REACHED = "[...document.querySelectorAll("
            + "'a[href], button, input, select, summary, [tabindex=\"0\"]')]"
            + ".filter(each => each.checkVisibility() && each.tabIndex >= 0 && !window.walk.reached.has(each))"
            + ".map(each => each.outerHTML.slice(0, 120))";

    /** Thrice as many as the longest page has, a list of fifty groups included. */
    private static final int MOST_STEPS = 400;

    private static final int STEPS_AT_ONCE = 10;

    private static final int MOST_BYTES_OF_THE_WALL = 500_000;
    private static final Path SCREENS = Path.of("target", "screens");

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
    void page_onAWallInChinese_fits_hasNoSeriousFaultOfAccess_andIsReachedByKeyboardAlone(String address)
            throws IOException {
        assertUsable(address + "&lang=zh", 1920, 1080);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_onAPhoneInEnglish_fits_hasNoSeriousFaultOfAccess_andIsReachedByKeyboardAlone(String address)
            throws IOException {
        assertUsable(address + "&lang=en", 390, 844);
    }

    /** Also keeps a picture of it beside the reports, to be looked at. */
    private void assertUsable(String address, int width, int height) throws IOException {
        stage.openWindow(new Browser.NewContextOptions().setViewportSize(width, height));
        stage.open(address);
        stage.await(LIVE + " && " + FILLED, SOON);
        stage.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENS.resolve(nameOf(address) + "-" + width + "x" + height + ".jpg"))
                        .setType(ScreenshotType.JPEG)
                        .setQuality(80));

        assertThat(stage.page().evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .as("what is wider than the screen")
                .isEqualTo(0);
        stage.await(EVERY_TILE_SAYS_ITS_WINDOW, SOON);
        stage.assertNoComplaintAndNoOtherHost();
        assertThat(stage.page().evaluate("() => " + NO_STATE_BY_COLOUR_ALONE)).isEqualTo(List.of());
        assertNoSeriousFaultOfAccess();
        assertReachedByKeyboardAlone();
    }

    /**
     * What is listed can change while one walks, so what came meanwhile is looked for in another round; what comes after the
     * last look is not.
     */
    private void assertReachedByKeyboardAlone() {
        stage.page().evaluate(WATCH_FOCUS);
        Object missing = List.of("nothing was walked to");
        for (int steps = 0; steps < MOST_STEPS && !missing.equals(List.of()); steps += STEPS_AT_ONCE) {
            for (int step = 0; step < STEPS_AT_ONCE; step++) {
                stage.page().keyboard().press("Tab");
            }
            missing = stage.page()
                    .evaluate("() => window.walk.rounds > 1 ? " + NOT_REACHED + " : ['the walk has not begun anew']");
        }
        assertThat(stage.page().evaluate("() => window.walk.faults")).isEqualTo(List.of());
        assertThat(missing).isEqualTo(List.of());

        stage.page().locator(".skip").focus();
        stage.page().keyboard().press("Enter");
        stage.await("document.activeElement === document.querySelector(location.hash)", SOON);
    }

    @Test
    void languages_sayTheSameThings() {
        stage.open("sources.html");

        assertThat(phrases("zh")).isEqualTo(phrases("en"));
    }

    @Test
    void wall_untilItIsLive_costsLessThanHalfAMegabyte() {
        stage.open("");
        stage.await(LIVE, SOON);

        Object bytes = stage.page()
                .evaluate("() => performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize ?? 0), 0)");

        assertThat(((Number) bytes).longValue()).isBetween(10_000L, (long) MOST_BYTES_OF_THE_WALL);
    }

    static Stream<String> pages() {
        return PAGES.stream();
    }

    /** The keys of a language's phrases, with the places that each has for parts. */
    private Object phrases(String language) {
        return stage.page()
                .evaluate("async () => Object.entries((await import('./js/words-" + language
                        + ".js')).default).map(([key,"
                        + " text]) => key + ' ' +"
                        + " [...new"
                        + " Set(text.match(/\\{\\d\\}/g)"
                        + " ?? [])].sort()).sort()");
    }

    /** Fails with what axe finds that keeps people out: the rule, and where it is broken. */
    private void assertNoSeriousFaultOfAccess() throws IOException {
        stage.page().evaluate(axe());
        Object faults = stage.page()
                .evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations"
                        + ".filter(({impact}) => impact === 'serious' || impact === 'critical')"
                        + ".map(({id, nodes}) => id + ': ' + nodes.map(({html}) => html).slice(0, 3).join(' '))");
        assertThat((List<?>) faults).isEmpty();
    }

    private static String axe() throws IOException {
        try (InputStream script = EveryPageIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String nameOf(String address) {
        return address.startsWith("?") ? "wall" : address.substring(0, address.indexOf('.'));
    }
}
