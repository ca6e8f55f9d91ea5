package io.grouppulse.publish.feed;

import io.grouppulse.publish.ReadingJson;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
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

    /** A client that comes back so soon goes on where it was. */
    private static final long KEPT_MILLIS = 30_000;

    private final Topic topic;
    private final int every;
    private final String epoch;
    private final FeedMeters meters;
    private final Map<Subscriber, Place> places = new HashMap<>();
    private long seq;
    private long lastFrameAt;
    private long abandonedAt = -1;

    FeedStream(Topic topic, int every, String epoch, FeedMeters meters) {
        this.topic = topic;
        this.every = every;
        this.epoch = epoch;
        this.meters = meters;
    }

    /** How far a subscriber has been told: the seq, or the item, up to which it has everything. */
    static final class Place {
        private final Subscriber subscriber;
        private long position = NOWHERE;

        private Place(Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        Subscriber subscriber() {
            return subscriber;
        }

        long position() {
            return position;
        }

        /** Gives the subscriber a frame that brings it there. */
        void give(Frame frame, long newPosition) {
            subscriber.give(frame);
            position = newPosition;
        }
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
        return places.keySet();
    }

    final Collection<Place> places() {
        return places.values();
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

    final void remove(Subscriber subscriber, long now) {
        places.remove(subscriber);
        if (places.isEmpty()) {
            abandonedAt = now;
        }
    }

    final Place add(Subscriber subscriber) {
        Place place = new Place(subscriber);
        places.put(subscriber, place);
        abandonedAt = -1;
        return place;
    }

    /** Whether nobody watches it, and nobody is expected back to go on where it was left. */
    final boolean isOver(long now) {
        return abandonedAt >= 0 && now - abandonedAt >= (isKnown() ? KEPT_MILLIS : 0);
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
        for (Place place : places.values()) {
            if (place.position == head() && place.subscriber.isWritable()) {
                place.subscriber.give(frame);
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
