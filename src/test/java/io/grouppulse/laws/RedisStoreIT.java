package io.grouppulse.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.Oracle;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.MonitorApi.Receipt;
import io.grouppulse.testing.RedisServer;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monitors whose store is a Redis, and what becomes of the numbers when one or the other is killed or stands still. */
@Tag("long")
class RedisStoreIT {
    private static final long LATENESS = 600_000;
    private static final int DUPLICATE_PERCENT = 10;
    private static final int MOST_IN_A_BATCH = 500;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<GroupEvent> events =
            RandomHistory.of(11, OracleSettings.defaults(), RandomHistory.Shape.large(4_000)).stream()
                    .filter(event -> event.type() != EventType.SOURCE_HEARTBEAT)
                    .toList();
    private final List<List<GroupEvent>> batches =
            Disorder.batches(Disorder.shuffle(events, LATENESS, DUPLICATE_PERCENT, 7), MOST_IN_A_BATCH, 7);
    private final EventSums sums = new EventSums();
    private final Oracle oracle = new Oracle(OracleSettings.defaults());
    private RedisServer redis;

    @BeforeEach
    void startRedis() throws Exception {
        // With everysec a busy disk lets Redis answer before it writes, for up to two seconds: what it has then not
        // written, its
        // kill loses.
        redis = RedisServer.start(directory, "--appendonly", "yes", "--appendfsync", "always");
    }

    @AfterEach
    void stop() {
        oracle.close();
        redis.close();
    }

    private ServerOptions options() {
        return ServerOptions.replays()
                .with("store", redis.address())
                .with("shards", 4)
                .with("snapshot.interval", "1s");
    }

    @Test
    void killsOfTheMonitorAndOfRedis_changeNoNumber() throws Exception {
        try (RunningServer server = RunningServer.start(options())) {
            MonitorApi api = new MonitorApi(server.baseUrl());
            for (int i = 0; i < batches.size(); i++) {
                CompletableFuture<Void> kill = CompletableFuture.completedFuture(null);
                if (i % 6 == 1) {
                    kill = CompletableFuture.runAsync(() -> restart(redis));
                } else if (i % 10 == 3) {
                    kill = CompletableFuture.runAsync(() -> restart(server));
                }
                send(api, batches.get(i), "");
                kill.join();
            }
            compare(api);
        }
    }

    @Test
    void monitorThatStoodStillForLongerThanItsLease_isFenced_takesPartAgain_andBothHaveEveryNumber() throws Exception {
        int half = batches.size() / 2;
        try (RunningServer first = RunningServer.start(options());
                RunningServer second = RunningServer.start(options())) {
            MonitorApi api = new MonitorApi(first.baseUrl());
            for (List<GroupEvent> batch : batches.subList(0, half)) {
                send(api, batch, "");
            }

            first.freeze();
            // Its shards may be missed for a moment only; that it is missed lasts.
            assertThat(Deadline.in(LIMIT)
                            .until(() -> Http.text(second, "metrics").contains("\ngrouppulse_nodes 1")))
                    .as("the other one is alone")
                    .isTrue();
            second.awaitReady();
            MonitorApi other = new MonitorApi(second.baseUrl());
            for (List<GroupEvent> batch : batches.subList(half, batches.size())) {
                send(other, batch, "");
            }
            first.thaw();

            assertThat(Deadline.in(LIMIT).until(() -> first.said().contains("fenced: ")))
                    .isTrue();
            first.awaitReady();
            compare(other);
            compare(api);
        }
    }

    private void send(MonitorApi api, List<GroupEvent> batch, String query) throws Exception {
        Receipt receipt = api.send(EventBodies.body(batch, Form.LINES), query);
        assertThat(receipt.answer().path("accepted").intValue()).isEqualTo(batch.size());
        sums.sent(batch, receipt.unanswered());
        oracle.load(batch);
    }

    private void compare(MonitorApi api) throws Exception {
        send(api, batches.get(0), "?wait=applied");
        long t = events.stream().mapToLong(GroupEvent::ts).max().orElseThrow();
        JsonNode sources = api.settledSources(t);
        Comparison comparison = new Comparison(api);
        comparison.at(t, oracle, List.copyOf(oracle.members(t).keySet()));
        comparison.diff().assertEmpty("on Redis");
        assertThat(sums.lost(sources)).isZero();
        assertThat(sums.doubleCounted(sources)).isZero();
        sums.assertAgree("on Redis", sources);
    }

    private static void restart(RedisServer server) {
        try {
            server.restart();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void restart(RunningServer server) {
        try {
            server.restart();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
