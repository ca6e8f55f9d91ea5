package io.grouppulse.testing;

import io.grouppulse.bus.LocalCodec;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x for verticles under test whose time is moved by hand: timers fire only then, in their order. It has one event
 * loop, so that whatever follows from what has been done can be waited for.
 */
public final class HandTimers extends VertxWrapper {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** More than any message or answer passes on its way. */
    private static final int TURNS = 24;

    private final List<Timer> timers = new ArrayList<>();
    private volatile long nanos = 1_000_000_000;
    private long ids;

    private record Timer(long id, long due, long period, Context context, Handler<Long> handler) {}

    public HandTimers() {
        super((VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)));
        eventBus().registerCodec(new LocalCodec());
    }

    /** Starts a verticle that is to have this time; returns its deployment. */
    public String deploy(VerticleBase verticle) {
        String id = deployVerticle(new Deployable() {
                    @Override
                    public Future<?> deploy(Context context) throws Exception {
                        verticle.init(HandTimers.this, context);
                        return verticle.start();
                    }

                    @Override
                    public Future<?> undeploy(Context context) throws Exception {
                        return verticle.stop();
                    }
                })
                .await();
        settle();
        return id;
    }

    /** Nanoseconds, beginning anywhere. */
    public long nanos() {
        return nanos;
    }

    /** Lets time pass and whatever is due happen. */
    public void pass(long millis) {
        settle();
        long end = nanos + millis * NANOS_PER_MILLI;
        for (Timer next = due(end); next != null; next = due(end)) {
            Timer timer = next;
            nanos = timer.due;
            timer.context.runOnContext(v -> timer.handler.handle(timer.id));
            settle();
        }
        nanos = end;
    }

    /** Waits until whatever follows from what has been done is done. */
    public void settle() {
        Context context = getOrCreateContext();
        for (int turn = 0; turn < TURNS; turn++) {
            Future.<Void>future(promise -> context.runOnContext(v -> promise.complete()))
                    .await();
        }
    }

    private synchronized @Nullable Timer due(long end) {
        Timer first = timers.stream()
                .filter(timer -> timer.due - end <= 0)
                .min((one, other) -> Long.compare(one.due - other.due, 0))
                .orElse(null);
        if (first != null) {
            timers.remove(first);
            if (first.period > 0) {
                add(first.id, first.due + first.period * NANOS_PER_MILLI, first.period, first.context, first.handler);
            }
        }
        return first;
    }

    private void add(long id, long due, long period, Context context, Handler<Long> handler) {
        timers.add(new Timer(id, due, period, context, handler));
    }

    @Override
    public synchronized long setTimer(long delay, Handler<Long> handler) {
        add(++ids, nanos + delay * NANOS_PER_MILLI, 0, getOrCreateContext(), handler);
        return ids;
    }

    @Override
    public synchronized long setPeriodic(long initialDelay, long delay, Handler<Long> handler) {
        add(++ids, nanos + initialDelay * NANOS_PER_MILLI, delay, getOrCreateContext(), handler);
        return ids;
    }

    @Override
    public synchronized boolean cancelTimer(long id) {
        return timers.removeIf(timer -> timer.id == id);
    }
}
