package io.grouppulse.eventlog.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.eventlog.Entries;
import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.testing.Deadline;
import java.time.Duration;

/** Takes what nobody else holds. */
final class Claims {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Claims() {}

    /** Takes every shard, and what belongs to none, once their leases allow it. */
    static void takeAll(RedisStore store, int shards) {
        for (int shard = ShardLeases.WHOLE; shard < shards; shard++) {
            Deadline deadline = Deadline.in(LIMIT);
            while (!Entries.await(store.ownership().take(shard))) {
                assertThat(deadline.isOver())
                        .as("shard %d stayed another's", shard)
                        .isFalse();
                Deadline.pause(Duration.ofMillis(50));
            }
        }
    }
}
