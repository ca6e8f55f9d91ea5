package io.grouppulse.ingest.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorInProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of a real Redis, read by a monitor in this process. */
class RedisSourceIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STREAM = "shop:events";
    private static final String GROUP = "grouppulse";
    private static final long T = System.currentTimeMillis();

    @TempDir
    Path directory;

    private RealRedis redis;
    private @Nullable MonitorInProcess monitor;

    @BeforeEach
    void startRedis() throws Exception {
        redis = RealRedis.start(Files.createDirectory(directory.resolve("redis")));
    }

    @AfterEach
    void stop() throws IOException {
        if (monitor != null) {
            monitor.close();
        }
        redis.close();
    }

    @Test
    void jsonAndFlatEntries_countOnce_andAreAcknowledged() throws Exception {
        add("event", message("e-1"));
        add("id", "e-2", "type", "order.paid", "ts", T, "group", "g", "member", "m", "order", "o-1", "amount", 990);
        startMonitor(Map.of());
        awaitApplied(2);
        add("id", "e-3", "type", "message.sent", "ts", Instant.ofEpochMilli(T).toString(), "group", "g", "member", "m");
        add("event", message("e-1"), "note", "sent again");
        add("event", message("e-4"));

        awaitApplied(4);
        assertThat(source().getInteger("duplicates")).isEqualTo(1);
        assertThat(source().getBoolean("up")).isTrue();
        awaitNothingPending();
        assertThat(monitor().get("/api/v1/groups/g").encode()).contains("990");
        assertThat(metrics())
                .contains("grouppulse_redis_entries_total{result=\"taken\",source=\"shop\"} 5.0")
                .contains("grouppulse_source_up{source=\"shop\"} 1");
    }

    @Test
    void poisonEntries_goToRejects_andHoldUpNothing() throws Exception {
        String large = "x".repeat(1 << 20);
        add("event", "{\"id\":\"e-1\",");
        add("event", "[" + message("e-1") + "]");
        add("event", "");
        add("event", message("e-1").replace("message.sent", "message.snet"));
        add("event", message("e-1").replace("\"g\"", "\"" + large + "\""));
        add("anything", "else");
        add("id", "e-1", "type", "message.sent", "ts", T, "group", "g", "member", large);
        add("id", "e-1", "type", "order.paid", "ts", T, "group", "g", "member", "m", "order", "o", "amount", "9.90");
        add("id", "e-1", "type", "message.sent", "ts", "soon", "group", "g", "member", "m");
        add("id", "e-1", "id", "e-2", "type", "message.sent", "ts", T, "group", "g", "member", "m");
        add("id", "e-1", "type", "message.sent", "ts", T, "group", "g", "member", "m\u00ff".getBytes(ISO_8859_1));
        add("event", message("e-1"));
        startMonitor(Map.of());

        awaitApplied(1);
        awaitNothingPending();
        assertThat(source().getInteger("rejected")).isEqualTo(11);
        assertThat(monitor().get("/api/v1/rejects?limit=100").getJsonArray("items"))
                .hasSize(11)
                .allSatisfy(reject ->
                        assertThat(((JsonObject) reject).getString("source")).isEqualTo("shop"));
    }

    @Test
    void entriesPendingSinceAnEarlierRun_areTaken_andDeletedOnesAcknowledged() throws Exception {
        redis.command("XGROUP", "CREATE", STREAM, GROUP, "0", "MKSTREAM");
        add("event", message("e-1"));
        String deleted = add("event", message("e-2"));
        add("event", message("e-3"));
        redis.command("XREADGROUP", "GROUP", GROUP, "me", "STREAMS", STREAM, ">");
        redis.command("XDEL", STREAM, deleted);
        startMonitor(Map.of());

        awaitApplied(2);
        awaitNothingPending();
        assertThat(metrics()).contains("grouppulse_redis_entries_total{result=\"deleted\",source=\"shop\"} 1.0");
    }

    @Test
    void entriesOfADeadConsumer_areClaimed_deletedOnesToo() throws Exception {
        redis.command("XGROUP", "CREATE", STREAM, GROUP, "0", "MKSTREAM");
        add("event", message("e-1"));
        String deleted = add("event", message("e-2"));
        add("event", "no event");
        redis.command("XREADGROUP", "GROUP", GROUP, "dead", "STREAMS", STREAM, ">");
        redis.command("XDEL", STREAM, deleted);
        startMonitor(Map.of("claim_after", "1s"));

        awaitApplied(1);
        awaitNothingPending();
        assertThat(source().getInteger("rejected")).isEqualTo(1);
    }

    @Test
    void groupOrStreamThatVanishes_isMadeAnew_andNothingCountsTwice() throws Exception {
        startMonitor(Map.of());
        add("event", message("e-1"));
        awaitApplied(1);
        redis.command("XGROUP", "DESTROY", STREAM, GROUP);
        add("event", message("e-2"));
        awaitApplied(2);
        redis.command("DEL", STREAM);
        redis.command("XADD", STREAM, "1-1", "event", message("e-3"));

        awaitApplied(3);
        assertThat(source().getInteger("duplicates")).isZero();
        awaitNothingPending();
    }

    @Test
    void keyOfAnotherType_isToldOf_andReadOnceItIsAStream() throws Exception {
        redis.command("SET", STREAM, "no stream");
        startMonitor(Map.of());
        assertThat(Deadline.in(LIMIT).until(() -> failures() > 0)).isTrue();
        redis.command("DEL", STREAM);
        add("event", message("e-1"));

        awaitApplied(1);
    }

    @Test
    void redisThatGoes_andComesBack_isReadOnWithoutLossOrRepeat() throws Exception {
        redis.kill();
        startMonitor(Map.of());
        assertThat(Deadline.in(LIMIT).until(() -> failures() > 0)).isTrue();
        assertThat(Deadline.in(LIMIT).until(() -> lag() > 1)).isTrue();
        redis.restart();
        add("event", message("e-1"));
        awaitApplied(1);
        redis.kill();
        redis.restart();
        add("event", message("e-2"));

        awaitApplied(2);
        awaitNothingPending();
        assertThat(source().getInteger("duplicates")).isZero();
    }

    /** Seconds; 0 while nothing is known. */
    private double lag() throws Exception {
        Double seconds = source().getDouble("lagSeconds");
        return seconds == null ? 0 : seconds;
    }

    private void startMonitor(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "sources.redis.shop.url",
                redis.url(),
                "sources.redis.shop.stream",
                STREAM,
                "sources.redis.shop.consumer",
                "me"));
        more.forEach((key, value) -> settings.put("sources.redis.shop." + key, value));
        monitor = MonitorInProcess.start(directory.resolve("data"), settings);
    }

    private MonitorInProcess monitor() {
        return Objects.requireNonNull(monitor);
    }

    private String add(Object... fields) throws IOException {
        Object[] words = new Object[3 + fields.length];
        System.arraycopy(new Object[] {"XADD", STREAM, "*"}, 0, words, 0, 3);
        System.arraycopy(fields, 0, words, 3, fields.length);
        return String.valueOf(redis.command(words));
    }

    private static String message(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"message.sent\",\"ts\":" + T + ",\"group\":\"g\",\"member\":\"m\"}";
    }

    private JsonObject source() throws Exception {
        return monitor().get("/api/v1/sources").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(source -> source.getString("source").equals("shop"))
                .findFirst()
                .orElseGet(JsonObject::new);
    }

    private void awaitApplied(int events) throws Exception {
        Deadline.in(LIMIT).until(() -> source().getInteger("applied", 0) >= events);
        assertThat(source().getInteger("applied")).isEqualTo(events);
    }

    private void awaitNothingPending() throws Exception {
        Deadline.in(LIMIT).until(() -> redis.pending(STREAM, GROUP) == 0);
        assertThat(redis.pending(STREAM, GROUP)).isZero();
    }

    private String metrics() throws Exception {
        return monitor().exchange("GET", "/metrics", "").body();
    }

    private double failures() throws Exception {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("grouppulse_redis_failures_total{source=\"shop\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
                .sum();
    }
}
