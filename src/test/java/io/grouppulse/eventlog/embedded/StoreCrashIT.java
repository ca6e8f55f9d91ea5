package io.grouppulse.eventlog.embedded;

import static io.grouppulse.eventlog.Entries.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.Entries;
import io.grouppulse.eventlog.GroupStore.Saved;
import io.grouppulse.eventlog.LogEntry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class StoreCrashIT {
    private static final int KILLS = 10;

    @TempDir
    Path directory;

    @Test
    void logOfAProcessKilledAgainAndAgain_holdsAllThatWasAcked() throws Exception {
        Random random = new Random(11);
        List<String> acked = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> lines =
                    ChildJvm.start("append", directory, "r" + kill).readThenKill(200 + random.nextInt(800));
            assertThat(lines).hasSizeGreaterThanOrEqualTo(200);
            acked.addAll(lines);

            assertThat(readAll()).containsAll(acked).doesNotHaveDuplicates();
        }
    }

    @Test
    void groupStoreOfAProcessKilledAgainAndAgain_holdsAWholeSave_notOlderThanTheLastAcked() throws Exception {
        Random random = new Random(12);
        long position = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> lines = ChildJvm.start("save", directory, "r").readThenKill(5 + random.nextInt(60));
            long acked = Long.parseLong(lines.get(lines.size() - 1));
            assertThat(acked).isGreaterThan(position);

            Saved saved = load();
            position = saved.position();
            byte[] stamp = Long.toString(position).getBytes(StandardCharsets.UTF_8);
            assertThat(position).isGreaterThanOrEqualTo(acked);
            assertThat(saved.records().get("a")).isEqualTo(stamp);
            assertThat(saved.records().get("b")).isEqualTo(stamp);
        }
    }

    @Test
    void directoryHeldByAnotherProcess_isRefused() throws Exception {
        ChildJvm child = ChildJvm.start("append", directory, "r");
        try {
            child.readLine();

            assertThatThrownBy(() -> StoreLayout.open(directory, LogHarness.SHARDS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another GroupPulse");
        } finally {
            child.readThenKill(1);
        }
        StoreLayout.open(directory, LogHarness.SHARDS).close();
    }

    private List<String> readAll() {
        try (LogHarness harness = new LogHarness(directory, 20_000)) {
            SegmentedLog log = harness.open();
            List<String> all = new ArrayList<>();
            List<Long> positions = new ArrayList<>();
            for (int shard = 0; shard < LogHarness.SHARDS; shard++) {
                for (LogEntry entry : harness.read(log, shard, 0)) {
                    all.add(shard + " " + entry.position() + " " + Entries.id(entry));
                    positions.add(entry.position());
                }
            }
            assertThat(positions).doesNotHaveDuplicates().hasSize((int) log.lastPosition());
            return all;
        }
    }

    private Saved load() {
        Vertx vertx = Vertx.vertx();
        try (StoreLayout layout = StoreLayout.open(directory, LogHarness.SHARDS)) {
            MvGroupStore store = MvGroupStore.open(vertx, layout);
            Saved saved = await(store.load(0));
            await(store.close());
            return saved;
        } finally {
            await(vertx.close());
        }
    }
}
