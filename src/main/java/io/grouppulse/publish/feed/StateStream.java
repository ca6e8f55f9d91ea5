package io.grouppulse.publish.feed;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A topic with a state: snapshots and deltas; who missed a delta gets a snapshot, nothing is queued. */
final class StateStream extends FeedStream {
    static final int DELTAS_KEPT = 32;

    private final ArrayDeque<Frame> deltas = new ArrayDeque<>();
    private @Nullable JsonObject state;
    private @Nullable Frame snapshot;
    private long asOf;
    private boolean someBehind;

    StateStream(Topic topic, int every, String epoch, FeedMeters meters) {
        super(topic, every, epoch, meters);
    }

    /** The T of the state. */
    long asOf() {
        return asOf;
    }

    @Override
    boolean isKnown() {
        return state != null;
    }

    @Override
    long head() {
        return seq();
    }

    /** Takes the state as of now; gives every subscriber who is writable what brings it there. */
    void update(JsonObject newState, long newAsOf, long now) {
        JsonObject before = state;
        JsonObject patch = before == null ? null : MergePatch.between(before, newState);
        asOf = newAsOf;
        snapshot = null;
        if (patch != null && patch.isEmpty()) {
            catchUp();
            return;
        }
        nextSeq(now);
        state = newState;
        Frame delta = patch == null ? null : frame("delta", asOf, patch);
        if (delta != null) {
            keep(delta);
        }
        giveAll(delta);
    }

    private void keep(Frame delta) {
        if (deltas.size() == DELTAS_KEPT) {
            deltas.removeFirst();
        }
        deltas.addLast(delta);
    }

    /** Gives a snapshot to those who were too slow and read again. */
    void catchUp() {
        if (someBehind) {
            giveAll(null);
        }
    }

    private void giveAll(@Nullable Frame delta) {
        someBehind = false;
        for (Place place : places()) {
            if (place.position() == seq()) {
                continue;
            }
            if (!place.subscriber().isWritable()) {
                someBehind = true;
                if (delta != null) {
                    meters().conflated();
                }
            } else if (delta != null && place.position() == seq() - 1) {
                place.give(delta, seq());
            } else {
                giveSnapshot(place);
            }
        }
    }

    /** Brings a new subscriber up to date: with the deltas it missed, if they are still here, else with a snapshot. */
    void welcome(Subscriber subscriber, @Nullable Since since) {
        Place place = add(subscriber);
        if (state == null) {
            return;
        }
        if (!subscriber.isWritable()) {
            someBehind = true;
            return;
        }
        long missed = since != null && isEpoch(since.epoch()) ? seq() - since.seq() : -1;
        if (missed < 0 || missed > deltas.size()) {
            giveSnapshot(place);
        } else if (missed == 0) {
            place.give(tickFrame(asOf), seq());
        } else {
            deltas.stream().skip(deltas.size() - missed).forEach(delta -> place.give(delta, seq()));
        }
    }

    private void giveSnapshot(Place place) {
        Frame frame = snapshot;
        if (frame == null && state != null) {
            frame = frame("snapshot", asOf, state);
            snapshot = frame;
        }
        if (frame != null) {
            place.give(frame, seq());
        }
    }
}
