package io.grouppulse.publish.feed;

import io.grouppulse.publish.ReadingJson;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One life of (topic, every): frames numbered from 1 within an epoch, each encoded once for all its subscribers. Belongs
 * to the hub's thread.
 */
abstract class FeedStream {
    /** The position of a subscriber that has nothing yet. */
    static final long NOWHERE = -1;

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

    /** Whether there is something that it can show; until then its subscribers wait. */
    abstract boolean isKnown();

    /** The position of a subscriber that has everything framed so far. */
    abstract long head();

    /** Begins the next frame. */
    final void nextSeq(long now) {
        seq++;
        lastFrameAt = now;
    }

    /** The seq, or the item, up to which a subscriber has everything. */
    final long positionOf(Subscriber subscriber) {
        return positions.getOrDefault(subscriber, NOWHERE);
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
        positions.put(subscriber, NOWHERE);
        abandonedAt = -1;
    }

    final boolean isAbandonedFor(long millis, long now) {
        return abandonedAt >= 0 && now - abandonedAt >= millis;
    }

    /** Whether subscribers have heard nothing for so long that a sign of life is due. */
    final boolean isTickDue(long now, long interval) {
        return now - lastFrameAt >= interval;
    }

    /** There is nothing to show yet; whether there is something is asked again when a sign of life would be due. */
    final void looked(long now) {
        lastFrameAt = now;
    }

    /** Tells those who have everything that it still stands; the others wait for what they miss. */
    final void tick(long asOf, long now) {
        lastFrameAt = now;
        Frame frame = tickFrame(asOf);
        for (Subscriber subscriber : positions.keySet()) {
            if (positionOf(subscriber) == head() && subscriber.isWritable()) {
                subscriber.give(frame);
            }
        }
    }

    final Frame tickFrame(long asOf) {
        return encode(
                "",
                new JsonObject()
                        .put("topic", topic.toString())
                        .put("kind", "tick")
                        .put("asOf", ReadingJson.timeOrNull(asOf)));
    }

    final Frame frame(String kind, long asOf, Object data) {
        JsonObject json = new JsonObject().put("topic", topic.toString()).put("kind", kind);
        if (kind.equals("snapshot")) {
            json.put("epoch", epoch);
        }
        return encode(
                eventId(),
                json.put("seq", seq).put("asOf", ReadingJson.timeOrNull(asOf)).put("data", data));
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
