package io.grouppulse.windowing;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskBarrier;
import io.grouppulse.bus.Messages.Barrier;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.MonitorClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * The one place where time enters: reads T and tells the shards, one tick at a time, at most 20 a second and, while
 * nothing arrives, 4 a second. Whoever waits for a barrier is answered after a tick that began later.
 */
public final class TickerVerticle extends VerticleBase {
    private static final long SHORTEST = 50;
    private static final long LONGEST_NANOS = 250_000_000;

    private final MonitorClock clock;
    private final WindowingMeters meters;
    private final List<Message<AskBarrier>> waiting = new ArrayList<>();
    private List<Message<AskBarrier>> served = new ArrayList<>();
    private long seq;
    private long begun;
    private long changesSeen = -1;
    private boolean underWay;

    public TickerVerticle(MonitorClock clock, WindowingMeters meters) {
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<Rolled>consumer(Feeds.ROLLED, message -> onRolled(message.body()));
        vertx.eventBus().<AskBarrier>consumer(Feeds.BARRIER, message -> {
            waiting.add(message);
            tick();
        });
        vertx.setPeriodic(SHORTEST, timer -> {
            if (meters.changes() != changesSeen || System.nanoTime() - begun >= LONGEST_NANOS) {
                tick();
            }
        });
        return Future.succeededFuture();
    }

    private void tick() {
        if (underWay) {
            return;
        }
        underWay = true;
        begun = System.nanoTime();
        changesSeen = meters.changes();
        served = new ArrayList<>(waiting);
        waiting.clear();
        vertx.eventBus().publish(Feeds.TICKS, new Tick(++seq, clock.now()), Feeds.options());
    }

    private void onRolled(Rolled rolled) {
        if (rolled.seq() != seq) {
            return;
        }
        underWay = false;
        meters.ticked(System.nanoTime() - begun);
        served.forEach(message -> message.reply(new Barrier(rolled.t()), Feeds.options()));
        served = new ArrayList<>();
        if (!waiting.isEmpty()) {
            tick();
        }
    }
}
