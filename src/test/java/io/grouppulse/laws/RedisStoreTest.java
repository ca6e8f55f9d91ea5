package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorInProcess;
import io.grouppulse.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor whose store is a Redis keeps everything there, and shows what the log there holds. */
class RedisStoreTest {
    private static final long T = 1_790_000_000_000L;

    @TempDir
    Path directory;

    RedisServer redis;

    @BeforeEach
    void startRedis() throws Exception {
        redis = RedisServer.start(directory.resolve("redis"));
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    private MonitorInProcess monitor() throws Exception {
        return MonitorInProcess.start(
                directory.resolve("data"), Map.of("store", redis.address(), "snapshot.interval", "1s"));
    }

    private static String paid(String group, String order, long amount) {
        return "{\"id\":\"e-%s\",\"type\":\"order.paid\",\"group\":\"%s\",\"ts\":%d,\"member\":\"m1\",\"order\":\"%s\",\"amount\":%d}\n"
                .formatted(order, group, T, order, amount);
    }

    /** -1 while the group is not there, or nobody can say. */
    private static long gmv(MonitorInProcess monitor, String group) throws Exception {
        HttpResponse<String> answer = monitor.exchange("GET", "/api/v1/groups/" + group, "");
        return answer.statusCode() == 200
                ? new JsonObject(answer.body()).getJsonObject("total").getLong("gmvPaid")
                : -1;
    }

    @Test
    void secondMonitor_waitsWithoutAnswering_andTakesOverEverything() throws Exception {
        MonitorInProcess first = monitor();
        first.send("PUT", "/api/v1/groups/g1", "{\"name\":\"群\",\"orgs\":[\"bbg/hunan\"]}");
        first.send(
                "PUT",
                "/api/v1/campaigns/c1",
                "{\"name\":\"双十一\",\"org\":\"bbg\",\"from\":" + (T - 1000) + ",\"to\":" + (T + 1000)
                        + ",\"targets\":{\"gmv\":1000}}");
        first.events(paid("g1", "o1", 100));
        CompletableFuture<MonitorInProcess> starting = CompletableFuture.supplyAsync(() -> {
            try {
                return monitor();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        JsonObject taken = first.events(paid("g1", "o2", 50) + "{\"id\":\"bad\"}\n" + paid("g1", "o1", 100));

        assertThat(taken.getInteger("duplicates")).isEqualTo(1);
        assertThat(starting).isNotDone();
        first.close();
        try (MonitorInProcess second = starting.get(90, TimeUnit.SECONDS)) {
            eventually(() -> status(second, "/api/v1/groups/g1") == 200);
            assertThat(gmv(second, "g1")).isEqualTo(150);
            assertThat(second.get("/api/v1/groups/g1").getString("name")).isEqualTo("群");
            assertThat(second.get("/api/v1/campaigns/c1").getString("name")).isEqualTo("双十一");
            assertThat(second.get("/api/v1/rejects").getJsonArray("items")).hasSize(1);
            assertThat(second.events(paid("g1", "o2", 50)).getInteger("duplicates"))
                    .isEqualTo(1);
        }
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void redisThatLostTheEndOfTheLog_isShownAsItIs_andCountedOn() throws Exception {
        try (MonitorInProcess monitor = monitor()) {
            monitor.events(paid("g1", "o1", 100));
            redis.command("SAVE");
            monitor.events(paid("g1", "o2", 50) + paid("phantom", "o3", 7));
            assertThat(gmv(monitor, "g1")).isEqualTo(150);

            redis.kill();
            eventually(() -> status(monitor, "/health/ready") == 503);
            assertThat(status(monitor, "/health/live")).isEqualTo(200);
            redis.restart();

            eventually(() -> status(monitor, "/health/ready") == 200
                    && gmv(monitor, "g1") == 100
                    && status(monitor, "/api/v1/groups/phantom") == 404);
            monitor.events(paid("g1", "o2", 50) + paid("g1", "o4", 1));
            assertThat(gmv(monitor, "g1")).isEqualTo(151);
            assertThat(monitor.exchange("GET", "/metrics", "").body())
                    .contains("grouppulse_redis_up 1")
                    .containsPattern("grouppulse_log_regressions_total [1-9]")
                    .contains("grouppulse_commits_total{result=\"ok\"}");
        }
    }

    private static void eventually(Deadline.Condition condition) throws Exception {
        assertThat(Deadline.in(Duration.ofSeconds(60)).until(condition)).isTrue();
    }

    private static int status(MonitorInProcess monitor, String path) throws Exception {
        return monitor.exchange("GET", path, "").statusCode();
    }
}
