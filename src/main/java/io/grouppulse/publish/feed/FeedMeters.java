package io.grouppulse.publish.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The feed's own numbers. Thread-safe. */
public final class FeedMeters {
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong unread = new AtomicLong();
    private final Counter frames;
    private final Counter encodings;
    private final Counter conflated;
    private final Counter skipped;
    private final Counter refused;
    private final Timer eventToFeed;

    public FeedMeters(MeterRegistry registry) {
        Gauge.builder("grouppulse.feed.connections", connections, AtomicInteger::get)
                .description("Clients connected to the live feed")
                .register(registry);
        Gauge.builder("grouppulse.feed.unread", unread, AtomicLong::get)
                .description("Bytes sent to clients of the feed that they have not taken yet")
                .baseUnit("bytes")
                .register(registry);
        frames = counter(registry, "grouppulse.feed.frames", "Frames sent to clients of the feed");
        encodings = counter(registry, "grouppulse.feed.encodings", "Frames encoded, each once for all its subscribers");
        conflated = counter(registry, "grouppulse.feed.conflated", "Frames not sent because the client was behind");
        skipped =
                counter(registry, "grouppulse.feed.skipped", "Appended items that lagging clients were told they skip");
        refused = counter(registry, "grouppulse.feed.refused", "Connections refused or closed at a limit");
        eventToFeed = Timer.builder("grouppulse.event.to.feed")
                .description("Time from the reception of an event to the frame that shows it")
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** Counts one more connection, or refuses it if there are that many already. */
    boolean tryConnect(int most) {
        if (connections.getAndUpdate(count -> count < most ? count + 1 : count) < most) {
            return true;
        }
        refused();
        return false;
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void unread(long bytes) {
        unread.set(bytes);
    }

    void sent(int count) {
        frames.increment(count);
    }

    void encoded() {
        encodings.increment();
    }

    void conflated() {
        conflated.increment();
    }

    void skipped(long items) {
        skipped.increment((double) items);
    }

    void refused() {
        refused.increment();
    }

    void shown(long millis) {
        eventToFeed.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }
}
