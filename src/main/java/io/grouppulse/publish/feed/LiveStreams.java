package io.grouppulse.publish.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The streams that live, by topic and period. Belongs to the hub's thread. */
final class LiveStreams {
    private record Key(Topic topic, int every) {}

    private final FeedMeters meters;
    private final Map<Key, FeedStream> streams = new HashMap<>();
    private final Map<Integer, Set<FeedStream>> byPeriod = new HashMap<>();

    LiveStreams(FeedMeters meters) {
        this.meters = meters;
    }

    @Nullable FeedStream find(Topic topic, int every) {
        return streams.get(new Key(topic, every));
    }

    /** Begins the stream's life, in an epoch of its own. */
    FeedStream create(Topic topic, int every) {
        String epoch = UUID.randomUUID().toString().substring(0, 8);
        FeedStream stream = topic.kind() == Topic.Kind.ORDERS || topic.kind() == Topic.Kind.ALERTS
                ? new AppendStream(topic, every, epoch, meters)
                : new StateStream(topic, every, epoch, meters);
        streams.put(new Key(topic, every), stream);
        byPeriod.computeIfAbsent(every, period -> new HashSet<>()).add(stream);
        return stream;
    }

    void forget(FeedStream stream) {
        if (streams.remove(new Key(stream.topic(), stream.every()), stream)) {
            byPeriod.getOrDefault(stream.every(), new HashSet<>()).remove(stream);
        }
    }

    boolean isAlive(FeedStream stream) {
        return streams.get(new Key(stream.topic(), stream.every())) == stream;
    }

    List<FeedStream> all() {
        return new ArrayList<>(streams.values());
    }

    Collection<FeedStream> of(int period) {
        return byPeriod.getOrDefault(period, Set.of());
    }
}
