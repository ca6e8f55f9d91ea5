package io.grouppulse.publish.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All who are connected. Belongs to the hub's thread. */
final class Audience {
    private final FeedSettings settings;
    private final FeedMeters meters;
    private final Map<FeedConnection, Subscriber> subscribers = new HashMap<>();
    /** A flush comes every 50 ms: it costs what is due, not what is connected. */
    private final List<Subscriber> waiting = new ArrayList<>();

    private boolean dismissed;

    Audience(FeedSettings settings, FeedMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    void add(FeedConnection connection) {
        if (dismissed) {
            goAway(connection);
        } else {
            subscribers.put(connection, new Subscriber(connection, waiting));
        }
    }

    @Nullable Subscriber find(FeedConnection connection) {
        return subscribers.get(connection);
    }

    void remove(FeedConnection connection, long now) {
        Subscriber subscriber = subscribers.remove(connection);
        if (subscriber != null) {
            subscriber.streams().values().forEach(stream -> stream.remove(subscriber, now));
            subscriber.dropDue();
        }
    }

    /** Closes all with 1001, and whoever comes later. */
    void dismiss() {
        dismissed = true;
        List.copyOf(subscribers.keySet()).forEach(Audience::goAway);
    }

    private static void goAway(FeedConnection connection) {
        connection.close(1001, "going away");
    }

    /** Sends everybody what is due; returns the number of frames. */
    int flush() {
        List<Subscriber> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Subscriber::leaveWaiting);
        return flush(all);
    }

    /** How many {@link #flush()} has to look at. */
    int waiting() {
        return waiting.size();
    }

    int flush(Collection<Subscriber> some) {
        int sent = 0;
        Map<List<Frame>, Bundle> bundles = new HashMap<>();
        LoopWrites writes = new LoopWrites();
        for (Subscriber subscriber : List.copyOf(some)) {
            sent += subscriber.flush(bundles, writes);
        }
        writes.flush();
        bundles.values().forEach(Bundle::release);
        meters.sent(sent);
        return sent;
    }

    /** Closes those who leave too much unread or read nothing for too long. */
    void closeStalled(long now) {
        long unread = 0;
        for (Subscriber subscriber : List.copyOf(subscribers.values())) {
            FeedConnection connection = subscriber.connection();
            long bytes = connection.unreadBytes();
            unread += bytes;
            if (bytes > settings.unread() || subscriber.stalledFor(now) > settings.stallMillis()) {
                meters.refused();
                connection.close(1013, "too slow: try again later");
                remove(connection, now);
            }
        }
        meters.unread(unread);
    }
}
