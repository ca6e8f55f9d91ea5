package io.grouppulse.publish.feed;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One life of (topic, every): frames numbered from 1 within an epoch, each encoded once for all its subscribers. Belongs
 * to the hub's thread.
 */
abstract class FeedStream {
    private final Topic topic;
    private final int every;
    private final String epoch;
    private final FeedMeters meters;
    private final Map<Subscriber, Long> positions = new HashMap<>();
    private long seq;
    private long lastFrameAt;
    private long abandonedAt = -1;

    FeedStream(Topic topic, int every, String epoch, FeedMeters meters) {
        this.topic = topic;
        this.every = every;
        this.epoch = epoch;
        this.meters = meters;
    }

    /** Where a client says it stopped. */
    record Since(String epoch, long seq) {}

    final Topic topic() {
        return topic;
    }

    final int every() {
        return every;
    }

    final long seq() {
        return seq;
    }

    final FeedMeters meters() {
        return meters;
    }

    final Set<Subscriber> subscribers() {
        return positions.keySet();
    }

    final boolean isEpoch(String other) {
        return epoch.equals(other);
    }

    /** Begins the next frame. */
    final void nextSeq(long now) {
        seq++;
        lastFrameAt = now;
    }

    /** The seq, or the item, up to which a subscriber has everything. */
    final long positionOf(Subscriber subscriber) {
        return positions.getOrDefault(subscriber, -1L);
    }

    final void setPosition(Subscriber subscriber, long position) {
        positions.put(subscriber, position);
    }

    final void remove(Subscriber subscriber, long now) {
        positions.remove(subscriber);
        if (positions.isEmpty()) {
            abandonedAt = now;
        }
    }

    final void add(Subscriber subscriber) {
        positions.put(subscriber, -1L);
        abandonedAt = -1;
    }

    final boolean isAbandonedFor(long millis, long now) {
        return abandonedAt >= 0 && now - abandonedAt >= millis;
    }

    /** Whether subscribers have heard nothing for so long that a sign of life is due. */
    final boolean isTickDue(long now, long interval) {
        return now - lastFrameAt >= interval;
    }

    final void tick(long asOf, long now) {
        lastFrameAt = now;
        Frame frame = encode(
                "",
                new JsonObject()
                        .put("topic", topic.toString())
                        .put("kind", "tick")
                        .put("asOf", asOf));
        for (Subscriber subscriber : positions.keySet()) {
            if (subscriber.isWritable()) {
                subscriber.give(frame);
            }
        }
    }

    final Frame frame(String kind, long frameSeq, long asOf, Object data) {
        JsonObject json = new JsonObject().put("topic", topic.toString()).put("kind", kind);
        if (kind.equals("snapshot")) {
            json.put("epoch", epoch);
        }
        return encode(eventId(), json.put("seq", frameSeq).put("asOf", asOf).put("data", data));
    }

    /** The newest frame's place, as an SSE client gives it back. */
    final String eventId() {
        return epoch + "/" + seq;
    }

    final Frame encode(String event, JsonObject json) {
        meters.encoded();
        return Frame.of(event, json);
    }
}
