package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.oracle.EventBuilder;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.MonitorApi.Body;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process that ended, well or not, leaves behind is all there when it starts again, or it refuses to start. */
class RestartIT {
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(10);
    private static final int BATCH = 1_000;
    /** Of a source, what a new process cannot know. */
    private static final String[] OF_THE_PROCESS = {"up", "rejected", "lastReceivedAt", "lagSeconds", "heartbeatAt"};

    private final List<GroupEvent> events =
            RandomHistory.of(3, OracleSettings.defaults(), RandomHistory.Shape.large(8_000)).stream()
                    .filter(event -> event.type() != EventType.SOURCE_HEARTBEAT)
                    .toList();
    private final long t = events.get(events.size() - 1).ts();
    private RunningServer server;
    private MonitorApi api;

    @BeforeEach
    void startAndFeed() throws Exception {
        server = RunningServer.start(ServerOptions.replays()
                .with("shards", 4)
                .with("log.segment", "1MiB")
                .with("snapshot.interval", "1s"));
        api = new MonitorApi(server.baseUrl());
        for (int from = 0; from < events.size(); from += BATCH) {
            List<GroupEvent> batch = events.subList(from, Math.min(events.size(), from + BATCH));
            api.send(EventBodies.body(batch, Form.LINES), "?wait=applied");
        }
    }

    @AfterEach
    void stop() {
        // It is missing when starting it failed.
        if (server != null) {
            server.close();
        }
    }

    @Test
    void terminated_endsWellInTime_andEverythingIsThereAgain() throws Exception {
        define();
        Map<String, Object> before = everythingDefined();
        long began = System.nanoTime();

        int exitCode = server.terminate(DRAINED_WITHIN);

        assertThat(exitCode).as(server.said()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(DRAINED_WITHIN);
        server.restart();
        assertSame(before, everythingDefined());
    }

    @Test
    void killed_everythingIsThereAgain() throws Exception {
        define();
        Map<String, Object> before = everythingDefined();

        server.restart();

        assertSame(before, everythingDefined());
    }

    @Test
    void otherNumberOfShards_isRefusedInOneLine() throws Exception {
        server.terminate(DRAINED_WITHIN);

        int exitCode = server.launchUntilEnd(server.options().with("shards", 8));

        assertThat(exitCode).as(server.said()).isPositive();
        assertThat(server.said().strip())
                .startsWith("grouppulse: ")
                .contains("shards: 4", "8")
                .doesNotContain("\n", "Exception");
        assertThat(startedAgain()).isEqualTo(t);
    }

    @Test
    void otherWindows_areRefusedInOneLine() throws Exception {
        server.terminate(DRAINED_WITHIN);

        int exitCode = server.launchUntilEnd(server.options().with("windows", "1m/1s,10m/1s"));

        assertThat(exitCode).as(server.said()).isPositive();
        assertThat(server.said().strip())
                .startsWith("grouppulse: ")
                .contains("other settings", "windows 60000/1000ms 600000/1000ms")
                .doesNotContain("\n", "Exception");
        assertThat(startedAgain()).isEqualTo(t);
    }

    @Test
    void damageInTheMiddleOfTheLog_isRefusedWithFileAndOffset() throws Exception {
        server.kill();
        Path log = newestLog();
        byte[] bytes = Files.readAllBytes(log);
        int block = secondBlock(bytes);
        bytes[block + 100] ^= 1;
        Files.write(log, bytes);

        int exitCode = server.launchUntilEnd(server.options());

        assertThat(exitCode).as(server.said()).isPositive();
        assertThat(server.said().strip())
                .startsWith("grouppulse: ")
                .contains(log.getFileName().toString(), "offset " + block)
                .doesNotContain("\n", "Exception");
        assertThat(Files.readAllBytes(log)).isEqualTo(bytes);
    }

    @Test
    void tornEndOfTheLog_isCutOffAndReported() throws Exception {
        Map<String, Object> before = everything();
        server.kill();
        Path log = newestLog();
        byte[] bytes = Files.readAllBytes(log);
        int block = secondBlock(bytes);
        Files.write(log, Arrays.copyOfRange(bytes, block, block + 1_000), StandardOpenOption.APPEND);

        server.restart();

        assertThat(server.said()).contains(log.getFileName().toString(), "offset=" + bytes.length, "bytes=");
        assertSame(before, everything());
    }

    @Test
    void logThatIsSaved_isDroppedAfterARestart_thoughSomeShardsAreSilent() throws Exception {
        Path first = newestLog();
        server.terminate(DRAINED_WITHIN);
        server.restart();

        for (int from = 0; from < 10 * BATCH; from += BATCH) {
            api.send(EventBodies.body(large("g0", from), Form.LINES), "");
        }

        assertThat(newestLog()).isNotEqualTo(first);
        assertThat(Deadline.in(Duration.ofSeconds(60)).until(() -> Files.notExists(first)))
                .as("%s is gone", first)
                .isTrue();
    }

    /** Events of one group that take some room in the log. */
    private List<GroupEvent> large(String group, int from) {
        List<GroupEvent> large = new ArrayList<>();
        for (int i = from; i < from + BATCH; i++) {
            large.add(EventBuilder.event(EventType.CHECKIN_DONE, t, "large" + i)
                    .group(group)
                    .member("m1")
                    .campaign("long".repeat(32))
                    .build());
        }
        return large;
    }

    private long startedAgain() throws Exception {
        server.restart();
        return api.settledSources(t).path("asOf").longValue();
    }

    /** The same with what {@link #define} put there. */
    private Map<String, Object> everythingDefined() throws Exception {
        Map<String, Object> all = everything();
        for (String path : List.of("orgs/bbg", "orgs/retail/a", "campaigns/eleven")) {
            all.put(path, api.get("api/v1/" + path));
        }
        return all;
    }

    /** A registry, a roster, a campaign and rejects, so that there is everything to lose. */
    private void define() throws Exception {
        api.put(
                "api/v1/groups/g0",
                "{\"name\":\"One\",\"orgs\":[\"bbg/hunan\",\"retail/a\"],\"capacity\":500,"
                        + "\"tags\":[\"vip\"],\"owner\":\"li\"}");
        api.put("api/v1/groups/g1", "{\"orgs\":[\"bbg/hubei\"]}");
        api.put(
                "api/v1/groups/g1/roster",
                "{\"members\":[{\"id\":\"m1\",\"role\":\"staff\"},{\"id\":\"m2\",\"role\":\"customer\"}]}");
        api.put(
                "api/v1/campaigns/eleven",
                "{\"name\":\"11.11\",\"org\":\"bbg\",\"from\":%d,\"to\":%d,\"targets\":{\"gmv\":100}}"
                        .formatted(RandomHistory.MIDNIGHT, RandomHistory.MIDNIGHT + 86_400_000));
        String mixed = "{\"id\":\"bad1\",\"type\":\"no.such\",\"ts\":1,\"group\":\"g0\"}\n{\"id\":\"bad2\"}\n"
                + "{\"id\":\"good\",\"type\":\"message.sent\",\"ts\":%d,\"group\":\"g0\",\"member\":\"m3\"}"
                        .formatted(t);
        JsonNode answer = api.send(
                        new Body("application/x-ndjson", false, mixed.getBytes(StandardCharsets.UTF_8)),
                        "?wait=applied")
                .answer();
        assertThat(answer.path("rejected").intValue()).isEqualTo(2);
    }

    /** All that can be read of a monitor and has to outlive its process. */
    private Map<String, Object> everything() throws Exception {
        List<JsonNode> sources = new ArrayList<>();
        api.settledSources(t)
                .path("items")
                .forEach(source -> sources.add(ServerMeasures.without(source, OF_THE_PROCESS)));
        ServerMeasures measures = ServerMeasures.read(api, List.of("g0", "g1", "g2", "g3", "g4", "g5"));
        Map<String, Object> all = new TreeMap<>();
        all.put("sources", sources);
        all.put("groups", measures.groups());
        all.put("history", measures.history(t - 86_400_000, t + 60_000));
        for (String path : List.of("orgs", "orders?limit=100", "orders?limit=1000", "rejects?limit=100")) {
            all.put(path, api.get("api/v1/" + path));
        }
        return all;
    }

    private static void assertSame(Map<String, Object> before, Map<String, Object> after) {
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((what, value) -> assertThat(after.get(what)).as(what).isEqualTo(value));
    }

    private Path newestLog() throws IOException {
        try (Stream<Path> files = Files.list(server.dataDirectory().resolve("log"))) {
            return files.sorted().reduce((one, other) -> other).orElseThrow();
        }
    }

    /** Where the second block begins: a block starts with a magic number and the length of what follows its head. */
    private static int secondBlock(byte[] log) {
        return 24 + ByteBuffer.wrap(log).getInt(4);
    }
}
