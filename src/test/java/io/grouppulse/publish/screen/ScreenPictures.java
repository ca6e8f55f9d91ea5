package io.grouppulse.publish.screen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Takes the pictures in docs/screens from a monitor that runs: {@code ScreenPictures URL DIRECTORY [QUERY [SIZE...]]}. */
final class ScreenPictures {
    /** As long as the order rain needs until it has fallen through the picture, and the slowest part of a page to be asked for. */
    private static final double SETTLED_MILLIS = 8_000;

    private static final double LONGEST_MILLIS = 120_000;

    private static final String LIVE = "() => document.body.dataset.connection === 'live'";

    private static final List<String> SIZES = List.of("1920x1080", "390x844");

    private final URI monitor;
    private final Path directory;
    private final ObjectMapper json = new ObjectMapper();

    private ScreenPictures(URI monitor, Path directory) {
        this.monitor = monitor;
        this.directory = directory;
    }

    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            throw new IllegalArgumentException("usage: ScreenPictures URL DIRECTORY [QUERY [WIDTHxHEIGHT...]]");
        }
        Path directory = Files.createDirectories(Path.of(args[1]));
        String query = args.length > 2 ? args[2] : "lang=zh";
        List<String> sizes = args.length > 3 ? List.of(args).subList(3, args.length) : SIZES;
        new ScreenPictures(URI.create(args[0]), directory).take(query, sizes);
    }

    private void take(String query, List<String> sizes) throws IOException {
        Map<String, String> pages = pages();
        try (Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium")))
                            .setChromiumSandbox(false)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu")));
            for (String size : sizes) {
                for (Map.Entry<String, String> page : pages.entrySet()) {
                    take(browser, page.getKey(), page.getValue() + "&" + query, size);
                }
            }
        }
    }

    private void take(Browser browser, String name, String address, String size) throws IOException {
        String[] sides = size.split("x", 2);
        Browser.NewContextOptions screen =
                new Browser.NewContextOptions().setViewportSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        try (BrowserContext context = browser.newContext(screen)) {
            Page page = context.newPage();
            page.setDefaultTimeout(LONGEST_MILLIS);
            page.navigate(monitor.resolve(address).toString());
            page.waitForFunction(LIVE);
            // A replay is shown at the moment it was asked for, and its orders fall from there on.
            if (page.locator("#play").count() > 0) {
                page.locator("#speed").selectOption("1");
                page.locator("#play").click();
            }
            // A machine that has much else to do can let a connection go meanwhile; of that there is to be no picture.
            do {
                page.waitForFunction(LIVE);
                page.waitForTimeout(SETTLED_MILLIS);
            } while (!(boolean) page.evaluate(LIVE));
            Path file = directory.resolve(name + "-" + size + ".png");
            ImageIO.write(
                    FewColours.of(ImageIO.read(new ByteArrayInputStream(page.screenshot()))), "png", file.toFile());
        }
    }

    /** Name to address: of the groups the busiest one, of the campaigns the one that runs and the newest that is over. */
    private Map<String, String> pages() throws IOException {
        String group = read("api/v1/groups?sort=-ordersPaid&window=30m&limit=1")
                .at("/items/0/group")
                .asText();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("wall", "?x=1");
        pages.put("map", "map.html?by=state");
        pages.put("group", "group.html?group=" + group);
        pages.put("campaign", "campaign.html?x=1");
        pages.put("replay", "replay.html?" + replay());
        pages.put("alerts", "alerts.html?x=1");
        pages.put("sources", "sources.html?x=1");
        return pages;
    }

    /** The newest campaign that is over, two thirds of the way through it. */
    private String replay() throws IOException {
        for (JsonNode campaign : read("api/v1/campaigns?limit=50").path("items")) {
            long from = campaign.path("from").asLong();
            long to = campaign.path("to").asLong();
            if (campaign.path("state").asText().equals("CLOSED") || to < System.currentTimeMillis()) {
                return "campaign=" + campaign.path("id").asText() + "&at=" + (from + (to - from) * 2 / 3);
            }
        }
        throw new IllegalStateException("no campaign is over yet");
    }

    private JsonNode read(String path) throws IOException {
        try (InputStream answer = monitor.resolve(path).toURL().openStream()) {
            return json.readTree(answer);
        }
    }
}
