package io.grouppulse.publish.screen;

import static io.grouppulse.publish.screen.Stage.LIVE;
import static io.grouppulse.publish.screen.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Route;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of one group in Chromium, on a running demo. */
class GroupPageIT {
    private static final String ORDERS_SHOWN = "document.querySelectorAll('#newest li').length > 0";
    private static final String CURVES_DRAWN = "document.querySelectorAll('#history rect').length > 0";

    private static final long HOUR_MILLIS = 3_600_000;

    /** A silence of a quarter of an hour; to wait for one would take hours. */
    private static final String SILENCE = """
            {"asOf":1795399200000,"cursor":null,"items":[{"id":"a","kind":"group_silent","subject":"page-6",
            "name":"Page six","orgs":["screen-page/f"],"owner":"zhang","state":"resolved",
            "text":"expected 37 interactions since 18:00, saw 0; the only group of screen-page/f",
            "startsAt":1795263240000,"endsAt":1795264140000}]}
            """;

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void measures_ofAGroupAtRest_areWhatRestAnswers() throws Exception {
        stage.send(
                "PUT",
                "api/v1/groups/page-1",
                Map.of("name", "Page one", "orgs", List.of("screen-page/a"), "capacity", 200));
        stage.pay("page-1", "m-1", 123_450);
        stage.pay("page-1", "m-2", 67_890);

        stage.open("group.html?group=page-1");
        stage.await("document.querySelector('[data-measure=\"today.ordersPaid\"]').dataset.value === '2'", SOON);
        stage.await(ORDERS_SHOWN, SOON);
        stage.await(CURVES_DRAWN, SOON);

        stage.assertMeasuresEqual("api/v1/groups/page-1");
        assertThat(stage.shownMeasures()).containsEntry("today.gmvPaid", "191340");
        assertThat(stage.page().locator("#group-name").textContent()).isEqualTo("Page one");
        assertThat(stage.page().locator("#group-state").getAttribute("data-state"))
                .isEqualTo(stage.get("api/v1/groups/page-1").get("state").asText());
        assertThat(stage.page().locator("#path").textContent()).contains("screen-page", "a", "Page one");
        assertThat(stage.page().locator("#newest .amount").allTextContents())
                .containsExactlyInAnyOrder("¥1,234.50", "¥678.90");
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void shares_ofAGroup_standBesideWhatWasSaidAndBoughtBeforeAndAfter() throws Exception {
        stage.register("page-5", "Page five", "screen-page/e");
        long minute = System.currentTimeMillis() / 60_000 * 60_000 - 300_000;
        stage.sendLines(
                "api/v1/events?wait=applied",
                List.of(
                        said("message.sent", minute - 120_000),
                        said("share.posted", minute),
                        said("message.sent", minute + 1_000),
                        said("message.sent", minute + 61_000)));

        stage.open("group.html?group=page-5&lang=en");
        stage.await("document.querySelectorAll('#shares tbody tr').length === 1", SOON);
        stage.await("document.querySelectorAll('#rhythm td[data-known=true]').length > 0", SOON);

        assertThat(stage.page().locator("#shares tbody tr td").allTextContents())
                .containsExactly("1", "1 → 2", "0 → 0");
        assertThat(stage.page().locator("#rhythm tbody tr").count()).isEqualTo(7);
        assertThat(stage.page().locator("#rhythm td .heard-only").count()).isEqualTo(7 * 24);
        stage.assertNoComplaintAndNoOtherHost();
    }

    @Test
    void silences_thatTheServerTells_standOnTheGroupsPage() throws Exception {
        stage.register("page-6", "Page six", "screen-page/f");
        stage.pay("page-6", "m-1", 3_990);
        stage.page().route("**/api/v1/alerts?*", route -> {
            assertThat(route.request().url()).contains("kind=group_silent", "subject=page-6");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(SILENCE));
        });

        stage.open("group.html?group=page-6&lang=en");
        // Below the fold nothing is asked for until somebody looks.
        stage.page().locator("#silences").scrollIntoViewIfNeeded();
        stage.page().locator("#silences li[data-state=resolved]").waitFor();

        assertThat(stage.page().locator("#silences li").textContent())
                .contains("Group silent", "20:14", "(15 min)", "owner zhang", "expected 37 interactions");
    }

    private static Map<String, Object> said(String type, long ts) {
        return said("page-5", type, ts);
    }

    private static Map<String, Object> said(String group, String type, long ts) {
        return Map.of("id", group + "-" + ts, "type", type, "ts", ts, "group", group, "member", "m-1");
    }

    @Test
    void rhythm_isTheMessagesOfEachHour_asTheyWereSent_andAsRestTells() throws Exception {
        stage.register("page-7", "Page seven", "screen-page/g");
        long thisHour = System.currentTimeMillis() / HOUR_MILLIS * HOUR_MILLIS;
        // How many messages how many hours ago.
        Map<Integer, Integer> sent = Map.of(26, 3, 25, 1, 4, 2);
        List<Map<String, Object>> events = new ArrayList<>();
        sent.forEach((ago, messages) -> {
            for (int each = 0; each < messages; each++) {
                events.add(said("page-7", "message.sent", thisHour - ago * HOUR_MILLIS + each * 1_000L));
            }
        });
        stage.sendLines("api/v1/events?wait=applied", events);

        stage.open("group.html?group=page-7&lang=en");
        List<List<String>> shown = rhythmShown();

        Map<Long, Integer> answered = new HashMap<>();
        stage.get("api/v1/history?scope=group:page-7&measures=messages&step=1h&from=" + (thisHour - 48 * HOUR_MILLIS))
                .get("items")
                .forEach(hour -> answered.put(
                        hour.get("ts").asLong(), hour.get("messages").asInt()));
        int known = 0;
        for (int ago = 26; ago >= 1; ago--) {
            long hour = thisHour - ago * HOUR_MILLIS;
            int messages = sent.getOrDefault(ago, 0);
            assertThat(answered.get(hour)).as("%d hours ago", ago).isEqualTo(messages);
            assertThat(cellOf(shown, hour)).isEqualTo(told(hour, messages + ".0 messages an hour"));
            assertThat(partOf(hour)).isCloseTo(messages / 3.0, within(1e-9));
            known++;
        }
        // Of this hour, and of the next if it has come meanwhile, it depends on when one looks.
        assertThat(shown.stream().flatMap(List::stream).filter(text -> text.endsWith(": not kept")))
                .hasSizeBetween(7 * 24 - known - 2, 7 * 24 - known - 1);
    }

    @Test
    void rhythm_ofAnHourThatWasLivedThroughTwice_isTheMean() throws Exception {
        stage.register("page-8", "Page eight", "screen-page/h");
        stage.pay("page-8", "m-1", 3_990);
        long first = 1_795_125_600_000L;
        String hours = IntStream.rangeClosed(0, 7 * 24)
                .mapToObj(n -> "{\"ts\":" + (first + n * HOUR_MILLIS) + ",\"messages\":"
                        + (n == 0 ? 5 : n == 168 ? 2 : 1) + "}")
                .collect(Collectors.joining(","));
        stage.page()
                .route(
                        "**/api/v1/history?*step=1h*",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody("{\"asOf\":" + first + ",\"items\":[" + hours + "]}")));

        stage.open("group.html?group=page-8&lang=en");
        List<List<String>> shown = rhythmShown();

        assertThat(cellOf(shown, first)).isEqualTo(told(first, "3.5 messages an hour"));
        assertThat(partOf(first)).isEqualTo(1);
        assertThat(cellOf(shown, first + HOUR_MILLIS)).isEqualTo(told(first + HOUR_MILLIS, "1.0 messages an hour"));
        assertThat(stage.page().locator("#rhythm-days").textContent()).isEqualTo("7.0 days kept");
    }

    /** What is told of each hour, by weekday. */
    private List<List<String>> rhythmShown() {
        // Below the fold nothing is asked for until somebody looks.
        stage.page().locator("#rhythm").scrollIntoViewIfNeeded();
        stage.await("document.querySelector('#rhythm td[data-known=true]') !== null", SOON);
        List<List<String>> rows = new ArrayList<>();
        for (Object row : (List<?>) stage.page()
                .evaluate("() => [...document.querySelectorAll('#rhythm tbody tr')].map(row =>"
                        + " [...row.querySelectorAll('td')].map(cell => cell.title))")) {
            rows.add(((List<?>) row).stream().map(String::valueOf).toList());
        }
        return rows;
    }

    private static String cellOf(List<List<String>> rows, long hour) {
        return rows.get(at(hour).getDayOfWeek().ordinal()).get(at(hour).getHour());
    }

    /** How bright the hour is shown, 1 the brightest. */
    private double partOf(long hour) {
        String cell = String.format(
                "#rhythm tbody tr:nth-child(%d) td:nth-of-type(%d)",
                at(hour).getDayOfWeek().getValue(), at(hour).getHour() + 1);
        return Double.parseDouble(stage.page()
                .locator(cell)
                .evaluate("cell => cell.style.getPropertyValue('--part')")
                .toString());
    }

    private static String told(long hour, String text) {
        return at(hour).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + ", " + at(hour).getHour()
                + ":00: " + text;
    }

    private static ZonedDateTime at(long moment) {
        return Instant.ofEpochMilli(moment).atZone(ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void group_chosenOnTheWallByKeyboard_opensItsPage() throws Exception {
        stage.register("page-2", "Page two", "screen-page/b");
        stage.pay("page-2", "m-1", 3_990);

        stage.open("?org=screen-page/b");
        stage.await("document.querySelectorAll('#groups tbody a[href]').length === 1", SOON);
        stage.page().locator("#groups tbody a").focus();
        stage.page().keyboard().press("Enter");

        stage.page().waitForURL("**/group.html?**group=page-2**");
        stage.await(LIVE, SOON);
        stage.await("document.querySelector('#group-name').textContent === 'Page two'", SOON);
    }

    @Test
    void group_namedInTheAddressOfTheWall_opensItsPage() throws Exception {
        stage.register("page-3", "Page three", "screen-page/c");
        stage.pay("page-3", "m-1", 3_990);

        stage.open("?group=page-3&lang=en");

        stage.page().waitForURL("**/group.html?**group=page-3**");
        stage.await("document.querySelector('#group-name').textContent === 'Page three'", SOON);
    }

    @Test
    void group_thatDoesNotExist_isSaidSo() {
        stage.open("group.html?group=no-such-group&lang=en");

        stage.await("!document.querySelector('#unknown').hidden", SOON);

        assertThat(stage.page().locator("#unknown-group").textContent()).isEqualTo("No such group: no-such-group");
    }

    @Test
    void visitor_seesNeitherMoneyNorNames() throws Exception {
        stage.register("page-4", "Page four", "screen-page/d");
        stage.pay("page-4", "m-1", 123_450);

        stage.open("group.html?group=page-4&mask=1");
        stage.await(LIVE, SOON);
        stage.await(ORDERS_SHOWN, SOON);
        stage.await("document.querySelector('#group-name').textContent !== ''", SOON);

        assertThat(stage.page().locator("body").textContent()).doesNotContain("Page four", "page-4", "1,234.50");
        assertThat(stage.page().locator("[data-measure='today.gmvPaid']").getAttribute("data-value"))
                .isNull();
    }
}
