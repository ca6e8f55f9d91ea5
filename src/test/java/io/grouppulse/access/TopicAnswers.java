package io.grouppulse.access;

import io.grouppulse.testing.Deadline;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Asks the feed for many topics over one connection, and keeps the first frame about each. */
final class TopicAnswers implements WebSocket.Listener {
    private final Map<String, String> first = new ConcurrentHashMap<>();
    private final StringBuilder part = new StringBuilder();

    private TopicAnswers() {}

    static Map<String, String> of(int port, String token, Set<String> topics) throws Exception {
        TopicAnswers answers = new TopicAnswers();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/feed"), answers)
                .join();
        say(socket, new JsonObject().put("op", "auth").put("token", token));
        for (String topic : topics) {
            say(
                    socket,
                    new JsonObject().put("op", "subscribe").put("topic", topic).put("every", 5_000));
        }
        Deadline.in(Duration.ofSeconds(60)).until(() -> answers.first.keySet().containsAll(topics));
        socket.abort();
        return Map.copyOf(answers.first);
    }

    private static void say(WebSocket socket, JsonObject message) {
        socket.sendText(message.encode(), true).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            String frame = part.toString();
            part.setLength(0);
            String topic = new JsonObject(frame).getString("topic");
            if (topic != null) {
                first.putIfAbsent(topic, frame);
            }
        }
        from.request(1);
        return null;
    }
}
