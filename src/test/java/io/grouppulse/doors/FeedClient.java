package io.grouppulse.doors;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A client of the live feed that reads all it is sent. */
final class FeedClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long SECONDS = 60;

    private final FeedLedger ledger;
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile long lastFrameAt;
    private volatile long longestPause;

    private FeedClient(int port, FeedLedger ledger, WebSocket.Builder builder) {
        this.ledger = ledger;
        this.socket = builder.connectTimeout(Duration.ofSeconds(SECONDS))
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/feed"), new Listener())
                .join();
    }

    static FeedClient connect(int port, Document document) {
        return new FeedClient(port, new FeedLedger(document), HTTP.newWebSocketBuilder());
    }

    static FeedClient connect(int port, Document document, String subprotocol) {
        return new FeedClient(
                port, new FeedLedger(document), HTTP.newWebSocketBuilder().subprotocols(subprotocol));
    }

    /** The status with which a page of another origin is refused. */
    static int statusFor(int port, Document document, String origin) {
        try {
            new FeedClient(
                            port,
                            new FeedLedger(document),
                            HTTP.newWebSocketBuilder().header("Origin", origin))
                    .close();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof java.net.http.WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    FeedLedger ledger() {
        return ledger;
    }

    /** The longest time between two frames. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause);
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** A part of a message that does not end with it. */
    void sendPart(String text) {
        socket.sendText(text, false).join();
    }

    void subscribe(String topic, int every) {
        send(new JsonObject()
                .put("op", "subscribe")
                .put("topic", topic)
                .put("every", every)
                .encode());
    }

    void resume(String topic, int every, String epoch, long seq) {
        send(new JsonObject()
                .put("op", "subscribe")
                .put("topic", topic)
                .put("every", every)
                .put("since", new JsonObject().put("epoch", epoch).put("seq", seq))
                .encode());
    }

    /** Waits until every frame that an earlier command caused is here: the answer to a ping comes after them. */
    JsonObject answerTo(String text) throws Exception {
        int before = ledger.size();
        send(text);
        Wait.until(SECONDS, "an answer to " + text, () -> ledger.size() > before);
        return ledger.frames().get(before);
    }

    /** The close code. */
    int awaitClose() throws Exception {
        return closed.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                long now = System.nanoTime();
                longestPause = lastFrameAt == 0 ? 0 : Math.max(longestPause, now - lastFrameAt);
                lastFrameAt = now;
                ledger.take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
