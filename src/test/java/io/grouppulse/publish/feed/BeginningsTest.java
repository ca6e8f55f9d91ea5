package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BeginningsTest {
    private final FeedMeters meters = new FeedMeters(new SimpleMeterRegistry());
    private final List<Set<StateStream>> asked = new ArrayList<>();
    private final List<Promise<Void>> answers = new ArrayList<>();
    private final Beginnings beginnings = new Beginnings(this::ask);

    private Future<Void> ask(Set<StateStream> streams) {
        asked.add(streams);
        Promise<Void> answer = Promise.promise();
        answers.add(answer);
        return answer.future();
    }

    private StateStream stream(int group) {
        return new StateStream(new Topic(Topic.Kind.GROUP, "g" + group), 50, "e", meters);
    }

    @Test
    void theFirst_isAskedForAtOnce() {
        StateStream first = stream(1);
        beginnings.add(first);
        assertThat(asked).containsExactly(Set.of(first));
    }

    @Test
    void allThatComeWhileAQuestionIsOut_areOneQuestion() {
        beginnings.add(stream(0));
        for (int group = 1; group <= 10_000; group++) {
            beginnings.add(stream(group));
        }
        assertThat(asked).hasSize(1);

        answers.get(0).complete();

        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).hasSize(10_000);
        answers.get(1).complete();
        assertThat(asked).hasSize(2);
    }

    @Test
    void afterAQuestionThatFailed_theOthersAreAskedFor() {
        StateStream second = stream(2);
        beginnings.add(stream(1));
        beginnings.add(second);

        answers.get(0).fail("nobody answers");

        assertThat(asked.get(1)).containsExactly(second);
    }
}
