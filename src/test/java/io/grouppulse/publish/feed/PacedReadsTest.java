package io.grouppulse.publish.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class PacedReadsTest {
    private final Sight sight = new Sight("campaign:c1", null, null);
    private final Deque<Promise<JsonObject>> searches = new ArrayDeque<>();
    private long millis = 10_000;
    private final PacedReads reads = new PacedReads(() -> millis);
    private int searched;

    private Future<PacedReads.Answer> read(long asOf) {
        return reads.read(sight, asOf, () -> {
            searched++;
            searches.add(Promise.promise());
            return searches.getLast().future();
        });
    }

    private void find(int n) {
        searches.remove().complete(new JsonObject().put("n", n));
    }

    @Test
    void manyReaders_areAnsweredByOneSearch() {
        Future<PacedReads.Answer> one = read(1);
        Future<PacedReads.Answer> other = read(2);
        find(7);

        assertThat(searched).isOne();
        assertThat(one.result()).isEqualTo(new PacedReads.Answer(new JsonObject().put("n", 7), 1, false));
        assertThat(other.result()).isEqualTo(new PacedReads.Answer(new JsonObject().put("n", 7), 1, true));
    }

    @Test
    void withinASecond_theStateFoundStands() {
        read(1);
        find(7);
        millis += 999;

        assertThat(read(5).result()).isEqualTo(new PacedReads.Answer(new JsonObject().put("n", 7), 1, true));
        millis += 1;
        Future<PacedReads.Answer> next = read(6);
        find(8);
        assertThat(searched).isEqualTo(2);
        assertThat(next.result()).isEqualTo(new PacedReads.Answer(new JsonObject().put("n", 8), 6, false));
    }

    @Test
    void whatTakesLong_restsTwentyTimesAsLong() {
        read(1);
        millis += 300;
        find(7);
        millis += 5_999;

        assertThat(read(2).result().isOld()).isTrue();
        millis += 1;
        read(3);
        assertThat(searched).isEqualTo(2);
    }

    @Test
    void searchThatFails_isNoAnswerAndTriedAgain() {
        Future<PacedReads.Answer> failed = read(1);
        searches.remove().fail("no answer");
        Future<PacedReads.Answer> next = read(2);
        find(7);

        assertThat(failed.failed()).isTrue();
        assertThat(next.result().asOf()).isEqualTo(2);
    }

    @Test
    void whatWasNotFound_isLookedForAgainAtOnce() {
        read(1);
        searches.remove().complete(null);
        Future<PacedReads.Answer> next = read(2);
        find(7);

        assertThat(next.result()).isEqualTo(new PacedReads.Answer(new JsonObject().put("n", 7), 2, false));
    }
}
