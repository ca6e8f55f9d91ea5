package io.grouppulse.ingest.http;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.ingest.Intake;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An intake whose answers a test gives; it counts, and keeps what it took unless told not to. */
final class FakeIntake implements Intake {
    static final long T = 1_700_000_000_000L;

    private final List<GroupInput> taken = new ArrayList<>();
    private final List<Promise<Receipt>> held = new ArrayList<>();
    private BiFunction<List<GroupInput>, Boolean, Future<Receipt>> answer = (inputs, applied) -> durable(applied);
    private long asOf = T;
    private boolean room = true;
    private boolean keeping = true;
    private long events;
    private int outstanding;
    private int maxOutstanding;
    private @Nullable Runnable onTake;

    @Override
    public synchronized long asOf() {
        return asOf;
    }

    @Override
    public synchronized boolean hasRoom() {
        return room;
    }

    @Override
    public synchronized Future<Receipt> take(List<GroupInput> inputs, boolean awaitApplied) {
        outstanding++;
        maxOutstanding = Math.max(maxOutstanding, outstanding);
        Future<Receipt> receipt = answer.apply(inputs, awaitApplied);
        if (onTake != null) {
            onTake.run();
        }
        return receipt.onComplete(done -> settled(inputs, done.succeeded()));
    }

    private synchronized void settled(List<GroupInput> inputs, boolean succeeded) {
        outstanding--;
        if (succeeded) {
            events += inputs.size();
            if (keeping) {
                taken.addAll(inputs);
            }
        }
    }

    private static Future<Receipt> durable(boolean applied) {
        return Future.succeededFuture(new Receipt(applied ? 0 : -1));
    }

    synchronized void answerWith(BiFunction<List<GroupInput>, Boolean, Future<Receipt>> newAnswer) {
        answer = newAnswer;
    }

    synchronized void failWith(Throwable cause) {
        answer = (inputs, applied) -> Future.failedFuture(cause);
    }

    /** Leaves every batch unanswered until {@link #answerAll()}. */
    synchronized void holdBack() {
        answer = (inputs, applied) -> {
            Promise<Receipt> promise = Promise.promise();
            held.add(promise);
            return promise.future();
        };
    }

    void answerAll() {
        List<Promise<Receipt>> promises;
        synchronized (this) {
            answer = (inputs, applied) -> durable(applied);
            promises = List.copyOf(held);
            held.clear();
        }
        promises.forEach(promise -> promise.complete(new Receipt(-1)));
    }

    synchronized void onTake(Runnable action) {
        onTake = action;
    }

    synchronized void room(boolean hasRoom) {
        room = hasRoom;
    }

    synchronized void asOf(long t) {
        asOf = t;
    }

    synchronized void countOnly() {
        keeping = false;
    }

    synchronized List<GroupInput> taken() {
        return List.copyOf(taken);
    }

    synchronized List<String> takenIds() {
        return taken.stream().map(input -> ((GroupEvent) input).id()).toList();
    }

    synchronized long events() {
        return events;
    }

    synchronized int outstanding() {
        return outstanding;
    }

    synchronized int maxOutstanding() {
        return maxOutstanding;
    }
}
