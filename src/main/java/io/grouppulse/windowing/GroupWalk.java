package io.grouppulse.windowing;

import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A question answered by looking at groups one after the other. With pauses between, the answer contains at least
 * what had been applied when it was asked, and of what arrives meanwhile what happens to be there.
 *
 * @param <A> the answer
 */
record GroupWalk<A>(List<? extends KnownGroup> groups, Consumer<GroupState> visit, Supplier<A> answer) {
    private static final long SLICE_NANOS = 5_000_000;

    /** The same without the groups that slept at {@code from} already: nothing that is looked for happened there since. */
    GroupWalk<A> since(long from) {
        return new GroupWalk<>(
                groups.stream().filter(group -> group.quietSince() >= from).toList(), visit, answer);
    }

    /** Looks at all groups at once. */
    A run() {
        groups.forEach(group -> visit.accept(group.awake()));
        return answer.get();
    }

    /** Looks at groups for a few milliseconds at a time; what else waits on this event loop goes between. */
    Future<A> runInSlices(Vertx vertx) {
        Promise<A> answered = Promise.promise();
        proceed(vertx, groups.iterator(), answered);
        return answered.future();
    }

    private void proceed(Vertx vertx, Iterator<? extends KnownGroup> left, Promise<A> answered) {
        try {
            long end = System.nanoTime() + SLICE_NANOS;
            while (left.hasNext() && System.nanoTime() - end < 0) {
                visit.accept(left.next().awake());
            }
            if (!left.hasNext()) {
                answered.complete(answer.get());
                return;
            }
        } catch (RuntimeException e) {
            answered.fail(e);
            return;
        }
        vertx.runOnContext(next -> proceed(vertx, left, answered));
    }
}
