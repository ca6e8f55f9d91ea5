package io.grouppulse.publish.feed;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * States that are dear to find: after one was found what is seen rests, at least a second and many times as long as the finding
 * took, and until then the same state is given. However many streams show it, it is looked for once. What was not
 * found does not rest.
 */
final class PacedReads {
    private static final long LEAST_PAUSE = 1_000;
    private static final long PAUSE_PER_COST = 20;
    private static final long FORGOTTEN_AFTER = 60_000;

    private final LongSupplier millis;
    private final Map<Sight, Known> known = new HashMap<>();

    /** @param isOld whether something may have changed since it was found */
    record Answer(@Nullable JsonObject state, long asOf, boolean isOld) {}

    private static final class Known {
        private @Nullable Future<Answer> search;
        private Answer newest = new Answer(null, Long.MIN_VALUE, false);
        private long restsUntil = Long.MIN_VALUE;
    }

    /** @param millis a clock that only goes forward */
    PacedReads(LongSupplier millis) {
        this.millis = millis;
    }

    /** The state as of T, or one that was found a moment ago; a search that fails is no answer, and is tried again. */
    Future<Answer> read(Sight sight, long asOf, Supplier<Future<@Nullable JsonObject>> search) {
        long now = millis.getAsLong();
        known.values().removeIf(one -> one.search == null && now - one.restsUntil > FORGOTTEN_AFTER);
        Known one = known.computeIfAbsent(sight, first -> new Known());
        if (one.search != null) {
            // it began before this reader asked, so what made it ask may have been missed
            return one.search.map(answer -> new Answer(answer.state(), answer.asOf(), true));
        }
        if (now < one.restsUntil) {
            return Future.succeededFuture(one.newest);
        }
        one.restsUntil = now;
        Future<Answer> running = search.get()
                .map(state -> new Answer(state, asOf, false))
                .onComplete(done -> {
                    one.search = null;
                    // of what there is not, the next reader may be the first to hear that it has come
                    if (done.succeeded() && done.result().state() != null) {
                        long cost = millis.getAsLong() - now;
                        one.restsUntil = millis.getAsLong() + Math.max(LEAST_PAUSE, PAUSE_PER_COST * cost);
                        one.newest = new Answer(done.result().state(), asOf, true);
                    }
                });
        if (!running.isComplete()) {
            one.search = running;
        }
        return running;
    }
}
