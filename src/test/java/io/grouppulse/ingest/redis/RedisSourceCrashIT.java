package io.grouppulse.ingest.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program killed in the middle of a stream. */
class RedisSourceCrashIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String STREAM = "events";
    private static final int ENTRIES = 30_000;
    private static final int KILLS = 2;
    private static final long T = System.currentTimeMillis() - 60_000;

    @Test
    void kill9InTheMiddle_countsEveryEntryOnce(@TempDir Path directory) throws Exception {
        try (RealRedis redis = RealRedis.start(Files.createDirectory(directory.resolve("redis")))) {
            List<Object[]> entries = new ArrayList<>();
            for (int i = 0; i < ENTRIES; i++) {
                entries.add(new Object[] {"XADD", STREAM, "*", "event", message(i)});
            }
            redis.pipeline(entries);
            ServerOptions options = ServerOptions.replays()
                    .with("sources.redis.shop.url", redis.url())
                    .with("sources.redis.shop.stream", STREAM);
            try (RunningServer server = RunningServer.start(options)) {
                MonitorApi api = new MonitorApi(server.baseUrl());
                int inTheMiddle = 0;
                for (int kill = 0; kill < KILLS; kill++) {
                    long before = applied(api);
                    assertThat(Deadline.in(LIMIT).until(() -> applied(api) > before))
                            .as("more entries after restart %s", kill)
                            .isTrue();
                    inTheMiddle += applied(api) < ENTRIES ? 1 : 0;
                    server.kill();
                    server.restart();
                }
                Deadline.in(LIMIT).until(() -> applied(api) >= ENTRIES && redis.pending(STREAM, "grouppulse") == 0);

                assertThat(inTheMiddle).isPositive();
                assertThat(applied(api)).isEqualTo(ENTRIES);
                assertThat(redis.pending(STREAM, "grouppulse")).isZero();
                assertThat(messagesToday(api)).isEqualTo(ENTRIES);
            }
        }
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
