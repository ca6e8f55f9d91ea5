package io.grouppulse.publish.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
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

    @TempDir
    private static Path dir;

    private static RunningServer guarded;

    @RegisterExtension
    final Stage stage = new Stage();

    @BeforeAll
    static void start() throws Exception {
        Path tokens = dir.resolve("tokens.yaml");
        Files.writeString(tokens, "tokens:\n- {name: wall, token: " + TOKEN + ", scopes: [read]}\n");
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

    @Test
    void token_opensThePage_andIsKeptNowhereElse() {
        open("?lang=zh");
        assertThat(stage.page().locator("#login-title").textContent()).isEqualTo("登录");

        give(TOKEN);

        stage.await(Stage.LIVE, Stage.SOON);
        assertThat(stage.page().locator("#login[open]").count()).isZero();
        assertThat(stage.page()
                        .evaluate("() => document.cookie + JSON.stringify({...localStorage, ...sessionStorage})"))
                .isEqualTo("{}");
        assertThat(stage.page().content()).doesNotContain(TOKEN);
        stage.page().reload();
        stage.page().locator("#login[open]").waitFor();
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
