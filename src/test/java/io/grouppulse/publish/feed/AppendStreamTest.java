package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.publish.feed.FeedStream.Since;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A topic of things that happen: each subscriber gets each one once, in order, or is told how many it skipped. */
final class AppendStreamTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AppendStream stream =
            new AppendStream(new Topic(Topic.Kind.ORDERS, ""), 50, "e1", new FeedMeters(registry));
    private int added;
    private long now;

    private static JsonObject item(int n) {
        return new JsonObject().put("n", n);
    }

    private static List<Integer> numbers(JsonObject frame) {
        return frame.getJsonArray("data").stream()
                .map(item -> ((JsonObject) item).getInteger("n"))
                .toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private Subscriber join(FakeConnection connection, Since... since) {
        Subscriber subscriber = new Subscriber(connection, new ArrayList<>());
        stream.welcome(subscriber, since.length == 0 ? null : since[0], 7);
        subscriber.flush(new HashMap<>(), new LoopWrites());
        return subscriber;
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            stream.add(item(added++));
        }
    }

    private void flush() {
        stream.flush(++now, now);
        stream.subscribers().forEach(one -> one.flush(new HashMap<>(), new LoopWrites()));
    }

    @Test
    void aSnapshotOfTheNewestComesFirstAndThenEachItemOnce() {
        FakeConnection early = new FakeConnection();
        join(early);
        assertThat(early.drain()).isEmpty();
        stream.start(List.of(item(-2), item(-1)), 5, 0);
        stream.subscribers().forEach(one -> one.flush(new HashMap<>(), new LoopWrites()));
        JsonObject first = early.only();
        assertThat(first.getString("kind")).isEqualTo("snapshot");
        assertThat(first.getLong("seq")).isEqualTo(1);
        assertThat(numbers(first)).containsExactly(-2, -1);
        add(3);
        flush();
        JsonObject second = early.only();
        assertThat(second.getString("kind")).isEqualTo("append");
        assertThat(second.getLong("seq")).isEqualTo(2);
        assertThat(second.containsKey("skipped")).isFalse();
        assertThat(numbers(second)).containsExactly(0, 1, 2);
        flush();
        assertThat(early.drain()).isEmpty();
    }

    @Test
    void whoJoinsBetweenTwoFramesGetsTheNextOneWithTheNextNumber() {
        stream.start(List.of(), 5, 0);
        add(60);
        flush();
        add(2);
        FakeConnection late = new FakeConnection();
        join(late);
        JsonObject snapshot = late.only();
        assertThat(numbers(snapshot)).isEqualTo(range(10, 60));
        assertThat(snapshot.getLong("seq")).isEqualTo(2);
        flush();
        JsonObject next = late.only();
        assertThat(next.getLong("seq")).isEqualTo(3);
        assertThat(numbers(next)).containsExactly(60, 61);
    }

    @Test
    void whoComesBackGetsWhatItMissedInOneFrame() {
        stream.start(List.of(), 5, 0);
        for (int frame = 0; frame < 5; frame++) {
            add(10);
            flush();
        }
        add(1);
        FakeConnection back = new FakeConnection();
        join(back, new Since("e1", 3));
        JsonObject missed = back.only();
        assertThat(missed.getString("kind")).isEqualTo("append");
        assertThat(missed.getLong("seq")).isEqualTo(6);
        assertThat(numbers(missed)).isEqualTo(range(20, 50));
        flush();
        assertThat(numbers(back.only())).containsExactly(50);
    }

    @Test
    void whoMissedNothingGetsATickAndOneOfAnotherEpochASnapshot() {
        stream.start(List.of(), 5, 0);
        FakeConnection same = new FakeConnection();
        join(same, new Since("e1", 1));
        assertThat(same.only().getString("kind")).isEqualTo("tick");
        for (Since since : List.of(new Since("e0", 1), new Since("e1", 2), new Since("e1", -1))) {
            FakeConnection other = new FakeConnection();
            join(other, since);
            assertThat(other.only().getString("kind")).isEqualTo("snapshot");
        }
    }

    @Test
    void whoLagsFurtherThanIsKeptIsToldHowManyItSkipped() {
        stream.start(List.of(), 5, 0);
        FakeConnection slow = new FakeConnection();
        join(slow);
        slow.drain();
        slow.stopsReading();
        for (int frame = 0; frame < 25; frame++) {
            add(100);
            flush();
        }
        assertThat(slow.drain()).isEmpty();
        slow.readsAgain();
        flush();
        JsonObject frame = slow.only();
        assertThat(frame.getLong("skipped")).isEqualTo(1_500);
        assertThat(frame.getLong("seq")).isEqualTo(stream.seq());
        assertThat(numbers(frame)).isEqualTo(range(1_500, 2_500));
        assertThat(registry.get("grouppulse.feed.skipped").counter().count()).isEqualTo(1_500);
    }

    @Test
    void aFrameIsEncodedOnceHoweverManySubscribeAndHoweverManyItemsItSkips() {
        stream.start(List.of(), 5, 0);
        List<FakeConnection> crowd = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            crowd.add(new FakeConnection());
            join(crowd.get(i)).flush(new HashMap<>(), new LoopWrites());
        }
        double before = registry.get("grouppulse.feed.encodings").counter().count();
        add(10);
        flush();
        add(1_200);
        flush();
        assertThat(registry.get("grouppulse.feed.encodings").counter().count() - before)
                .isEqualTo(2);
        assertThat(crowd.get(49).drain().get(2).getLong("skipped")).isEqualTo(200);
    }

    @Property(tries = 300)
    void whateverAClientReadsItGetsEachItemOnceOrKnowsThatItDidNot(
            @ForAll @Size(max = 40) List<@IntRange(min = -300, max = 300) Integer> steps) {
        AppendStream rain = new AppendStream(new Topic(Topic.Kind.ORDERS, ""), 50, "e", new FeedMeters(registry));
        rain.start(List.of(), 0, 0);
        FakeConnection moody = new FakeConnection();
        Subscriber subscriber = new Subscriber(moody, new ArrayList<>());
        rain.welcome(subscriber, null, 0);
        int sum = 0;
        for (int step : steps) {
            moody.readsAgain();
            if (step < 0) {
                moody.stopsReading();
            }
            for (int i = 0; i < Math.abs(step); i++) {
                rain.add(item(sum++));
            }
            rain.flush(sum, sum);
            subscriber.flush(new HashMap<>(), new LoopWrites());
        }
        moody.readsAgain();
        rain.flush(sum, sum);
        subscriber.flush(new HashMap<>(), new LoopWrites());
        int expected = 0;
        for (JsonObject frame : moody.drain()) {
            expected += frame.getInteger("skipped", 0);
            for (int n : numbers(frame)) {
                assertThat(n).isEqualTo(expected++);
            }
        }
        assertThat(expected).isEqualTo(sum);
    }
}
