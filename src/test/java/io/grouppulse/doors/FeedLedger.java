package io.grouppulse.doors;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every frame a client got, checked against the document and against the frames before. Thread-safe. */
final class FeedLedger {
    private final Document document;
    private final List<JsonObject> frames = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, TopicState> topics = new HashMap<>();

    FeedLedger(Document document) {
        this.document = document;
    }

    synchronized void take(String text) {
        JsonObject frame = new JsonObject(text);
        frames.add(frame);
        String schema = schemaOf(frame);
        String fault = document.faults(schema, frame);
        if (!fault.isEmpty()) {
            faults.add(schema + ": " + fault);
        }
        if (frame.containsKey("kind")) {
            String outOfOrder = topics.computeIfAbsent(frame.getString("topic"), t -> new TopicState())
                    .take(frame);
            if (!outOfOrder.isEmpty()) {
                faults.add(frame.getString("topic") + ": " + outOfOrder);
            }
        }
    }

    private static String schemaOf(JsonObject frame) {
        String name = frame.containsKey("kind") ? frame.getString("kind") : frame.getString("op");
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** What no frame should have been. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized List<JsonObject> frames() {
        return List.copyOf(frames);
    }

    synchronized int size() {
        return frames.size();
    }

    synchronized JsonObject last() {
        return frames.isEmpty() ? new JsonObject() : frames.get(frames.size() - 1);
    }

    /** Reads a topic while no frame comes in. */
    synchronized <T> T read(String topic, java.util.function.Function<TopicState, T> reader) {
        return reader.apply(topics.computeIfAbsent(topic, t -> new TopicState()));
    }
}
