package io.grouppulse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisCluster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link to a Cluster of which a slot was served by nobody when it connected. */
class RedisLinkClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String KEY = "{gp}:key";

    @Test
    void commandForASlotThatNobodyServes_fails_andSucceedsOnceItIsServedAgain(@TempDir Path directory)
            throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RedisCluster cluster = RedisCluster.start(directory)) {
            String slot = cluster.slotOf(KEY);
            cluster.serve(slot, false);
            RedisLink link = new RedisLink(vertx, RedisAddress.parse(cluster.address()), "test");
            assertThat(Deadline.in(LIMIT).until(() -> settled(link.open()).succeeded()))
                    .isTrue();

            Future<@Nullable Response> unserved = settled(get(link));
            assertThat(unserved.failed()).isTrue();
            assertThat(unserved.cause()).isInstanceOf(RedisException.class);

            cluster.serve(slot, true);
            assertThat(Deadline.in(LIMIT).until(() -> settled(get(link)).succeeded()))
                    .isTrue();
            settled(link.close());
        } finally {
            settled(vertx.close());
        }
    }

    private static Future<@Nullable Response> get(RedisLink link) {
        return link.send(Request.cmd(Command.GET).arg(KEY), 2_000);
    }

    /** The future once it is done, however it went. */
    private static <T extends @Nullable Object> Future<T> settled(Future<T> future) throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        future.onComplete(result -> done.complete(true));
        assertThat(done.get(60, TimeUnit.SECONDS)).isTrue();
        return future;
    }
}
