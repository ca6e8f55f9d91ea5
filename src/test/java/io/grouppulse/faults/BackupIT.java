package io.grouppulse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.faults.Ledger.Verdict;
import io.grouppulse.laws.EventBodies;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.RedisServer;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The backups of docs/operations.md, made while events flow: what was acknowledged before a backup began is in it, and
 * with what was on its way sent again a restored monitor has the numbers of a batch.
 */
@Tag("long")
class BackupIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BATCHES_BEFORE = 60;

    @TempDir
    Path directory;

    private final List<List<GroupEvent>> batches = batches();
    private volatile int answered;

    @Test
    void copyOfTheFilesOfAStoppedProcess_holdsWhatWasAcknowledged() throws Exception {
        ServerOptions options = options();
        try (RunningServer server = RunningServer.start(options)) {
            CompletableFuture<Void> sending = send(server);
            awaitAnswered(BATCHES_BEFORE);

            int before = answered;
            server.freeze();
            RunningServer.copy(server.dataDirectory(), directory.resolve("backup"));
            int begun = answered + 1;
            server.thaw();

            sending.get();
            assertRight(new MonitorApi(server.baseUrl()), batches.size(), batches.size());
            try (RunningServer restored = RunningServer.startOnCopy(options, directory.resolve("backup"))) {
                assertRight(new MonitorApi(restored.baseUrl()), before, begun);
            }
        }
    }

    @Test
    void snapshotOfRedis_holdsWhatWasAcknowledged() throws Exception {
        try (RedisServer redis =
                        RedisServer.start(Files.createDirectories(directory.resolve("redis")), "--appendonly", "yes");
                RunningServer server = RunningServer.start(options().with("store", redis.address()))) {
            CompletableFuture<Void> sending = send(server);
            awaitAnswered(BATCHES_BEFORE);

            int before = answered;
            redis.command("BGSAVE");
            assertThat(Deadline.in(LIMIT)
                            .until(() -> redis.command("INFO", "persistence").contains("rdb_bgsave_in_progress:0")))
                    .isTrue();
            int begun = answered + 1;
            Path restoredTo = Files.createDirectories(directory.resolve("restored"));
            Files.copy(directory.resolve("redis/dump.rdb"), restoredTo.resolve("dump.rdb"));

            sending.get();
            assertRight(new MonitorApi(server.baseUrl()), batches.size(), batches.size());
            try (RedisServer another = RedisServer.start(restoredTo)) {
                another.command("CONFIG", "SET", "appendonly", "yes");
                try (RunningServer restored = RunningServer.start(options().with("store", another.address()))) {
                    assertRight(new MonitorApi(restored.baseUrl()), before, begun);
                }
            }
        }
    }

    /** What was acknowledged before is there; what had begun by then is sent again. */
    private void assertRight(MonitorApi api, int acknowledgedBefore, int begun) throws Exception {
        try (Ledger ledger = new Ledger()) {
            batches.subList(0, acknowledgedBefore).forEach(ledger::acknowledged);
            assertThat(ledger.missing(api)).as("events missing in the backup").isNotPositive();
            for (List<GroupEvent> batch : batches.subList(acknowledgedBefore, Math.min(begun, batches.size()))) {
                api.send(EventBodies.body(batch, Form.LINES), "");
                ledger.acknowledged(batch);
            }
            Verdict verdict = ledger.compare(api);
            assertThat(verdict).isEqualTo(new Verdict(0, 0, 0, ""));
        }
    }

    private CompletableFuture<Void> send(RunningServer server) {
        MonitorApi api = new MonitorApi(server.baseUrl());
        return CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < batches.size(); i++) {
                    api.send(EventBodies.body(batches.get(i), Form.LINES), "");
                    answered = i + 1;
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void awaitAnswered(int count) throws Exception {
        assertThat(Deadline.in(LIMIT).until(() -> answered >= count)).isTrue();
    }

    private static ServerOptions options() {
        return ServerOptions.replays()
                .with("shards", 4)
                .with("snapshot.interval", "1s")
                .with("log.segment", "1MiB")
                .with("lateness", "12h")
                .with("dedup.ttl", "24h");
    }

    private static List<List<GroupEvent>> batches() {
        List<GroupEvent> events =
                RandomHistory.of(17, OracleSettings.defaults(), RandomHistory.Shape.large(12_000)).stream()
                        .filter(event -> event.type() != EventType.SOURCE_HEARTBEAT)
                        .toList();
        return Disorder.batches(Disorder.shuffle(events, 600_000, 10, 17), 200, 17);
    }
}
