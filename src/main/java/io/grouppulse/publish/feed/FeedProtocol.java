package io.grouppulse.publish.feed;

import io.grouppulse.access.Principal;
import io.grouppulse.access.View;
import io.grouppulse.access.Visibility;
import io.grouppulse.http.BadInput;
import io.grouppulse.http.JsonDocument;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what a WebSocket client says and acts on it; whatever cannot be read is answered with an error frame. */
final class FeedProtocol {
    private static final long DEFAULT_EVERY = 1_000;
    private static final double LARGEST_EXACT = 1L << 53;

    private final FeedHub hub;
    private final FeedConnection connection;
    private final long maxUnread;
    private final FeedSession session;
    private final Visibility visibility;
    private boolean over;

    /** @param maxUnread most bytes of answers and frames that the client may leave unread */
    FeedProtocol(FeedHub hub, FeedConnection connection, long maxUnread, FeedSession session, Visibility visibility) {
        this.hub = hub;
        this.connection = connection;
        this.maxUnread = maxUnread;
        this.session = session;
        this.visibility = visibility;
    }

    /** A command that cannot be done; the message says why. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        Fault(String code, String detail) {
            super(detail);
            this.code = code;
        }
    }

    void onText(String text) {
        String topic = null;
        try {
            JsonObject message = parse(text);
            topic = message.getValue("topic") instanceof String named ? Topic.shown(named) : null;
            onMessage(message);
        } catch (Fault fault) {
            answer(FeedErrors.frame(fault.code, topic, String.valueOf(fault.getMessage())));
        }
    }

    void onBinary() {
        answer(FeedErrors.frame("malformed_json", null, "frames are text"));
    }

    /** Who asks and does not read the answers is not answered without end. */
    private void answer(Frame frame) {
        if (over) {
            return;
        }
        over = connection.unreadBytes() > maxUnread;
        if (over) {
            connection.close(1013, "too slow: try again later");
        } else {
            connection.send(frame);
        }
    }

    private static JsonObject parse(String text) throws Fault {
        try {
            return JsonDocument.read(text);
        } catch (BadInput e) {
            throw new Fault("malformed_json", "a frame must be one JSON object in which no field is given twice");
        }
    }

    private void onMessage(JsonObject message) throws Fault {
        String op = text(message, "op");
        if (op.equals("auth")) {
            session.enter(text(message, "token"));
            return;
        }
        Principal reader = session.reader();
        if (reader == null) {
            return;
        }
        switch (op) {
            case "subscribe" -> onSubscribe(message, reader.view());
            case "unsubscribe" ->
                withTopic(message, reader.view(), topic -> hub.run(() -> hub.unsubscribe(connection, topic)));
            case "ping" -> onPing(message);
            default -> throw new Fault("unknown_op", "op is one of auth, subscribe, unsubscribe, ping");
        }
    }

    private void onPing(JsonObject message) throws Fault {
        Long n = integer(message, "n");
        if (n == null) {
            throw new Fault("missing_field", "n is missing");
        }
        answer(Frame.of("", new JsonObject().put("op", "pong").put("n", n)));
    }

    private void onSubscribe(JsonObject message, View view) throws Fault {
        Long stated = integer(message, "every");
        long every = stated == null ? DEFAULT_EVERY : stated;
        if (!FeedHub.isPeriod(every)) {
            throw new Fault("bad_field", "every is one of 50, 250, 1000, 5000");
        }
        FeedStream.Since since = since(message.getValue("since"));
        withTopic(message, view, topic -> {
            if (topic.isVisible(visibility)) {
                hub.run(() -> hub.subscribe(connection, topic, (int) every, since));
            } else {
                answer(FeedErrors.frame("forbidden", topic.toString(), FeedErrors.OUT_OF_REACH));
            }
        });
    }

    private static FeedStream.@Nullable Since since(@Nullable Object value) throws Fault {
        if (value == null) {
            return null;
        }
        if (value instanceof JsonObject place && place.getValue("epoch") instanceof String epoch) {
            Long seq = integer(place, "seq");
            if (seq != null) {
                return new FeedStream.Since(epoch, seq);
            }
        }
        throw new Fault("bad_field", "since is an object of epoch, a string, and seq, a whole number");
    }

    private static void withTopic(JsonObject message, View view, Consumer<Topic> action) throws Fault {
        Topic topic = Topic.parse(text(message, "topic"));
        if (topic == null) {
            throw new Fault("unknown_topic", "topics are " + Topic.FORMS);
        }
        action.accept(topic.seenBy(view));
    }

    private static String text(JsonObject message, String field) throws Fault {
        Object value = message.getValue(field);
        if (value == null) {
            throw new Fault("missing_field", field + " is missing");
        }
        if (value instanceof String text) {
            return text;
        }
        throw new Fault("bad_field", field + " is a string");
    }

    private static @Nullable Long integer(JsonObject message, String field) throws Fault {
        Object value = message.getValue(field);
        if (value == null) {
            return null;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigDecimal decimal
                && decimal.stripTrailingZeros().scale() <= 0
                && Math.abs(decimal.doubleValue()) <= LARGEST_EXACT) {
            return decimal.longValue();
        }
        throw new Fault("bad_field", field + " is a whole number");
    }
}
