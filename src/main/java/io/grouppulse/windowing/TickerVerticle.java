package io.grouppulse.windowing;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskBarrier;
import io.grouppulse.bus.Messages.Barrier;
import io.grouppulse.bus.Messages.Overdue;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.bus.Pace;
import io.grouppulse.clock.MonitorClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The one place where time enters: reads T and tells the shards, one tick at a time. What arrives is ticked at once, but
 * at most 20 times a second; while nothing arrives, there are 4 ticks a second. Whoever waits for a barrier is answered
 * after a tick that began later.
 */
public final class TickerVerticle extends VerticleBase {
    private static final long SHORTEST = 50;
    private static final long LONGEST_NANOS = 250_000_000;
    private static final long AGAIN_NANOS = 500_000_000;

    private final MonitorClock clock;
    private final WindowingMeters meters;
    private final BooleanSupplier leads;
    private final long patience;
    private final LongSupplier nanos;
    private final Pace pace;
    private final List<Message<AskBarrier>> waiting = new ArrayList<>();
    private List<Message<AskBarrier>> served = new ArrayList<>();
    private long seq;
    private long announcedAt;
    private long newestT;
    private long changesSeen = -1;
    private boolean underWay;
    private boolean isOver;
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
        this(clock, meters, life, leads, patience, System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    TickerVerticle(
            MonitorClock clock,
            WindowingMeters meters,
            long life,
            BooleanSupplier leads,
            long patience,
            LongSupplier nanos) {
        this.clock = clock;
        this.meters = meters;
        this.leads = leads;
        this.patience = patience;
        this.nanos = nanos;
        this.pace = new Pace(SHORTEST, 0, nanos, this::after, this::tickWhatChanged);
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
            if (underWay && pace.sinceBegun() >= patience) {
                vertx.eventBus().send(Feeds.READINGS, new Overdue(seq, newestT), Feeds.options());
            } else if (underWay && patience < Long.MAX_VALUE && nanos.getAsLong() - announcedAt >= AGAIN_NANOS) {
                // On its way to another node, or back, it may have been lost.
                announce();
            } else if (pace.sinceBegun() >= LONGEST_NANOS) {
                tick();
            } else {
                tickSoon();
            }
        });
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        isOver = true;
        return Future.succeededFuture();
    }

    private void after(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> action.run());
    }

    /** If something changed that no tick has told the shards to read. */
    private void tickSoon() {
        if (!underWay && meters.changes() != changesSeen) {
            pace.soon();
        }
    }

    /** A tick for a barrier may have come in between. */
    private boolean tickWhatChanged() {
        return meters.changes() != changesSeen && tick();
    }

    /** Shards change on threads of their own, and may do so when this ticker is over and another one ticks. */
    private void awaitChange() {
        meters.onNextChange(() -> context.runOnContext(v -> tickSoon()));
        tickSoon();
    }

    /** What was accepted on another node; what was accepted here, the clock knows. */
    private void learn(long t) {
        if (t > clock.now()) {
            clock.accepted(t);
        }
    }

    /** Returns whether a tick began. */
    private boolean tick() {
        if (underWay || isOver || !leads.getAsBoolean()) {
            return false;
        }
        underWay = true;
        pace.begin();
        changesSeen = meters.changes();
        served = new ArrayList<>(waiting);
        waiting.clear();
        newestT = clock.now();
        seq++;
        announce();
        return true;
    }

    private void announce() {
        announcedAt = nanos.getAsLong();
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
            awaitChange();
            return;
        }
        meters.ticked(pace.sinceBegun());
        served.forEach(message -> message.reply(new Barrier(rolled.t()), Feeds.options()));
        served = new ArrayList<>();
        if (!waiting.isEmpty()) {
            tick();
        }
        awaitChange();
    }
}
