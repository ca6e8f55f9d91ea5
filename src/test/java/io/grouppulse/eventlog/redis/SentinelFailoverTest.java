package io.grouppulse.eventlog.redis;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.ids;
import static io.grouppulse.eventlog.Entries.onContext;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Entries.Collected;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentinelFailoverTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @Test
    void masterThatDied_isReplacedByItsReplica_andWhatBothHadIsKept() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RedisServer master = RedisServer.start(directory.resolve("master"));
                RedisServer replica =
                        RedisServer.start(directory.resolve("replica"), "--replicaof", "127.0.0.1 " + master.port());
                RedisServer sentinel = RedisServer.sentinel(directory.resolve("sentinel"), master)) {
            eventually(() -> master.command("INFO", "replication").contains("state=online"));
            eventually(() -> sentinel.command("INFO", "sentinel").contains("slaves=1"));
            RedisAddress address = RedisAddress.parse("sentinel://127.0.0.1:" + sentinel.port() + "/shop");
            RedisStore store = RedisStore.open(
                    vertx,
                    new RedisStoreSettings(address, 1, 0, 500, 2_000, 10_000),
                    "a",
                    AppendListener.NONE,
                    StoreListener.NONE);
            Claims.takeAll(store, 1);
            Collected collected = new Collected();
            await(onContext(vertx, () -> store.log().follow(0, 0, collected)));
            append(store, "before");
            eventually(() -> replica.command("XLEN", "{gp:0}:log").contains(":1"));

            master.kill();
            eventually(() -> append(store, "after"));

            eventually(() -> ids(collected.entries).contains("after"));
            assertThat(ids(collected.entries)).startsWith("before");
            assertThat(collected.regressions).isEmpty();
            assertThat(replica.command("ROLE")).contains("master");
            await(store.close());
        } finally {
            await(vertx.close());
        }
    }

    private static boolean append(RedisStore store, String id) {
        try {
            await(store.log().append(List.of(entry(0, id))));
            return true;
        } catch (LogUnavailableException e) {
            return false;
        }
    }

    private static void eventually(Deadline.Condition condition) throws Exception {
        assertThat(Deadline.in(LIMIT).until(condition)).isTrue();
    }
}
