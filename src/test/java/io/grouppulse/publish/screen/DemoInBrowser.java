package io.grouppulse.publish.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The packed program in its demo and a Chromium, started once for all tests of screens and ended after the last. */
record DemoInBrowser(RunningServer server, Playwright playwright, Browser browser) implements AutoCloseable {
    static DemoInBrowser of(ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(DemoInBrowser.class, key -> start(), DemoInBrowser.class);
    }

    private static DemoInBrowser start() {
        Path chromium = Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
        assertThat(Files.isExecutable(chromium))
                .as("%s is not there: apt-get install chromium, or name another one in CHROMIUM", chromium)
                .isTrue();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setChromiumSandbox(false)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")));
            return new DemoInBrowser(
                    RunningServer.start(ServerOptions.demo().with("alerts.pending", "1s")), playwright, browser);
        } catch (IOException e) {
            playwright.close();
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            playwright.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        playwright.close();
    }
}
