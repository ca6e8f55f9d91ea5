package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskBarrier;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.EventClock;
import io.grouppulse.testing.HandTimers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the ticker ticks, by a clock that is moved by hand: with what changes, at most 20 times a second. */
final class TickerPaceTest {
    private final HandTimers vertx = new HandTimers();
    private final WindowingMeters meters = new WindowingMeters(new SimpleMeterRegistry());
    private final List<Tick> ticks = new ArrayList<>();
    private Tick newest = new Tick(0, 0, Map.of());
    private boolean leads = true;
    private boolean answers = true;
    private String ticker = "";

    @BeforeEach
    void start() {
        vertx.eventBus().<Tick>consumer(Feeds.TICKS, message -> {
            newest = message.body();
            ticks.add(newest);
            if (answers) {
                roll(message.body());
            }
        });
        ticker = vertx.deploy(
                new TickerVerticle(new EventClock(), meters, 1, () -> leads, Long.MAX_VALUE, vertx::nanos));
        vertx.pass(70);
        ticks.clear();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private void roll(Tick tick) {
        Rolled rolled =
                new Rolled(tick.seq(), tick.t(), tick.t(), 0, Set.of(), Set.of(), List.of(), Map.of(), Map.of(), true);
        vertx.eventBus().publish(Feeds.ROLLED, rolled, Feeds.options());
    }

    private void change() {
        meters.applied(0, 1, 0);
        vertx.settle();
    }

    /** Changes something 50 ms after the last tick or later. */
    private void changeRested() {
        vertx.pass(50);
        change();
        assertThat(ticks).hasSize(1);
        ticks.clear();
    }

    @Test
    void changeAtRest_isTickedAtOnce_withoutATimer() {
        vertx.pass(30);
        assertThat(ticks).isEmpty();

        change();

        assertThat(ticks).hasSize(1);
    }

    @Test
    void duplicateAlone_isAChange_andNothingIsNone() {
        vertx.pass(30);
        meters.applied(0, 0, 0);
        vertx.settle();
        assertThat(ticks).isEmpty();

        meters.applied(0, 0, 1);
        vertx.settle();

        assertThat(ticks).hasSize(1);
    }

    @Test
    void changeSoonAfterATick_isTicked50MillisAfterIt() {
        changeRested();
        vertx.pass(20);
        change();

        vertx.pass(29);
        assertThat(ticks).isEmpty();
        vertx.pass(1);
        assertThat(ticks).hasSize(1);
    }

    @Test
    void changesWhileATickIsUnderWay_areTickedAtOnceWhenItIsRolledUp() {
        answers = false;
        changeRested();
        Tick underWay = newest;
        vertx.pass(20);
        change();
        vertx.pass(45);
        assertThat(ticks).isEmpty();

        roll(underWay);
        vertx.settle();

        assertThat(ticks).hasSize(1);
    }

    @Test
    void changesWhileATickIsUnderWay_waitForTheRestOf50Millis_whenItIsRolledUpSooner() {
        answers = false;
        changeRested();
        Tick underWay = newest;
        vertx.pass(10);
        change();
        roll(underWay);

        vertx.pass(39);
        assertThat(ticks).isEmpty();
        vertx.pass(1);
        assertThat(ticks).hasSize(1);
    }

    @Test
    void steadyChanges_areTicked20TimesASecond() {
        changeRested();
        for (int milli = 0; milli < 1_000; milli++) {
            change();
            vertx.pass(1);
        }

        assertThat(ticks).hasSize(20);
    }

    @Test
    void silence_isTickedFourTimesASecond() {
        vertx.pass(10_000);

        assertThat(ticks).hasSize(40);
    }

    @Test
    void barrier_isTickedAtOnce_andWhatChangesThen50MillisLater() {
        changeRested();
        vertx.pass(10);
        vertx.eventBus().request(Feeds.BARRIER, new AskBarrier(0), Feeds.options());
        vertx.settle();
        assertThat(ticks).hasSize(1);

        change();

        vertx.pass(49);
        assertThat(ticks).hasSize(1);
        vertx.pass(1);
        assertThat(ticks).hasSize(2);
    }

    @Test
    void changeThatABarriersTickTook_isNotTickedAgain() {
        changeRested();
        vertx.pass(10);
        change();
        vertx.eventBus().request(Feeds.BARRIER, new AskBarrier(0), Feeds.options());
        vertx.settle();

        vertx.pass(200);

        assertThat(ticks).hasSize(1);
    }

    @Test
    void whoDoesNotLead_ticksNothing_andOnceItLeads_whatChangedMeanwhile() {
        vertx.pass(100);
        ticks.clear();
        leads = false;
        change();
        vertx.pass(1_000);
        assertThat(ticks).isEmpty();

        leads = true;
        vertx.pass(50);

        assertThat(ticks).hasSize(1);
    }

    @Test
    void tickerThatIsOver_ticksNothing() {
        vertx.undeploy(ticker).await();
        vertx.pass(100);

        change();

        assertThat(ticks).isEmpty();
    }
}
