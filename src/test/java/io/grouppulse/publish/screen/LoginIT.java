package io.grouppulse.publish.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The box that asks for a token, in Chromium, on a monitor under access control. */
class LoginIT {
    private static final String TOKEN = "a-token-of-the-wall";
    private static final String ADMIN = "a-token-of-the-head";

    @TempDir
    private static Path dir;

    private static RunningServer guarded;

    @RegisterExtension
    final Stage stage = new Stage();

    @BeforeAll
    static void start() throws Exception {
        Path tokens = dir.resolve("tokens.yaml");
        Files.writeString(
                tokens,
                "tokens:\n- {name: wall, token: " + TOKEN + ", scopes: [read]}\n- {name: head, token: " + ADMIN
                        + ", scopes: [admin, ingest]}\n");
        guarded = RunningServer.start(ServerOptions.replays().with("auth.tokens", tokens));
    }

    @AfterAll
    static void stop() {
        guarded.close();
    }

    private void open(String file) {
        stage.page().navigate(guarded.baseUrl().resolve(file).toString());
        stage.page().locator("#login[open]").waitFor();
    }

    private void give(String token) {
        stage.page().locator("#login-token").fill(token);
        stage.page().locator("#login button").click();
    }

    private static void send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(guarded.baseUrl().resolve(path))
                .header("authorization", "Bearer " + ADMIN)
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void token_opensThePage_andTheNextOne_andIsWrittenDownNowhere() {
        open("?lang=zh");
        assertThat(stage.page().locator("#login-title").textContent()).isEqualTo("登录");

        give(TOKEN);

        stage.await(Stage.LIVE, Stage.SOON);
        assertThat(stage.page().locator("#login[open]").count()).isZero();
        assertThat(stage.page()
                        .evaluate("() => document.cookie + JSON.stringify({...localStorage, ...sessionStorage})"))
                .isEqualTo("{}");
        assertThat(stage.page().content()).doesNotContain(TOKEN);
        stage.page().locator("#pages a[href*='map.html']").click();
        stage.await("location.pathname === '/map.html' && " + Stage.LIVE, Stage.SOON);
        assertThat(stage.page().locator("#login[open]").count()).isZero();
        stage.openWindow(new Browser.NewContextOptions().setLocale("zh-CN"));
        open("?lang=zh");
    }

    @Test
    void report_thatNeedsAToken_isSavedAsAFile() throws Exception {
        send("PUT", "api/v1/campaigns/sale", "{\"name\":\"Sale\",\"org\":\"\",\"from\":1,\"to\":2}");
        send(
                "POST",
                "api/v1/events?wait=applied",
                "{\"id\":\"e\",\"type\":\"message.sent\",\"ts\":1790000000000,\"group\":\"g\",\"member\":\"m\"}");
        open("campaign.html?campaign=sale&lang=en");
        give(TOKEN);
        stage.await("!document.querySelector('#campaign-links').hidden", Stage.SOON);

        Download report = stage.page()
                .waitForDownload(() -> stage.page().locator("#to-report").click());

        assertThat(report.suggestedFilename()).isEqualTo("report.html");
        assertThat(Files.readString(report.path()))
                .startsWith("<!DOCTYPE html>")
                .contains("Sale");

        Download table = stage.page()
                .waitForDownload(() -> stage.page().locator("#to-table").click());

        assertThat(table.suggestedFilename()).isEqualTo("report.csv");
        // The mark by which spreadsheets know UTF-8 is still there.
        assertThat(Files.readString(table.path())).startsWith("\uFEFF").contains("Name,Sale\r\n");
    }

    @Test
    void wrongToken_isSaid_andAskedForAgain() {
        open("map.html?lang=en");
        Locator why = stage.page().locator("#login-why");
        assertThat(why.textContent()).isEqualTo("This monitor asks for a token");

        give("a-token-of-nobody");
        stage.await(
                "document.querySelector('#login[open] #login-why')?.textContent.startsWith('That token')", Stage.SOON);
        give("令牌");
        assertThat(stage.page().locator("#login[open]").count()).isEqualTo(1);
        give(TOKEN);

        stage.await(Stage.LIVE, Stage.SOON);
    }
}
