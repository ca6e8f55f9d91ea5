package io.grouppulse.windowing;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskBarrier;
import io.grouppulse.bus.Messages.Barrier;
import io.grouppulse.bus.Messages.Overdue;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.MonitorClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The one place where time enters: reads T and tells the shards, one tick at a time, at most 20 a second and, while
 * nothing arrives, 4 a second. Whoever waits for a barrier is answered after a tick that began later.
 */
public final class TickerVerticle extends VerticleBase {
    private static final long SHORTEST = 50;
    private static final long LONGEST_NANOS = 250_000_000;
    private static final long AGAIN_NANOS = 500_000_000;

    private final MonitorClock clock;
    private final WindowingMeters meters;
    private final BooleanSupplier leads;
    private final long patience;
    private final List<Message<AskBarrier>> waiting = new ArrayList<>();
    private List<Message<AskBarrier>> served = new ArrayList<>();
    private long seq;
    private long begun;
    private long announcedAt;
    private long newestT;
    private long changesSeen = -1;
    private boolean underWay;
    private Map<Integer, Long> heard = Map.of();

    /** The one ticker of a monitor whose shards are all in this process: it waits for each of them. */
    public TickerVerticle(MonitorClock clock, WindowingMeters meters) {
        this(clock, meters, 0, () -> true, Long.MAX_VALUE);
    }

    /**
     * A ticker for shards on several nodes.
     *
     * @param life rises with each ticker of the same shards
     * @param leads whether this ticker is surely the only one now; while it is not, T rests
     * @param patience after so many nanoseconds a tick is rolled up without the shards that have not answered
     */
    public TickerVerticle(MonitorClock clock, WindowingMeters meters, long life, BooleanSupplier leads, long patience) {
        this.clock = clock;
        this.meters = meters;
        this.leads = leads;
        this.patience = patience;
        this.seq = Tick.beforeFirst(life);
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<Rolled>consumer(Feeds.ROLLED, message -> onRolled(message.body()));
        vertx.eventBus().<AskBarrier>consumer(Feeds.BARRIER, message -> {
            learn(message.body().t());
            waiting.add(message);
            tick();
        });
        vertx.setPeriodic(SHORTEST, timer -> {
            if (underWay && System.nanoTime() - begun >= patience) {
                vertx.eventBus().send(Feeds.READINGS, new Overdue(seq, newestT), Feeds.options());
            } else if (underWay && patience < Long.MAX_VALUE && System.nanoTime() - announcedAt >= AGAIN_NANOS) {
                // On its way to another node, or back, it may have been lost.
                announce();
            } else if (meters.changes() != changesSeen || System.nanoTime() - begun >= LONGEST_NANOS) {
                tick();
            }
        });
        return Future.succeededFuture();
    }

    /** What was accepted on another node; what was accepted here, the clock knows. */
    private void learn(long t) {
        if (t > clock.now()) {
            clock.accepted(t);
        }
    }

    private void tick() {
        if (underWay || !leads.getAsBoolean()) {
            return;
        }
        underWay = true;
        begun = System.nanoTime();
        changesSeen = meters.changes();
        served = new ArrayList<>(waiting);
        waiting.clear();
        newestT = clock.now();
        seq++;
        announce();
    }

    private void announce() {
        announcedAt = System.nanoTime();
        vertx.eventBus().publish(Feeds.TICKS, new Tick(seq, newestT, heard), Feeds.options());
    }

    private void onRolled(Rolled rolled) {
        if (rolled.seq() != seq) {
            return;
        }
        underWay = false;
        heard = rolled.heard();
        learn(rolled.newestT());
        if (!rolled.isComplete()) {
            waiting.addAll(0, served);
            served = new ArrayList<>();
            return;
        }
        meters.ticked(System.nanoTime() - begun);
        served.forEach(message -> message.reply(new Barrier(rolled.t()), Feeds.options()));
        served = new ArrayList<>();
        if (!waiting.isEmpty()) {
            tick();
        }
    }
}
