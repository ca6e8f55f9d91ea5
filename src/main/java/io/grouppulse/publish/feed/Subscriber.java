package io.grouppulse.publish.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A connection with its topics and the frames due to it at this moment. Belongs to the hub's thread. */
final class Subscriber {
    private final FeedConnection connection;
    private final Collection<Subscriber> waiting;
    private final Map<Topic, FeedStream> streams = new HashMap<>();
    private final List<Frame> due = new ArrayList<>();
    private boolean waits;
    private long stalledSince = -1;

    /** @param waiting those of all subscribers who are to be looked at by the next flush of all: it adds itself */
    Subscriber(FeedConnection connection, Collection<Subscriber> waiting) {
        this.connection = connection;
        this.waiting = waiting;
    }

    FeedConnection connection() {
        return connection;
    }

    Map<Topic, FeedStream> streams() {
        return streams;
    }

    boolean isWritable() {
        return connection.isWritable();
    }

    void give(Frame frame) {
        due.add(frame);
        if (!waits) {
            waits = true;
            waiting.add(this);
        }
    }

    /** It is not among those who wait any more. */
    void leaveWaiting() {
        waits = false;
    }

    /** The connection is gone, and what was due with it. */
    void dropDue() {
        due.clear();
    }

    /**
     * Sends what is due; returns the number of frames.
     *
     * @param bundles those of this flush by their frames: who is due the same as another shares it
     * @param writes those of this flush
     */
    int flush(Map<List<Frame>, Bundle> bundles, LoopWrites writes) {
        int count = due.size();
        if (count > 0) {
            Bundle bundle = bundles.get(due);
            if (bundle == null) {
                bundle = new Bundle(due);
                bundles.put(bundle.frames(), bundle);
            }
            due.clear();
            connection.send(bundle, writes);
        }
        return count;
    }

    /** How long this client has taken nothing, millis. */
    long stalledFor(long now) {
        if (isWritable()) {
            stalledSince = -1;
            return 0;
        }
        if (stalledSince < 0) {
            stalledSince = now;
        }
        return now - stalledSince;
    }
}
