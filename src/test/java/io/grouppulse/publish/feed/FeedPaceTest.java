package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.access.Visibility;
import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskDrops;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Drops;
import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Sources;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.LiveReports;
import io.grouppulse.testing.HandTimers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.eventbus.Message;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the hub pushes, by a clock that is moved by hand: at {@code every: 50} with the roll-up, at most 20 times a second. */
final class FeedPaceTest {
    private static final Topic SOURCES = new Topic(Topic.Kind.SOURCES, "");
    private static final Topic ORDERS = new Topic(Topic.Kind.ORDERS, "");

    private final HandTimers vertx = new HandTimers();
    private final FakeConnection connection = new FakeConnection();
    private final List<Message<Object>> held = new ArrayList<>();
    private boolean holds;
    private int questions;
    private int states;
    private long seq = Tick.beforeFirst(1);
    private final FeedHub hub = new FeedHub(
            new FeedSettings(10, 256, 1_000, 65_536, 1 << 20, 120_000),
            states(),
            new FeedMeters(new SimpleMeterRegistry()),
            () -> 0,
            vertx::nanos);

    @BeforeEach
    void start() {
        vertx.eventBus().<Object>consumer(Feeds.ASK, this::answer);
        vertx.deploy(hub);
        hub.connect(connection);
        roll();
        vertx.pass(70);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @SuppressWarnings("NullAway") // what reads other topics is not asked
    private FeedStates states() {
        Visibility visibility = new Visibility(group -> List.of(), id -> null);
        LiveReports reports = new LiveReports(null, new Calendar(ZoneOffset.UTC, 0), 0, List.of(), id -> null);
        return new FeedStates(
                vertx, null, new SourceLedger(), () -> 0, null, null, null, reports, org -> List.of(), visibility);
    }

    private void answer(Message<Object> message) {
        if (message.body() instanceof AskDrops) {
            message.reply(new Drops(0, true, List.of()), Feeds.options());
        } else if (message.body() instanceof AskReadings) {
            message.reply(new Readings(seq, Map.of(), Map.of(), List.of(), AttributionReading.NONE), Feeds.options());
        } else if (holds) {
            held.add(message);
        } else {
            tell(message);
        }
    }

    /** Each answer is another state. */
    private void tell(Message<Object> message) {
        questions++;
        message.reply(new Sources(seq, Map.of("s", new SourceCounts(++states, 0, 0, 0))), Feeds.options());
    }

    private void subscribe(Topic topic, int every) {
        hub.run(() -> hub.subscribe(connection, topic, every, null));
        vertx.settle();
        vertx.pass(70);
        assertThat(connection.only().getString("kind")).isEqualTo("snapshot");
        questions = 0;
    }

    private void roll(RainDrop... drops) {
        Rolled rolled = new Rolled(++seq, 0, 0, 0, Set.of(), Set.of(), List.of(drops), Map.of(), Map.of(), true);
        vertx.eventBus().publish(Feeds.ROLLED, rolled, Feeds.options());
        vertx.settle();
    }

    private static RainDrop order(String id) {
        return new RainDrop(new PaidOrder(0, "g", "shop", id, "m", 1, null, null, null), "g", List.of());
    }

    @Test
    void stateAtRest_isPushedWithTheRollUp_withoutATimer() {
        subscribe(SOURCES, 50);

        roll();

        assertThat(connection.only().getString("kind")).isEqualTo("delta");
    }

    @Test
    void orderAtRest_isPushedWithTheRollUp_withoutATimer() {
        subscribe(ORDERS, 50);

        roll(order("o1"));

        assertThat(connection.only().getString("kind")).isEqualTo("append");
    }

    @Test
    void rollUpSoonAfterAPush_isPushed50MillisAfterIt() {
        subscribe(ORDERS, 50);
        roll(order("o1"));
        connection.drain();
        vertx.pass(20);
        roll(order("o2"));

        vertx.pass(29);
        assertThat(connection.drain()).isEmpty();
        vertx.pass(1);
        assertThat(connection.only().getJsonArray("data")).hasSize(1);
    }

    @Test
    void rollUpThatIsLate_doesNotDelayTheNextOnes() {
        subscribe(ORDERS, 50);
        roll(order("o1"));
        vertx.pass(60);
        roll(order("o2"));
        vertx.pass(40);
        connection.drain();

        roll(order("o3"));

        assertThat(connection.only().getJsonArray("data")).hasSize(1);
    }

    @Test
    void steadyRollUps_arePushed20TimesASecond_eachWithOneQuestion() {
        subscribe(SOURCES, 50);
        for (int n = 0; n < 100; n++) {
            vertx.pass(10);
            roll();
        }

        assertThat(connection.drain()).hasSize(20);
        assertThat(questions).isEqualTo(20);
    }

    @Test
    void rollUpThatChangesNothingShown_doesNotDelayTheNext() {
        subscribe(ORDERS, 50);
        roll();
        vertx.pass(35);
        assertThat(connection.drain()).isEmpty();

        roll(order("o1"));

        assertThat(connection.only().getString("kind")).isEqualTo("append");
    }

    @Test
    void statesThatAreBeingRead_areNotAskedForTwice_andWhatChangedMeanwhileFollowsAtOnce() {
        subscribe(SOURCES, 50);
        holds = true;
        roll();
        vertx.pass(60);
        roll();
        vertx.pass(60);
        assertThat(held).hasSize(1);
        assertThat(connection.drain()).isEmpty();

        holds = false;
        tell(held.remove(0));
        vertx.settle();

        assertThat(connection.drain()).hasSize(2);
        assertThat(questions).isEqualTo(2);
    }

    @Test
    void ordersArePushedWhileStatesAreBeingRead() {
        subscribe(SOURCES, 50);
        subscribe(ORDERS, 50);
        holds = true;
        roll();
        vertx.pass(60);

        roll(order("o1"));

        assertThat(connection.only().getString("topic")).isEqualTo("orders:");
    }

    @Test
    void whoReadsAgain_isBroughtUpToDate_withoutARollUp() {
        subscribe(SOURCES, 50);
        connection.stopsReading();
        roll();
        vertx.pass(200);
        assertThat(connection.drain()).isEmpty();

        connection.readsAgain();
        vertx.pass(100);

        assertThat(connection.only().getString("kind")).isEqualTo("snapshot");
    }

    @Test
    void longerPeriods_areLeftToTheirTimers() {
        subscribe(SOURCES, 250);
        roll();
        assertThat(connection.drain()).isEmpty();

        vertx.pass(250);

        assertThat(connection.only().getString("kind")).isEqualTo("delta");
    }

    @Test
    void framesOfARollUpLeaveInOneFlush() {
        subscribe(SOURCES, 50);
        subscribe(ORDERS, 50);
        int before = connection.flushes();

        roll(order("o1"));

        assertThat(connection.drain()).hasSize(2);
        assertThat(connection.flushes() - before).isOne();
    }
}
