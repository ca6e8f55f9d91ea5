package io.grouppulse.publish.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.grouppulse.testing.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first screen in Chromium, on a running demo. */
class ScreenIT {
    private static final String LIVE = "document.body.dataset.connection === 'live'";
    private static final String LOST = "document.body.dataset.connection === 'lost'";
    private static final String DROPS_FELL = "Number(document.querySelector('#rain').dataset.drops) > 0";
    private static final String GROUPS_SHOWN = "document.querySelectorAll('#groups tbody tr').length > 0";
    private static final String PAID_ORDERS = "document.querySelector('[data-measure=\"today.ordersPaid\"]')";
    private static final Duration SOON = Duration.ofSeconds(10);

    private static RunningServer server;
    private static Playwright playwright;
    private static Browser browser;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Path chromium = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
        assertThat(Files.isExecutable(chromium))
                .as("%s is not there: apt-get install chromium, or name another one in CHROMIUM", chromium)
                .isTrue();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setChromiumSandbox(false)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")));
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        // Any of the three is missing when start() failed before it.
        if (server != null) {
            server.close();
        }
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void openWindow() {
        context = browser.newContext(
                new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(1920, 1080));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
        page.onWebSocket(socket -> requests.add(socket.url()));
    }

    @AfterEach
    void closeWindow() {
        context.close();
    }

    @Test
    void orderRain_onARunningSale_fallsWithinTenSeconds() {
        open("");

        await(DROPS_FELL, SOON);
    }

    @Test
    void page_inUse_complainsOfNothingAndAsksNoOtherHost() {
        open("");
        await(LIVE, SOON);
        await(DROPS_FELL, SOON);
        await(GROUPS_SHOWN, SOON);

        assertThat(complaints).isEmpty();
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(url -> assertThat(URI.create(url).getAuthority())
                        .isEqualTo(server.baseUrl().getAuthority()));
    }

    @Test
    void tile_duringASale_liesBetweenTheAnswersOfRestBeforeAndAfter() throws Exception {
        open("");
        await(LIVE, SOON);

        JsonNode before = get("api/v1/orgs");
        await(
                "Number(" + PAID_ORDERS + ".dataset.asOf) >= "
                        + before.get("asOf").asLong(),
                SOON);
        String[] shown = ((String) page.evaluate(
                        "() => { const {asOf, value} = " + PAID_ORDERS + ".dataset; return asOf + ' ' + value; }"))
                .split(" ", 2);
        JsonNode after = getAsOf("api/v1/orgs", Long.parseLong(shown[0]));

        assertThat(Long.parseLong(shown[1])).isBetween(ordersPaidToday(before), ordersPaidToday(after));
    }

    @Test
    void tiles_ofAnOrgAtRest_showWhatRestAnswers() throws Exception {
        register("tiles-1", "Tiles", "screen-tiles");
        pay("tiles-1", "m-1", 123_450);
        pay("tiles-1", "m-2", 67_890);

        open("?org=screen-tiles");
        await(PAID_ORDERS + ".dataset.value === '2'", SOON);

        page.waitForCondition(
                () -> shownMeasures().equals(measuresOfRest("api/v1/orgs/screen-tiles")),
                new Page.WaitForConditionOptions().setTimeout((double) SOON.toMillis()));
        assertThat(shownMeasures()).containsEntry("today.gmvPaid", "191340").containsEntry("today.buyers", "2");
    }

    @Test
    void groupName_thatIsMarkup_isShownAsText() throws Exception {
        String name = "<img src=x onerror=\"window.wasRun = true\">";
        register("markup-1", name, "screen-markup");
        pay("markup-1", "m-1", 3_990);

        open("?org=screen-markup");
        await(GROUPS_SHOWN, SOON);
        await("document.querySelectorAll('#newest li').length > 0", SOON);

        assertThat(page.locator("#groups tbody th").textContent()).isEqualTo(name);
        assertThat(page.locator("#newest li .who").textContent()).isIn(name, "markup-1");
        assertThat(page.locator("img").count()).isZero();
        assertThat(page.evaluate("() => 'wasRun' in window")).isEqualTo(false);
    }

    @Test
    void lostServer_greysTheNumbersWithinThreeSeconds_andItsReturnRevivesThem() throws Exception {
        open("");
        await(LIVE, SOON);
        String colour = colourOfPaidOrders();

        try {
            server.kill();
            await(LOST, Duration.ofSeconds(3));
            await("getComputedStyle(" + PAID_ORDERS + ").color !== '" + colour + "'", Duration.ofSeconds(1));
            assertThat(page.locator("#lost").isVisible()).isTrue();
        } finally {
            server.restart();
        }

        await(LIVE, Duration.ofSeconds(30));
        await("getComputedStyle(" + PAID_ORDERS + ").color === '" + colour + "'", SOON);
        await(DROPS_FELL, Duration.ofSeconds(30));
        assertThat(page.locator("#lost").isVisible()).isFalse();
    }

    private void open(String query) {
        page.navigate(
                server.baseUrl().resolve(query.isEmpty() ? "/" : "/" + query).toString());
    }

    private void await(String condition, Duration limit) {
        page.waitForFunction(
                "() => " + condition, null, new Page.WaitForFunctionOptions().setTimeout((double) limit.toMillis()));
    }

    /** The colour that the tile comes to rest in: a change of state fades, and half a fade is no colour to wait for. */
    private String colourOfPaidOrders() {
        await(PAID_ORDERS + ".getAnimations().length === 0", SOON);
        return (String) page.evaluate("() => getComputedStyle(" + PAID_ORDERS + ").color");
    }

    private static long ordersPaidToday(JsonNode org) {
        return org.at("/today/ordersPaid").asLong();
    }

    /** Measure path to value, as the page holds them. */
    private Map<String, String> shownMeasures() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Object entry : (List<?>) page.evaluate("() => [...document.querySelectorAll('[data-measure]')]"
                + ".map(tile => [tile.dataset.measure, tile.dataset.value])")) {
            List<?> pair = (List<?>) entry;
            values.put(String.valueOf(pair.get(0)), plain(String.valueOf(pair.get(1))));
        }
        return values;
    }

    private Map<String, String> measuresOfRest(String path) {
        JsonNode org = get(path);
        Map<String, String> values = new LinkedHashMap<>();
        for (String measure : shownMeasures().keySet()) {
            JsonNode value = org.at("/" + measure.replace('.', '/'));
            values.put(measure, plain(value.isObject() ? value.path("value").asText() : value.asText()));
        }
        return values;
    }

    /** Numbers by value: JSON may say 0.0 where a browser says 0. */
    private static String plain(String value) {
        return value.equals("null") ? value : Double.valueOf(value).toString().replaceAll("\\.0$", "");
    }

    private void register(String group, String name, String org) throws Exception {
        Map<String, Object> profile = Map.of("name", name, "orgs", List.of(org));
        send("PUT", "api/v1/groups/" + group, profile);
    }

    private void pay(String group, String member, long amount) throws Exception {
        String id = group + "-" + member;
        send(
                "POST",
                "api/v1/events?wait=applied",
                Map.of(
                        "id", id,
                        "type", "order.paid",
                        "ts", System.currentTimeMillis(),
                        "group", group,
                        "member", member,
                        "order", id,
                        "amount", amount));
    }

    private void send(String method, String path, Map<String, Object> body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.baseUrl().resolve(path))
                        .header("content-type", "application/json")
                        .method(method, BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    /** The first answer that stands for that moment or a later one. */
    private JsonNode getAsOf(String path, long moment) {
        long limit = System.nanoTime() + SOON.toNanos();
        JsonNode answer = get(path);
        while (answer.get("asOf").asLong() < moment && System.nanoTime() - limit < 0) {
            answer = get(path);
        }
        assertThat(answer.get("asOf").asLong()).isGreaterThanOrEqualTo(moment);
        return answer;
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(server.baseUrl().resolve(path)).build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return json.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
