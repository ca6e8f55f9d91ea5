package io.grouppulse.publish.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.grouppulse.testing.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A window on the running demo, one for each test, and what a test does with it and with the server behind. */
final class Stage implements BeforeEachCallback, AfterEachCallback {
    static final String LIVE = "document.body.dataset.connection === 'live'";
    /** Longer than anything takes that is asked of a page, on a machine that has much else to do. */
    static final Duration SOON = Duration.ofSeconds(60);

    final List<String> complaints = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private @Nullable Browser browser;
    private @Nullable RunningServer server;
    private @Nullable BrowserContext context;
    private @Nullable Page page;

    /** Windows on another server than the demo; whoever asked for them closes them. */
    static Stage on(RunningServer server, ExtensionContext tests) {
        Stage stage = new Stage();
        stage.browser = DemoInBrowser.of(tests).browser();
        stage.server = server;
        return stage;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        DemoInBrowser demo = DemoInBrowser.of(test);
        browser = demo.browser();
        server = demo.server();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        closeWindow();
    }

    void closeWindow() {
        if (context != null) {
            context.close();
            context = null;
            page = null;
        }
    }

    /** Closes the window and opens another one, as that kind of visitor. */
    void openWindow(Browser.NewContextOptions visitor) {
        closeWindow();
        complaints.clear();
        requests.clear();
        context = Objects.requireNonNull(browser).newContext(visitor);
        context.setDefaultTimeout(SOON.toMillis());
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

    /** The window; a wall's of a Chinese visitor, unless another one was opened before. */
    Page page() {
        if (page == null) {
            openWindow(new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(1920, 1080));
        }
        return Objects.requireNonNull(page);
    }

    RunningServer server() {
        return Objects.requireNonNull(server);
    }

    void open(String query) {
        page().navigate(server().baseUrl()
                .resolve(query.isEmpty() ? "/" : "/" + query)
                .toString());
    }

    void await(String condition, Duration limit) {
        page().waitForFunction("() => " + condition, null, new Page.WaitForFunctionOptions().setTimeout((double)
                        limit.toMillis()));
    }

    /** Measure path to value, as the page holds them. */
    Map<String, String> shownMeasures() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Object entry : (List<?>) page().evaluate("() => [...document.querySelectorAll('[data-measure]')]"
                + ".map(tile => [tile.dataset.measure, tile.dataset.value])")) {
            List<?> pair = (List<?>) entry;
            values.put(String.valueOf(pair.get(0)), plain(String.valueOf(pair.get(1))));
        }
        return values;
    }

    Map<String, String> measuresOfRest(String path) {
        JsonNode org = get(path);
        Map<String, String> values = new LinkedHashMap<>();
        for (String measure : shownMeasures().keySet()) {
            JsonNode value = org.at("/" + measure.replace('.', '/'));
            values.put(measure, plain(value.isObject() ? value.path("value").asText() : value.asText()));
        }
        return values;
    }

    /** Fails unless the page holds, for every measure it names, what the query answers. */
    void assertMeasuresEqual(String path) {
        page().waitForCondition(
                        () -> shownMeasures().equals(measuresOfRest(path)),
                        new Page.WaitForConditionOptions().setTimeout((double) SOON.toMillis()));
    }

    /** Fails if the page reported an error or asked another host for anything. */
    void assertNoComplaintAndNoOtherHost() {
        assertThat(complaints).isEmpty();
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(url -> assertThat(URI.create(url).getAuthority())
                        .isEqualTo(server().baseUrl().getAuthority()));
    }

    /** Numbers by value: JSON may say 0.0 where a browser says 0. */
    static String plain(String value) {
        return value.equals("null") ? value : Double.valueOf(value).toString().replaceAll("\\.0$", "");
    }

    void register(String group, String name, String org) throws Exception {
        Map<String, Object> profile = Map.of("name", name, "orgs", List.of(org));
        send("PUT", "api/v1/groups/" + group, profile);
    }

    /** A campaign of the organisation that began a quarter of an hour ago and is half over. */
    void aim(String org, long orders) throws Exception {
        long now = System.currentTimeMillis();
        send(
                "PUT",
                "api/v1/campaigns/" + org,
                Map.of(
                        "name",
                        "Aim",
                        "org",
                        org,
                        "from",
                        now - 900_000,
                        "to",
                        now + 900_000,
                        "targets",
                        Map.of("orders", orders)));
    }

    void pay(String group, String member, long amount) throws Exception {
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

    void send(String method, String path, Map<String, Object> body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server().baseUrl().resolve(path))
                        .header("content-type", "application/json")
                        .method(method, BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    /** Posts one JSON object a line. */
    void sendLines(String path, List<Map<String, Object>> lines) throws Exception {
        StringBuilder body = new StringBuilder();
        for (Map<String, Object> line : lines) {
            body.append(json.writeValueAsString(line)).append('\n');
        }
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server().baseUrl().resolve(path))
                        .header("content-type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    /** The first answer that stands for that moment or a later one. */
    JsonNode getAsOf(String path, long moment) {
        long limit = System.nanoTime() + SOON.toNanos();
        JsonNode answer = get(path);
        while (answer.get("asOf").asLong() < moment && System.nanoTime() - limit < 0) {
            answer = get(path);
        }
        assertThat(answer.get("asOf").asLong()).isGreaterThanOrEqualTo(moment);
        return answer;
    }

    JsonNode get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(server().baseUrl().resolve(path)).build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return json.readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
