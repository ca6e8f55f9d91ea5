package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a tick costs with many clients: each topic is encoded once, and each client is written to once. */
final class AudienceTest {
    private static final int CLIENTS = 500;
    private static final int TOPICS = 20;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FeedMeters meters = new FeedMeters(registry);
    private final Audience audience =
            new Audience(new FeedSettings(1_000, 256, 1_000, 65_536, 1 << 20, 120_000), meters);
    private final List<FakeConnection> connections = new ArrayList<>();
    private final List<StateStream> streams = new ArrayList<>();

    @Test
    void aTopicIsEncodedOnceATickAndAClientIsFlushedOnceHoweverManyThereAre() {
        for (int topic = 0; topic < TOPICS; topic++) {
            streams.add(new StateStream(new Topic(Topic.Kind.GROUP, "g" + topic), 50, "e", meters));
        }
        for (int client = 0; client < CLIENTS; client++) {
            FakeConnection connection = new FakeConnection();
            connections.add(connection);
            audience.add(connection);
            Subscriber subscriber = Objects.requireNonNull(audience.find(connection));
            streams.forEach(stream -> stream.welcome(subscriber, null));
        }
        tick(1);
        connections.forEach(FakeConnection::drain);
        double encodedBefore = encodings();
        Map<FakeConnection, Integer> flushesBefore = new HashMap<>();
        connections.forEach(connection -> flushesBefore.put(connection, connection.flushes()));

        int sent = tick(2);

        assertThat(encodings() - encodedBefore).isEqualTo(TOPICS);
        assertThat(sent).isEqualTo(CLIENTS * TOPICS);
        assertThat(connections).allSatisfy(connection -> {
            assertThat(connection.flushes() - flushesBefore.getOrDefault(connection, 0))
                    .isOne();
            assertThat(connection.drain()).hasSize(TOPICS);
        });
    }

    private int tick(int value) {
        streams.forEach(stream -> stream.update(new JsonObject().put("messages", value), value, value));
        return audience.flush();
    }

    private double encodings() {
        return registry.get("grouppulse.feed.encodings").counter().count();
    }
}
