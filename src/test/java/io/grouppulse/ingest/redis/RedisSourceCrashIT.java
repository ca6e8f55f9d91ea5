package io.grouppulse.ingest.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program killed in the middle of a stream. */
class RedisSourceCrashIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STREAM = "events";
    private static final int KILLS = 2;
    private static final int AT_A_TIME = 500;
    /** Enough to go on through a kill, however slow the machine is. */
    private static final int MOST = 40_000;

    private static final long T = System.currentTimeMillis() - 60_000;

    private final AtomicInteger added = new AtomicInteger();

    @Test
    void kill9InTheMiddle_countsEveryEntryOnce(@TempDir Path directory) throws Exception {
        try (RealRedis redis = RealRedis.start(Files.createDirectory(directory.resolve("redis")))) {
            ServerOptions options = ServerOptions.replays()
                    .with("sources.redis.shop.url", redis.url())
                    .with("sources.redis.shop.stream", STREAM);
            try (RunningServer server = RunningServer.start(options)) {
                MonitorApi api = new MonitorApi(server.baseUrl());
                for (int kill = 0; kill < KILLS; kill++) {
                    killWhileEntriesCome(redis, server, api);
                }
                Deadline.in(LIMIT).until(() -> applied(api) >= added.get() && redis.pending(STREAM, "grouppulse") == 0);

                assertThat(applied(api)).isEqualTo(added.get());
                assertThat(redis.pending(STREAM, "grouppulse")).isZero();
                assertThat(messagesToday(api)).isEqualTo(added.get());
            }
        }
    }

    /** Entries come until the process is gone, so that it has some in its hands whatever the moment is. */
    private void killWhileEntriesCome(RealRedis redis, RunningServer server, MonitorApi api) throws Exception {
        long before = applied(api);
        AtomicBoolean killed = new AtomicBoolean();
        int most = added.get() + MOST;
        CompletableFuture<Void> coming = CompletableFuture.runAsync(() -> {
            while (!killed.get() && added.get() < most) {
                add(redis);
            }
        });
        assertThat(Deadline.in(LIMIT).until(() -> applied(api) > before))
                .as("more entries than %d", before)
                .isTrue();
        long taken = applied(api);
        assertThat(Deadline.in(LIMIT).until(() -> added.get() > taken))
                .as("the kill is in the middle")
                .isTrue();
        server.kill();
        killed.set(true);
        coming.join();
        server.restart();
    }

    private void add(RealRedis redis) {
        List<Object[]> entries = new ArrayList<>();
        for (int i = added.get(); i < added.get() + AT_A_TIME; i++) {
            entries.add(new Object[] {"XADD", STREAM, "*", "event", message(i)});
        }
        try {
            redis.pipeline(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        added.addAndGet(AT_A_TIME);
    }

    private static String message(int i) {
        return "{\"id\":\"e-" + i + "\",\"type\":\"message.sent\",\"ts\":" + (T + i % 1_000) + ",\"group\":\"g-"
                + i % 50 + "\",\"member\":\"m-" + i % 700 + "\"}";
    }

    private static long applied(MonitorApi api) throws Exception {
        return MonitorApi.sum(api.get("api/v1/sources"), "applied");
    }

    /** Over all groups, in the widest window. */
    private static long messagesToday(MonitorApi api) throws Exception {
        long messages = 0;
        for (JsonNode group : api.items("api/v1/groups?limit=50")) {
            messages += group.at("/windows/24h/messages").longValue();
        }
        return messages;
    }
}
