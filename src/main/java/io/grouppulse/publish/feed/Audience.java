package io.grouppulse.publish.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who are connected. Belongs to the hub's thread. */
final class Audience {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

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
        close(connection, 1001, "going away");
    }

    /** A client that cannot be closed keeps nobody else from it. */
    private static void close(FeedConnection connection, int code, String reason) {
        try {
            connection.close(code, reason);
        } catch (RuntimeException e) {
            LOG.warn("a client of the feed cannot be closed code={}", code, e);
        }
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
            sent += flush(subscriber, bundles, writes);
        }
        writes.flush();
        bundles.values().forEach(Bundle::release);
        meters.sent(sent);
        return sent;
    }

    /** A client that cannot be sent what is due keeps nothing from those after it; it is closed, as it misses frames. */
    private static int flush(Subscriber subscriber, Map<List<Frame>, Bundle> bundles, LoopWrites writes) {
        try {
            return subscriber.flush(bundles, writes);
        } catch (RuntimeException e) {
            LOG.warn("a client of the feed cannot be sent what is due to it", e);
            close(subscriber.connection(), 1013, "frames were lost: try again later");
            return 0;
        }
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
                close(connection, 1013, "too slow: try again later");
                remove(connection, now);
            }
        }
        meters.unread(unread);
    }
}
