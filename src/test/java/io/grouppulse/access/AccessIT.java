package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program under access control: how it starts, what a browser is told, how often one may ask, revocation. */
class AccessIT {
    private static final String READER = "a-token-of-a-reader";
    private static final String EAGER = "a-token-of-an-eager-reader";
    private static final String LEAVING = "a-token-that-is-taken-out";
    private static final int RATE = 20;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path dir;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        writeTokens(READER, EAGER, LEAVING);
        server = RunningServer.start(ServerOptions.replays()
                .with("auth.tokens", dir.resolve("tokens.yaml"))
                .with("auth.origins", "https://ops.example.com")
                .with("auth.rate", RATE));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void writeTokens(String... tokens) throws IOException {
        StringBuilder yaml = new StringBuilder("tokens:\n");
        for (String token : tokens) {
            yaml.append("- {name: '" + token + "-name', token: '" + token + "', scopes: [read]}\n");
        }
        Files.writeString(dir.resolve("tokens.yaml"), yaml);
    }

    private static HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.baseUrl().resolve(path));
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void publicAddressWithoutCredentials_isRefused() throws Exception {
        try (RunningServer open = RunningServer.start(ServerOptions.replays())) {
            assertThat(open.launchUntilEnd(ServerOptions.replays().with("http.host", "0.0.0.0")))
                    .isEqualTo(2);
            assertThat(open.said()).contains("http.host", "binding beyond this machine needs auth");
        }
    }

    @Test
    void everyAnswer_carriesTheHeadersOfSecurity() throws Exception {
        for (String path : List.of("", "map.html", "js/main.js", "api/v1/orgs", "metrics", "nowhere", "health/live")) {
            HttpResponse<String> answer = get(path, null);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
        assertThat(get("metrics", null).statusCode()).isEqualTo(401);
        assertThat(get("metrics", READER).statusCode()).isEqualTo(200);
    }

    @Test
    void credentialThatAsksTooOften_waits_andTheOthersDoNot() throws Exception {
        List<HttpResponse<String>> refused = new ArrayList<>();
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        while (refused.isEmpty() && !deadline.isOver()) {
            List<CompletableFuture<HttpResponse<String>>> burst = new ArrayList<>();
            for (int i = 0; i < 2 * RATE; i++) {
                burst.add(HTTP.sendAsync(
                        HttpRequest.newBuilder(server.baseUrl().resolve("api/v1/groups"))
                                .header("authorization", "Bearer " + EAGER)
                                .build(),
                        BodyHandlers.ofString()));
            }
            burst.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.statusCode() != 200)
                    .forEach(refused::add);
        }

        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(answer.body()).contains("too_many_requests");
        });
        assertThat(get("api/v1/groups", READER).statusCode()).isEqualTo(200);
    }

    @Test
    void pageOfAnotherOrigin_mayNotReadTheFeed() {
        for (String origin :
                List.of("https://evil.example", "null", "http://127.0.0.1:1", "https://ops.example.com.evil")) {
            assertThatThrownBy(() -> openFeed(origin))
                    .as(origin)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
        openFeed("https://ops.example.com").abort();
        openFeed(server.baseUrl().toString().replaceAll("/$", "")).abort();
    }

    private static WebSocket openFeed(String origin) {
        URI feed = URI.create(server.baseUrl().toString().replace("http", "ws") + "feed");
        return HTTP.newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(feed, new WebSocket.Listener() {})
                .join();
    }

    @Test
    void tokenTakenOutOfTheFile_isRevoked_andNoTokenIsEverSaid() throws Exception {
        assertThat(get("api/v1/groups", LEAVING).statusCode()).isEqualTo(200);

        writeTokens(READER, EAGER);

        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        while (get("api/v1/groups", LEAVING).statusCode() != 401) {
            assertThat(deadline.isOver()).isFalse();
            Thread.onSpinWait();
        }
        assertThat(server.said()).doesNotContain(READER + "\n", LEAVING + "'", "Bearer");
    }
}
