package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.publish.feed.FeedStream.Since;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic with a state: what each subscriber gets adds up to the state, with as few and as small frames as can be. */
final class StateStreamTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StateStream stream =
            new StateStream(new Topic(Topic.Kind.ORG, "bbg"), 50, "e1", new FeedMeters(registry));
    private final FakeConnection connection = new FakeConnection();
    private final Subscriber subscriber = new Subscriber(connection, new ArrayList<>());

    private static JsonObject state(int paid) {
        return new JsonObject()
                .put("org", "bbg")
                .put("today", new JsonObject().put("ordersPaid", paid).put("active", 7));
    }

    private double encodings() {
        return registry.get("grouppulse.feed.encodings").counter().count();
    }

    private void update(int paid) {
        stream.update(state(paid), 1_000 + paid, paid);
        subscriber.flush(new HashMap<>(), new LoopWrites());
    }

    @BeforeEach
    void begin() {
        stream.welcome(subscriber, null);
        update(0);
    }

    @Test
    void theFirstFrameIsASnapshotAndThenDeltasOfWhatChanged() {
        assertThat(connection.only())
                .isEqualTo(new JsonObject()
                        .put("topic", "org:bbg")
                        .put("kind", "snapshot")
                        .put("epoch", "e1")
                        .put("seq", 1)
                        .put("asOf", 1_000)
                        .put("data", state(0)));
        update(1);
        assertThat(connection.only())
                .isEqualTo(new JsonObject()
                        .put("topic", "org:bbg")
                        .put("kind", "delta")
                        .put("seq", 2)
                        .put("asOf", 1_001)
                        .put("data", new JsonObject().put("today", new JsonObject().put("ordersPaid", 1))));
    }

    @Test
    void whatNobodyWatches_isKeptForThoseWhoComeBack_butNotIfThereIsNothingToComeBackTo() {
        assertThat(stream.isOver(1_000_000)).isFalse();
        stream.remove(subscriber, 1_000);
        assertThat(stream.isOver(30_999)).isFalse();
        assertThat(stream.isOver(31_000)).isTrue();
        stream.welcome(subscriber, null);
        assertThat(stream.isOver(1_000_000)).isFalse();

        StateStream unknown = new StateStream(new Topic(Topic.Kind.GROUP, "g"), 50, "e", new FeedMeters(registry));
        unknown.welcome(subscriber, null);
        assertThat(unknown.isOver(1_000_000)).isFalse();
        unknown.remove(subscriber, 1_000);
        assertThat(unknown.isOver(1_000)).isTrue();
    }

    @Test
    void anUnchangedStateGivesNoFrame() {
        connection.drain();
        update(0);
        assertThat(connection.drain()).isEmpty();
        assertThat(stream.seq()).isEqualTo(1);
    }

    @Test
    void aSlowClientGetsOneSnapshotWhenItReadsAgainEvenIfNothingChangesAnyMore() {
        connection.drain();
        connection.stopsReading();
        for (int paid = 1; paid <= 40; paid++) {
            update(paid);
        }
        assertThat(connection.drain()).isEmpty();
        connection.readsAgain();
        stream.catchUp();
        subscriber.flush(new HashMap<>(), new LoopWrites());
        JsonObject frame = connection.only();
        assertThat(frame.getString("kind")).isEqualTo("snapshot");
        assertThat(frame.getLong("seq")).isEqualTo(41);
        assertThat(frame.getJsonObject("data")).isEqualTo(state(40));
        update(41);
        assertThat(connection.only().getString("kind")).isEqualTo("delta");
    }

    @Test
    void aClientThatMissedADeltaIsNotToldThatItsStateStands() {
        connection.drain();
        connection.stopsReading();
        update(1);
        connection.readsAgain();
        stream.tick(2_000, 5_001);
        subscriber.flush(new HashMap<>(), new LoopWrites());
        assertThat(connection.drain()).isEmpty();
    }

    @Test
    void whoComesBackGetsTheDeltasItMissed() {
        for (int paid = 1; paid <= StateStream.DELTAS_KEPT; paid++) {
            update(paid);
        }
        FakeConnection returning = comeBack(new Since("e1", 1));
        List<JsonObject> frames = returning.drain();
        assertThat(frames).hasSize(StateStream.DELTAS_KEPT);
        assertThat(frames).allMatch(frame -> frame.getString("kind").equals("delta"));
        assertThat(frames.get(0).getLong("seq")).isEqualTo(2);
        assertThat(frames.get(frames.size() - 1).getLong("seq")).isEqualTo(stream.seq());
    }

    @Test
    void whoComesBackTooLateOrFromAnotherEpochGetsASnapshot() {
        for (int paid = 1; paid <= StateStream.DELTAS_KEPT + 1; paid++) {
            update(paid);
        }
        for (Since since : new Since[] {
            new Since("e1", 1),
            new Since("e2", 30),
            new Since("e1", 35),
            new Since("e1", -1),
            new Since("e1", Long.MIN_VALUE),
            new Since("e1", Long.MAX_VALUE)
        }) {
            JsonObject frame = comeBack(since).only();
            assertThat(frame.getString("kind")).as(since.toString()).isEqualTo("snapshot");
            assertThat(frame.getLong("seq")).isEqualTo(34);
        }
    }

    @Test
    void whoMissedNothingGetsATickAndNobodyElseDoes() {
        connection.drain();
        JsonObject frame = comeBack(new Since("e1", 1)).only();
        assertThat(frame)
                .isEqualTo(new JsonObject()
                        .put("topic", "org:bbg")
                        .put("kind", "tick")
                        .put("asOf", 1_000));
        assertThat(subscriber.flush(new HashMap<>(), new LoopWrites())).isZero();
    }

    @Test
    void aFrameIsEncodedOnceHoweverManySubscribe() {
        List<Subscriber> crowd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Subscriber one = new Subscriber(new FakeConnection(), new ArrayList<>());
            stream.welcome(one, null);
            crowd.add(one);
        }
        double before = encodings();
        update(1);
        update(2);
        assertThat(encodings() - before).isEqualTo(2);
        crowd.forEach(
                one -> assertThat(one.flush(new HashMap<>(), new LoopWrites())).isEqualTo(3));
    }

    @Test
    void silenceTicksEveryFiveSecondsWithoutANumber() {
        connection.drain();
        assertThat(stream.isTickDue(4_999, 5_000)).isFalse();
        assertThat(stream.isTickDue(5_000, 5_000)).isTrue();
        stream.tick(9_000, 5_000);
        subscriber.flush(new HashMap<>(), new LoopWrites());
        assertThat(connection.only())
                .isEqualTo(new JsonObject()
                        .put("topic", "org:bbg")
                        .put("kind", "tick")
                        .put("asOf", 9_000));
        assertThat(stream.isTickDue(9_999, 5_000)).isFalse();
        update(1);
        assertThat(connection.only().getLong("seq")).isEqualTo(2);
    }

    @Property(tries = 300)
    void whateverAClientReadsItEndsWithTheState(@ForAll @Size(max = 60) List<Boolean> reads) {
        FakeConnection moody = new FakeConnection();
        Subscriber one = new Subscriber(moody, new ArrayList<>());
        StateStream other = new StateStream(new Topic(Topic.Kind.GROUP, "g"), 50, "e", new FeedMeters(registry));
        other.update(state(-1), 0, 0);
        other.welcome(one, null);
        one.flush(new HashMap<>(), new LoopWrites());
        int paid = 0;
        for (boolean reading : reads) {
            moody.readsAgain();
            if (!reading) {
                moody.stopsReading();
            }
            other.update(state(++paid / 2), paid, paid);
            one.flush(new HashMap<>(), new LoopWrites());
        }
        moody.readsAgain();
        other.catchUp();
        one.flush(new HashMap<>(), new LoopWrites());
        assertThat(moody.state()).isEqualTo(state(reads.isEmpty() ? -1 : paid / 2));
    }

    private FakeConnection comeBack(Since since) {
        FakeConnection returning = new FakeConnection();
        Subscriber one = new Subscriber(returning, new ArrayList<>());
        stream.welcome(one, since);
        one.flush(new HashMap<>(), new LoopWrites());
        return returning;
    }
}
