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
            Subscriber subscriber = connect();
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

    @Test
    void aFlushLooksOnlyAtThoseWhoAreDueSomething() {
        for (int client = 0; client < CLIENTS; client++) {
            connect();
        }
        Subscriber one = connect();
        StateStream stream = new StateStream(new Topic(Topic.Kind.GROUP, "g"), 50, "e", meters);
        stream.welcome(one, null);
        stream.update(new JsonObject().put("messages", 1), 1, 1);
        stream.update(new JsonObject().put("messages", 2), 2, 2);

        assertThat(audience.waiting()).isOne();
        assertThat(audience.flush()).isEqualTo(2);
        assertThat(audience.waiting()).isZero();
        assertThat(audience.flush()).isZero();
    }

    @Test
    void whoWasFlushedByItselfIsLookedAtOnceMoreAndGetsWhatIsNew() {
        Subscriber one = connect();
        one.give(FeedErrors.frame("a", null, "first"));
        assertThat(audience.flush(List.of(one))).isOne();

        one.give(FeedErrors.frame("b", null, "second"));

        assertThat(audience.waiting()).isOne();
        assertThat(audience.flush()).isOne();
        assertThat(connections.get(0).drain())
                .extracting(frame -> frame.getString("code"))
                .containsExactly("a", "b");
    }

    @Test
    void whoIsGoneGetsNothing() {
        Subscriber one = connect();
        one.give(FeedErrors.frame("a", null, "late"));

        audience.remove(one.connection(), 1);

        assertThat(audience.flush()).isZero();
        assertThat(connections.get(0).flushes()).isZero();
    }

    @Test
    void whoCannotBeSentAnythingKeepsNothingFromTheOthersAndIsClosed() {
        StateStream stream = new StateStream(new Topic(Topic.Kind.GROUP, "g"), 50, "e", meters);
        streams.add(stream);
        for (int client = 0; client < 3; client++) {
            stream.welcome(connect(), null);
        }
        connections.get(1).breaks();

        assertThat(tick(1)).isEqualTo(2);
        connections.get(1).mends();
        assertThat(tick(2)).isEqualTo(3);

        assertThat(connections.get(0).drain()).hasSize(2);
        assertThat(connections.get(1).drain())
                .as("what could not be sent is not sent again later, out of order")
                .hasSize(1);
        assertThat(connections.get(1).closedWith()).isEqualTo(1013);
        assertThat(connections.get(2).drain()).hasSize(2);
    }

    @Test
    void whoCannotBeClosedKeepsNobodyFromIt() {
        for (int client = 0; client < 3; client++) {
            connect();
        }
        connections.get(1).breaks();

        audience.dismiss();

        assertThat(connections).extracting(FakeConnection::closedWith).containsOnly(1001);
    }

    private Subscriber connect() {
        FakeConnection connection = new FakeConnection();
        connections.add(connection);
        audience.add(connection);
        return Objects.requireNonNull(audience.find(connection));
    }

    private int tick(int value) {
        streams.forEach(stream -> stream.update(new JsonObject().put("messages", value), value, value));
        return audience.flush();
    }

    private double encodings() {
        return registry.get("grouppulse.feed.encodings").counter().count();
    }
}
