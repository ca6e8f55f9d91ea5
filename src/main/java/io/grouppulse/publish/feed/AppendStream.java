package io.grouppulse.publish.feed;

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
    private static final int IN_SNAPSHOT = 50;

    private final ArrayDeque<JsonObject> items = new ArrayDeque<>();
    private final TreeMap<Long, Long> endOfFrame = new TreeMap<>();
    private long end;
    private long framedEnd;
    private boolean started;

    AppendStream(Topic topic, int every, String epoch, FeedMeters meters) {
        super(topic, every, epoch, meters);
    }

    boolean isStarted() {
        return started;
    }

    /** Begins with what was newest before this stream lived, oldest first; whatever was added since is among it. */
    void start(List<JsonObject> newest, long asOf, long now) {
        items.clear();
        newest.forEach(this::add);
        started = true;
        nextFrame(now);
        for (Subscriber subscriber : subscribers()) {
            giveSnapshot(subscriber, asOf);
        }
    }

    void add(JsonObject item) {
        if (items.size() == KEPT) {
            items.removeFirst();
        }
        items.addLast(item);
        end++;
    }

    private void nextFrame(long now) {
        nextSeq(now);
        framedEnd = end;
        endOfFrame.put(seq(), end);
        if (endOfFrame.size() > KEPT) {
            endOfFrame.pollFirstEntry();
        }
    }

    /** Gives every writable subscriber what it has not got yet. */
    void flush(long asOf, long now) {
        long previousEnd = framedEnd;
        if (end > framedEnd) {
            nextFrame(now);
        }
        Frame shared = null;
        for (Subscriber subscriber : subscribers()) {
            long position = positionOf(subscriber);
            if (position == end) {
                continue;
            }
            if (!subscriber.isWritable()) {
                meters().conflated();
            } else if (position < 0) {
                giveSnapshot(subscriber, asOf);
            } else if (position == previousEnd && end - previousEnd <= KEPT) {
                shared = shared == null ? itemsSince(previousEnd, asOf) : shared;
                subscriber.give(shared);
                setPosition(subscriber, end);
            } else {
                subscriber.give(itemsSince(position, asOf));
                setPosition(subscriber, end);
            }
        }
    }

    /** Brings a new subscriber up to date: with what it missed, or with a snapshot of the newest. */
    void welcome(Subscriber subscriber, @Nullable Since since, long asOf, long now) {
        add(subscriber);
        if (!started) {
            return;
        }
        Long position = since != null && isEpoch(since.epoch()) ? endOfFrame.get(since.seq()) : null;
        if (position == null) {
            giveSnapshot(subscriber, asOf);
        } else if (position == framedEnd) {
            setPosition(subscriber, framedEnd);
            tick(asOf, now);
        } else {
            subscriber.give(itemsSince(position, asOf));
            setPosition(subscriber, end);
        }
    }

    private void giveSnapshot(Subscriber subscriber, long asOf) {
        List<JsonObject> newest = newest(Math.min(IN_SNAPSHOT, items.size()));
        subscriber.give(frame("snapshot", seq(), asOf, new JsonArray(newest)));
        setPosition(subscriber, end);
    }

    private Frame itemsSince(long position, long asOf) {
        long missed = end - position;
        int given = (int) Math.min(missed, items.size());
        JsonObject json = new JsonObject()
                .put("topic", topic().toString())
                .put("kind", "append")
                .put("seq", seq())
                .put("asOf", asOf)
                .put("data", new JsonArray(newest(given)));
        if (missed > given) {
            json.put("skipped", missed - given);
            meters().skipped(missed - given);
        }
        return encode(eventId(), json);
    }

    private List<JsonObject> newest(int count) {
        return new ArrayList<>(items).subList(items.size() - count, items.size());
    }
}
