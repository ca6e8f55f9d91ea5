package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.LocalCodec;
import io.grouppulse.bus.Messages.Overdue;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.EventClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickerVerticleTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** Nobody answers: what was lost on its way to another node comes the next time. */
    @Test
    void tickThatIsNotAnswered_isAnnouncedAgain_andThenRolledUpWithoutAnswers() throws Exception {
        vertx.eventBus().registerCodec(new LocalCodec());
        BlockingQueue<Tick> ticks = new LinkedBlockingQueue<>();
        BlockingQueue<Overdue> overdue = new LinkedBlockingQueue<>();
        vertx.eventBus().<Tick>consumer(Feeds.TICKS, message -> ticks.add(message.body()));
        vertx.eventBus().<Overdue>consumer(Feeds.READINGS, message -> overdue.add(message.body()));
        WindowingMeters meters = new WindowingMeters(new SimpleMeterRegistry());

        vertx.deployVerticle(new TickerVerticle(new EventClock(), meters, 3, () -> true, 5_000_000_000L))
                .await();

        Tick first = Objects.requireNonNull(ticks.poll(20, TimeUnit.SECONDS));
        assertThat(Tick.lifeOf(first.seq())).isEqualTo(3);
        assertThat(ticks.poll(20, TimeUnit.SECONDS)).isEqualTo(first);
        assertThat(Objects.requireNonNull(overdue.poll(20, TimeUnit.SECONDS)).seq())
                .isEqualTo(first.seq());
    }
}
