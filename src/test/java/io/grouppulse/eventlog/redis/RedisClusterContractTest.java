package io.grouppulse.eventlog.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Entries;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.eventlog.StoreContract;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.testing.RedisCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on a cluster, where each shard is on one of three servers. */
class RedisClusterContractTest extends StoreContract {
    private static RedisCluster cluster;

    @BeforeAll
    static void startCluster(@TempDir Path directory) throws Exception {
        cluster = RedisCluster.start(directory);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void emptyCluster() throws Exception {
        cluster.empty();
        store.closing().run();
        store = open();
    }

    @Test
    void entryThatNoReplicaHas_isNotAcknowledged_whereOneIsAskedFor() {
        RedisStore careful = open(new RedisStoreSettings(address(), SHARDS, 1, 100, 5_000, 10_000));

        assertThatThrownBy(() ->
                        Entries.await(careful.log().append(List.of(Entries.entry(0, "a"), Entries.entry(1, "b")))))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("only 0 of 1 replicas");

        Entries.await(careful.close());
    }

    private static RedisAddress address() {
        return RedisAddress.parse(cluster.address());
    }

    @Override
    protected OpenStore open() {
        RedisStore opened = open(new RedisStoreSettings(address(), SHARDS, 0));
        Claims.takeAll(opened, SHARDS);
        return new OpenStore(
                opened.log(),
                opened.groups(),
                opened.document("document"),
                opened.journal("journal", 10),
                () -> Entries.await(opened.close()));
    }

    private RedisStore open(RedisStoreSettings settings) {
        return RedisStore.open(vertx, settings, "test", AppendListener.NONE, StoreListener.NONE);
    }
}
