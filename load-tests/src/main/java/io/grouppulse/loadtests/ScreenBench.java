package io.grouppulse.loadtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The wall in Chromium, 1920 × 1080, while something happens in every group each second: what it costs until it is
 * live, how evenly the order rain falls, and what the browser uses minute by minute.
 */
final class ScreenBench {
    private static final String LIVE = "document.body?.dataset.connection === 'live'";
    private static final String PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";
    private static final int LOADS = 5;
    private static final int MEGABYTE = 1_000_000;
    private static final double LATE_MILLIS = 25;

    private final Options options;
    private final Chromium chromium;
    private final ProcessTree browser;
    private final String wall;

    private ScreenBench(Options options, Chromium chromium, int port) {
        this.options = options;
        this.chromium = chromium;
        this.browser = new ProcessTree(chromium.pid());
        this.wall = "http://127.0.0.1:" + port + "/" + options.text("page", "?lang=zh");
    }

    static void run(Options options) throws Exception {
        Report.machine();
        int groups = options.number("groups", 2_000);
        int orders = options.number("orders", 20);
        int minutes = options.number("minutes", 60);
        try (Server server = Server.start(List.of("-Xmx1g"));
                BusyGroups sale = new BusyGroups(server.port(), groups, orders)) {
            long now = System.currentTimeMillis();
            sale.plan("then", now - 120_000, now - 60_000, 100, null);
            sale.plan("now", now, now + (minutes + 10) * 60_000L, (minutes + 10) * 60 * orders, "then");
            System.out.printf("%,d groups, a message in each and %d paid orders a second%n", groups, orders);
            try (Chromium chromium = Chromium.start()) {
                ScreenBench bench = new ScreenBench(options, chromium, server.port());
                bench.load();
                bench.rain(sale);
                sale.orders(orders);
                bench.watch(sale, minutes);
            }
        }
    }

    /** Loads the wall from an empty cache, some times over. */
    private void load() throws Exception {
        chromium.send("Emulation.setDeviceMetricsOverride", "width", 1920, "height", 1080, "deviceScaleFactor", 1, "mobile", false);
        chromium.send("Network.enable");
        chromium.send("Network.setCacheDisabled", "cacheDisabled", true);
        AtomicLong bytes = new AtomicLong();
        chromium.onEvent(event -> bytes.addAndGet(transferred(event)));
        List<Double> painted = new ArrayList<>();
        List<Double> live = new ArrayList<>();
        List<Double> kilobytes = new ArrayList<>();
        for (int load = 0; load < LOADS; load++) {
            chromium.send("Page.navigate", "url", "about:blank");
            bytes.set(0);
            chromium.send("Page.navigate", "url", wall);
            chromium.await(LIVE);
            live.add(chromium.evaluate("performance.now()").asDouble());
            kilobytes.add(bytes.get() / 1e3);
            chromium.await(PAINTED + " >= 0");
            painted.add(chromium.evaluate(PAINTED).asDouble());
        }
        chromium.onEvent(event -> {});
        chromium.send("Network.disable");
        System.out.printf("%nFrom an empty cache until the wall is live, %d loads, median (least – most):%n", LOADS);
        Report.line("first contentful paint", painted, 0, "ms");
        Report.line("live, at the latest", live, 0, "ms");
        Report.line("transferred, frames of the feed included", kilobytes, 0, "kB");
    }

    private static long transferred(JsonNode event) {
        return switch (event.path("method").asText()) {
            case "Network.loadingFinished" -> event.at("/params/encodedDataLength").asLong();
            case "Network.webSocketFrameReceived" -> event.at("/params/response/payloadData").asText().length();
            default -> 0;
        };
    }

    /** How evenly frames come while it rains as hard as every order is still drawn, and above. */
    private void rain(BusyGroups sale) throws Exception {
        int seconds = options.number("rain", 20);
        for (int perSecond : new int[] {0, 300, 1_000}) {
            if (seconds > 0) {
                sale.orders(perSecond);
                Thread.sleep(5_000);
                frames(perSecond, seconds);
                sale.assertHealthy();
            }
        }
    }

    private void frames(int perSecond, int seconds) throws IOException, InterruptedException {
        double before = browser.cpuSeconds();
        JsonNode gaps = chromium.evaluate("new Promise(done => { const gaps = []; let last = performance.now();"
                + " const until = last + " + seconds * 1_000 + ";"
                + " const turn = now => { gaps.push(now - last); last = now;"
                + " if (now < until) { requestAnimationFrame(turn); } else { done(gaps.slice(1)); } };"
                + " requestAnimationFrame(turn); })");
        double cpu = browser.cpuSeconds() - before;
        List<Double> millis = new ArrayList<>();
        gaps.forEach(gap -> millis.add(gap.asDouble()));
        millis.sort(null);
        System.out.printf(
                "%n%,d orders a second for %d s: %.1f frames/s; between frames p50 %.1f ms, p99 %.1f ms, most %.0f ms,"
                        + " %.2f %% over %.0f ms; the browser's CPU %.0f %% of a core%n",
                perSecond,
                seconds,
                millis.size() / (double) seconds,
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 99 / 100),
                millis.get(millis.size() - 1),
                100.0 * millis.stream().filter(gap -> gap > LATE_MILLIS).count() / millis.size(),
                LATE_MILLIS,
                100 * cpu / seconds);
    }

    /** What the wall uses from minute to minute. */
    private void watch(BusyGroups sale, int minutes) throws Exception {
        chromium.send("Page.navigate", "url", wall);
        chromium.await(LIVE);
        Thread.sleep(10_000);
        List<Double> cpu = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        List<Double> page = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        double firstHeap = heapAfterCollection();
        System.out.printf("%nThe wall left alone, by minute:%n");
        double before = browser.cpuSeconds();
        long from = System.nanoTime();
        for (int minute = 1; minute <= minutes; minute++) {
            Thread.sleep(60_000);
            double now = browser.cpuSeconds();
            long at = System.nanoTime();
            cpu.add(100 * (now - before) / ((at - from) / 1e9));
            before = now;
            from = at;
            heap.add(chromium.send("Runtime.getHeapUsage").path("usedSize").asDouble() / MEGABYTE);
            page.add(browser.largestMegabytes(line -> line.contains("--type=renderer")));
            all.add(browser.proportionalMegabytes(line -> true));
            System.out.printf(
                    "  %3d min: CPU %.1f %% of a core, JS heap %.1f MB, page %.0f MB, whole browser %.0f MB%n",
                    minute, cpu.get(minute - 1), heap.get(minute - 1), page.get(minute - 1), all.get(minute - 1));
            sale.assertHealthy();
            if (!chromium.evaluate(LIVE).asBoolean()) {
                System.out.println("           the wall is not live");
            }
        }
        System.out.printf("%nOver %d minutes, median (least – most):%n", minutes);
        Report.line("CPU of all the browser's processes", cpu, 1, "% of a core");
        Report.line("JS heap in use, garbage included", heap, 1, "MB");
        Report.line("memory of the page's process", page, 0, "MB");
        Report.line("memory of the whole browser", all, 0, "MB");
        System.out.printf("  JS heap after a collection: %.2f MB at the start, %.2f MB at the end%n", firstHeap, heapAfterCollection());
    }

    private double heapAfterCollection() throws IOException, InterruptedException {
        chromium.send("HeapProfiler.collectGarbage");
        return chromium.send("Runtime.getHeapUsage").path("usedSize").asDouble() / MEGABYTE;
    }
}
