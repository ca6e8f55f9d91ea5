package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read which topic, and when a connection ends. */
class FeedAccessTest {
    private static final String OF_A = SignedTokens.token("a", "read", List.of("a/1"));
    private static MonitorInProcess monitor;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of("auth.jwt.secret", SignedTokens.SECRET));
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    /** A client that keeps what it hears. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Client(@Nullable String... protocols) {
            WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
            if (protocols.length > 0) {
                builder.subprotocols("grouppulse.v1", protocols);
            }
            socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + monitor.port() + "/feed"), this)
                    .join();
        }

        void say(JsonObject message) {
            socket.sendText(message.encode(), true).join();
        }

        void enter(String token) {
            say(new JsonObject().put("op", "auth").put("token", token));
        }

        JsonObject answerOn(String topic) throws InterruptedException {
            say(new JsonObject().put("op", "subscribe").put("topic", topic).put("every", 50));
            String frame = heard.poll(60, TimeUnit.SECONDS);
            assertThat(frame).as(topic).isNotNull();
            return new JsonObject(frame);
        }

        int closeCode() throws Exception {
            return closed.get(60, TimeUnit.SECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                heard.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "org:a, forbidden",
        "org:a/10, forbidden",
        "org:b, forbidden",
        "orders:a/10, forbidden",
        "group:nobody, forbidden",
        "rain:org:a/10, forbidden",
        "rain:group:nobody, forbidden",
        "board:items:org:b:5m, forbidden",
        "board:items:group:nobody:5m, forbidden",
        "campaign:nobody, forbidden",
        "report:people:org:a/10, forbidden",
        "report:breadth:group:nobody, forbidden",
        "report:repurchase:campaign:nobody, forbidden",
        "report:people:campaign:nobody, unknown_topic",
        "report:weather:org:a, unknown_topic",
        "sources:x, unknown_topic",
        "sources, forbidden",
        "alerts:a/10, forbidden",
        "alerts:b, forbidden",
        "board:referrers:org:b:5m, forbidden",
        "org:a/1, unknown_topic",
        "orders:a/1/x, unknown_topic"
    })
    void topic_isDecidedByTheSubtree(String topic, String code) throws Exception {
        Client client = new Client();
        client.enter(OF_A);

        assertThat(client.answerOn(topic).getString("code")).isEqualTo(code);
    }

    @Test
    void rootOfASubtreeReader_isHisSubtree() throws Exception {
        Client client = new Client();
        client.enter(OF_A);

        assertThat(client.answerOn("org:")
                        .getJsonObject("data")
                        .getJsonObject("groups")
                        .getInteger("total"))
                .isZero();
    }

    @Test
    void token_comesAsSubprotocolToo() throws Exception {
        assertThat(new Client("bearer." + OF_A).answerOn("org:b").getString("code"))
                .isEqualTo("forbidden");
        assertThat(new Client("bearer.nonsense").closeCode()).isEqualTo(4401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"auth\"}",
                "{\"op\":\"auth\",\"token\":null}",
                "{\"op\":\"auth\",\"token\":7}",
                "{\"op\":\"auth\",\"token\":{\"a\":[]}}",
                "{\"op\":\"auth\",\"token\":\"\"}",
                "{\"op\":\"auth\",\"token\":\"..\"}",
                "{\"op\":\"auth\",\"token\":\"e30.e30.\"}",
                "{\"op\":\"auth\",\"token\":\"\\u0000\\ud800\"}",
                "{\"op\":\"AUTH\"}",
                "[\"auth\"]"
            })
    void whateverIsNoCredential_opensNothing(String frame) throws Exception {
        Client client = new Client();
        client.socket.sendText(frame, true).join();
        client.socket
                .sendText("{\"op\":\"subscribe\",\"topic\":\"org:\"}", true)
                .exceptionally(closed -> client.socket)
                .join();

        assertThat(client.closeCode()).isEqualTo(4401);
        assertThat(client.heard).noneMatch(text -> text.contains("snapshot"));
    }

    @Test
    void whoHasNotSaidWhoHeIs_isClosed() throws Exception {
        Client client = new Client();
        client.say(new JsonObject().put("op", "subscribe").put("topic", "org:"));

        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void wrongCredentials_areClosedByTheirFault() throws Exception {
        Client nobody = new Client();
        nobody.enter("nonsense");
        Client writer = new Client();
        writer.enter(SignedTokens.token("w", "ingest", null));
        Client other = new Client();
        other.enter(OF_A);
        other.enter(SignedTokens.token("b", "read", null));

        assertThat(nobody.closeCode()).isEqualTo(4401);
        assertThat(writer.closeCode()).isEqualTo(4403);
        assertThat(other.closeCode()).isEqualTo(4403);
    }

    @Test
    void tokenThatRunsOut_endsTheConnection() throws Exception {
        Client client = new Client();
        client.enter(SignedTokens.hs256(
                new JsonObject().put("scope", "read").put("exp", System.currentTimeMillis() / 1_000 + 6)));
        assertThat(client.answerOn("org:").getString("kind")).isEqualTo("snapshot");

        assertThat(client.closeCode()).isEqualTo(4401);
    }
}
