package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupWalkTest {
    private static final long SLICE_NANOS = 5_000_000;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void walk_longerThanASlice_letsOthersRunBetweenAndLooksAtEveryGroupOnce() throws Exception {
        List<String> seen = new ArrayList<>();
        List<Integer> seenByOthers = new ArrayList<>();
        List<String> answer = onContext(seen, seenByOthers, group -> {
            // each group takes a slice of its own
            long end = System.nanoTime() + SLICE_NANOS;
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            seen.add(group.group());
        });
        assertThat(answer).containsExactly("g0", "g1", "g2", "g3");
        assertThat(seenByOthers).hasSize(1).allMatch(count -> count > 0 && count < 4);
    }

    @Test
    void walk_ofAVisitThatFails_failsTheAnswer() {
        Future<List<String>> answer = walk(new ArrayList<>(), group -> {
                    throw new IllegalStateException("no");
                })
                .runInSlices(vertx);
        assertThat(answer.failed()).isTrue();
        assertThat(answer.cause()).hasMessage("no");
    }

    @Test
    void walk_ofNoGroups_answersAtOnce() {
        Future<String> answer = new GroupWalk<>(List.of(), group -> {}, () -> "nothing").runInSlices(vertx);
        assertThat(answer.result()).isEqualTo("nothing");
    }

    private List<String> onContext(List<String> seen, List<Integer> seenByOthers, Consumer<GroupState> visit)
            throws Exception {
        Promise<List<String>> answered = Promise.promise();
        Context context = vertx.getOrCreateContext();
        context.runOnContext(begin -> {
            walk(seen, visit).runInSlices(vertx).onComplete(answered);
            context.runOnContext(other -> seenByOthers.add(seen.size()));
        });
        return answered.future().await(20, TimeUnit.SECONDS);
    }

    private static GroupWalk<List<String>> walk(List<String> seen, Consumer<GroupState> visit) {
        GroupSettings settings = GroupSettings.defaults();
        WindowPlan plan = new WindowPlan(settings.windows());
        List<GroupState> groups = IntStream.range(0, 4)
                .mapToObj(i -> new GroupState("g" + i, settings, plan))
                .toList();
        return new GroupWalk<>(groups, visit, () -> seen);
    }
}
