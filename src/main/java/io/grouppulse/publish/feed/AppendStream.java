package io.grouppulse.publish.feed;

import io.grouppulse.publish.ReadingJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A topic of things that happen: each subscriber gets each one once. The newest 1,000 are kept for those who lag; who
 * lags further is told how many it skipped.
 */
final class AppendStream extends FeedStream {
    static final int KEPT = 1_000;
    static final int IN_SNAPSHOT = 50;

    private final ArrayDeque<JsonObject> items = new ArrayDeque<>();
    private final TreeMap<Long, Long> endOfFrame = new TreeMap<>();
    private @Nullable Frame snapshot;
    private long end;
    private long framedEnd;
    private boolean started;

    AppendStream(Topic topic, int every, String epoch, FeedMeters meters) {
        super(topic, every, epoch, meters);
    }

    @Override
    boolean isKnown() {
        return started;
    }

    @Override
    long head() {
        return framedEnd;
    }

    /** Begins with what was newest before this stream lived, oldest first. */
    void start(List<JsonObject> newest, long asOf, long now) {
        newest.forEach(this::add);
        started = true;
        nextFrame(now);
        for (Place place : places()) {
            if (place.subscriber().isWritable()) {
                giveSnapshot(place, asOf);
            }
        }
    }

    void add(JsonObject item) {
        if (items.size() == KEPT) {
            items.removeFirst();
        }
        items.addLast(item);
        end++;
    }

    /** Whether something was added that no frame has yet. */
    boolean hasUnframed() {
        return end > framedEnd;
    }

    private void nextFrame(long now) {
        nextSeq(now);
        framedEnd = end;
        snapshot = null;
        endOfFrame.put(seq(), end);
        if (endOfFrame.size() > KEPT) {
            endOfFrame.pollFirstEntry();
        }
    }

    /** Frames what was added, and gives every writable subscriber what it has not got yet. */
    void flush(long asOf, long now) {
        long previousEnd = framedEnd;
        boolean fresh = hasUnframed();
        if (fresh) {
            nextFrame(now);
        }
        Frame shared = null;
        for (Place place : places()) {
            long position = place.position();
            if (position == framedEnd) {
                continue;
            }
            if (!place.subscriber().isWritable()) {
                if (fresh) {
                    meters().conflated();
                }
            } else if (position == NOWHERE) {
                giveSnapshot(place, asOf);
            } else if (position == previousEnd) {
                shared = shared == null ? itemsSince(previousEnd, asOf) : shared;
                giveItems(place, position, shared);
            } else {
                giveItems(place, position, itemsSince(position, asOf));
            }
        }
    }

    /** Brings a new subscriber up to date: with what it missed, or with a snapshot of the newest. */
    void welcome(Subscriber subscriber, @Nullable Since since, long asOf) {
        Place place = add(subscriber);
        if (!started || !subscriber.isWritable()) {
            return;
        }
        Long position = since != null && isEpoch(since.epoch()) ? endOfFrame.get(since.seq()) : null;
        if (position == null) {
            giveSnapshot(place, asOf);
        } else if (position == framedEnd) {
            place.give(tickFrame(asOf), framedEnd);
        } else {
            giveItems(place, position, itemsSince(position, asOf));
        }
    }

    private void giveSnapshot(Place place, long asOf) {
        Frame frame = snapshot;
        if (frame == null) {
            frame = frame("snapshot", asOf, new JsonArray(framed(IN_SNAPSHOT)));
            snapshot = frame;
        }
        place.give(frame, framedEnd);
    }

    /** @param position where the subscriber was */
    private void giveItems(Place place, long position, Frame frame) {
        long skipped = framedEnd - position - framedSize();
        if (skipped > 0) {
            meters().skipped(skipped);
        }
        place.give(frame, framedEnd);
    }

    private Frame itemsSince(long position, long asOf) {
        long missed = framedEnd - position;
        List<JsonObject> given = framed(missed);
        JsonObject json = new JsonObject()
                .put("topic", topic().toString())
                .put("kind", "append")
                .put("seq", seq())
                .put("asOf", ReadingJson.timeOrNull(asOf))
                .put("data", new JsonArray(given));
        if (missed > given.size()) {
            json.put("skipped", missed - given.size());
        }
        return encode(eventId(), json);
    }

    /** How many of the items kept have been framed: those of the next frame belong to nobody yet. */
    private int framedSize() {
        return (int) Math.max(0, items.size() - (end - framedEnd));
    }

    private List<JsonObject> framed(long most) {
        int size = framedSize();
        return new ArrayList<>(items).subList((int) Math.max(0, size - most), size);
    }
}
