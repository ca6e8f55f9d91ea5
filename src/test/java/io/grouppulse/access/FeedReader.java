package io.grouppulse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of the feed on a real WebSocket, which keeps every frame it hears. */
final class FeedReader implements WebSocket.Listener {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> heard = new CopyOnWriteArrayList<>();
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
        JsonObject message =
                new JsonObject().put("op", "subscribe").put("topic", topic).put("every", 50);
        socket.sendText(message.encode(), true).join();
        awaitFrame(frame -> frame.contains("\"topic\":\"" + topic + '"'));
        return this;
    }

    void awaitFrame(Predicate<String> which) throws Exception {
        Deadline.in(LIMIT).until(() -> heard.stream().anyMatch(which));
    }

    int frames() {
        return heard.size();
    }

    /** The frames after the first so many. */
    List<String> since(int first) {
        return List.copyOf(heard.subList(first, heard.size()));
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    int closeCode() throws Exception {
        return closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    void hangUp() {
        socket.abort();
        assertThat(socket.isInputClosed()).isTrue();
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

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(-1);
    }
}
