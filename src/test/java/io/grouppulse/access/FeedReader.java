package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One on a real WebSocket. */
final class FeedReader extends FeedListener implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    FeedReader(int port, String token) {
        socket = HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/feed"), this)
                .join();
    }

    /** Subscribes, and returns once the answer is there. */
    FeedReader reads(String topic) throws Exception {
        asksFor(List.of(topic));
        awaitFrame(frame -> isOf(topic, frame));
        return this;
    }

    /** Subscribes without waiting. */
    FeedReader asksFor(Collection<String> topics) {
        for (String topic : topics) {
            JsonObject message =
                    new JsonObject().put("op", "subscribe").put("topic", topic).put("every", 50);
            if (!socket.isOutputClosed()) {
                socket.sendText(message.encode(), true)
                        .exceptionally(closed -> socket)
                        .join();
            }
        }
        return this;
    }

    @Override
    boolean isOpen() {
        return !closed.isDone();
    }

    int closeCode() throws Exception {
        return closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    void awaitDismissal() throws Exception {
        assertThat(closeCode()).isEqualTo(4401);
    }

    @Override
    void hangUp() {
        socket.abort();
        assertThat(socket.isInputClosed()).isTrue();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            hear(part.toString());
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

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(-1);
    }
}
