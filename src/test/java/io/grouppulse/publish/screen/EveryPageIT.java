package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.LIVE;
import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page: it fits a wall and a phone, speaks both languages, hides money from visitors. */
class EveryPageIT {
    private static final List<String> PAGES = List.of(
            "?x=1", "group.html?group=g0001", "map.html?by=activeness", "campaign.html?org=bbg", "sources.html?x=1");
    private static final String FILLED = "document.querySelector('.value, tbody tr, .heat-tile, canvas') !== null";
    private static final int MOST_BYTES_OF_THE_WALL = 500_000;
    private static final Path SCREENS = Path.of("target", "screens");

    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @MethodSource("pages")
    void page_onAWallInChinese_fitsAndComplainsOfNothing(String address) {
        assertUsable(address + "&lang=zh", 1920, 1080);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_onAPhoneInEnglish_fitsAndComplainsOfNothing(String address) {
        assertUsable(address + "&lang=en", 390, 844);
    }

    /** Also keeps a picture of it beside the reports, to be looked at. */
    private void assertUsable(String address, int width, int height) {
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
        stage.assertNoComplaintAndNoOtherHost();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_forAVisitor_showsNoMoney(String address) {
        stage.open(address + "&mask=1");
        stage.await(LIVE + " && " + FILLED, SOON);

        assertThat(stage.page().locator("body").textContent()).doesNotContainPattern("¥\\d");
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

    private static String nameOf(String address) {
        return address.startsWith("?") ? "wall" : address.substring(0, address.indexOf('.'));
    }
}
