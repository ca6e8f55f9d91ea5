package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Entries;
import io.grouppulse.eventlog.StoreContract;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.testing.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RedisStoreContractTest extends StoreContract {
    private static RedisServer redis;

    @BeforeAll
    static void startRedis(@TempDir Path directory) throws Exception {
        redis = RedisServer.start(directory);
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void emptyRedis() throws Exception {
        redis.command("FLUSHALL");
        store.closing().run();
        store = open();
    }

    @Override
    protected OpenStore open() {
        RedisStore opened = RedisStore.open(
                vertx,
                new RedisStoreSettings(RedisAddress.parse(redis.address()), SHARDS, 0),
                "test",
                AppendListener.NONE,
                StoreListener.NONE);
        Claims.takeAll(opened, SHARDS);
        return new OpenStore(
                opened.log(),
                opened.groups(),
                opened.document("document"),
                opened.journal("journal", 10),
                () -> Entries.await(opened.close()));
    }
}
