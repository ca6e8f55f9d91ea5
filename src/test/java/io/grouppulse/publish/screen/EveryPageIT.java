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
    void page_onAWallInChinese_fitsAndHasNoSeriousFaultOfAccess(String address) throws IOException {
        assertUsable(address + "&lang=zh", 1920, 1080);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_onAPhoneInEnglish_fitsAndHasNoSeriousFaultOfAccess(String address) throws IOException {
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
        assertNoSeriousFaultOfAccess();
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
