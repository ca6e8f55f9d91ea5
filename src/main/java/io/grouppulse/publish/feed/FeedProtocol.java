package io.grouppulse.publish.feed;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a WebSocket client says and acts on it; whatever cannot be read is answered with an error frame. */
final class FeedProtocol {
    private static final int DEFAULT_EVERY = 1_000;

    private final FeedHub hub;
    private final FeedConnection connection;

    FeedProtocol(FeedHub hub, FeedConnection connection) {
        this.hub = hub;
        this.connection = connection;
    }

    void onText(String text) {
        try {
            onMessage(new JsonObject(text));
        } catch (DecodeException e) {
            error("malformed_json", null, "a frame must be one JSON object");
        } catch (ClassCastException e) {
            error("bad_field", null, "a field has the wrong type");
        }
    }

    void onBinary() {
        error("malformed_json", null, "frames are text");
    }

    private void onMessage(JsonObject message) {
        String op = message.getString("op");
        if (op == null) {
            error("missing_field", null, "op is missing");
            return;
        }
        switch (op) {
            case "subscribe" -> onSubscribe(message);
            case "unsubscribe" -> withTopic(message, topic -> hub.run(() -> hub.unsubscribe(connection, topic)));
            case "ping" -> onPing(message);
            case "auth" -> message.getString("token");
            default -> error("unknown_op", null, "op is one of auth, subscribe, unsubscribe, ping");
        }
    }

    private void onPing(JsonObject message) {
        connection.send(List.of(Frame.of("", new JsonObject().put("op", "pong").put("n", message.getValue("n")))));
    }

    private void onSubscribe(JsonObject message) {
        int every = message.getInteger("every", DEFAULT_EVERY);
        String text = message.getString("topic");
        if (!FeedHub.isPeriod(every)) {
            error("bad_field", text, "every is one of 50, 250, 1000, 5000");
            return;
        }
        JsonObject since = message.getJsonObject("since");
        FeedStream.Since place = since == null ? null : placeOf(since);
        withTopic(message, topic -> hub.run(() -> hub.subscribe(connection, topic, every, place)));
    }

    private static FeedStream.@Nullable Since placeOf(JsonObject since) {
        String epoch = since.getString("epoch");
        Long seq = since.getLong("seq");
        return epoch == null || seq == null ? null : new FeedStream.Since(epoch, seq);
    }

    private void withTopic(JsonObject message, java.util.function.Consumer<Topic> action) {
        String text = message.getString("topic");
        if (text == null) {
            error("missing_field", null, "topic is missing");
            return;
        }
        Topic topic = Topic.parse(text);
        if (topic == null) {
            error(
                    "unknown_topic",
                    text,
                    "topics are org:{path}, group:{id}, orders:{org}, rain:{scope}, campaign:{id}, sources");
        } else {
            action.accept(topic);
        }
    }

    private void error(String code, @Nullable String topic, String detail) {
        connection.send(List.of(FeedErrors.frame(code, topic, detail)));
    }
}
