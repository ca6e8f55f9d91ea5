package io.grouppulse.eventlog.embedded;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.eventlog.GroupStore.Saved;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullIT {
    private static final int FILE_BLOCKS = 4096;

    @TempDir
    Path directory;

    @Test
    void logOnAFullDisk_refusesWhatDoesNotFit_takesWhatDoes_andGoesOnWhenThereIsSpace() throws Exception {
        List<String> lines =
                ChildJvm.startWithFileLimit(FILE_BLOCKS, "fill-log", directory).readAll();
        List<String> stored = named("stored", lines);

        assertThat(stored).hasSizeBetween(10, 50).endsWith("small");
        assertThat(named("refused", lines)).hasSize(101 - stored.size());
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("refused")
                        .contains("nothing of this was stored")
                        .contains("free space"));

        try (LogHarness harness = new LogHarness(directory, 64 << 20)) {
            SegmentedLog log = harness.open();
            assertThat(log.tornTail()).isEmpty();
            await(log.append(List.of(entry(0, "more", StoreChild.LARGE))));
            stored.add("more");
            assertThat(ids(harness.read(log, 0, 0))).isEqualTo(stored);
        }
    }

    @Test
    void groupStoreOnAFullDisk_keepsTheLastSave_takesWhatFits_andGoesOnWhenThereIsSpace() throws Exception {
        List<String> lines = ChildJvm.startWithFileLimit(FILE_BLOCKS, "fill-groups", directory)
                .readAll();
        List<String> stored = named("stored", lines);

        assertThat(stored).hasSizeBetween(5, 50).endsWith("small");
        assertThat(named("refused", lines)).hasSize(61 - stored.size());

        Vertx vertx = Vertx.vertx();
        try (StoreLayout layout = StoreLayout.open(directory, LogHarness.SHARDS)) {
            MvGroupStore store = MvGroupStore.open(vertx, layout);
            Saved saved = await(store.load(0));
            assertThat(saved.position()).isEqualTo(1000);
            assertThat(saved.records()).containsOnlyKeys(stored);
            await(store.save(0, 1001, Map.of("more", new byte[StoreChild.LARGE])));
            await(store.close());
        } finally {
            await(vertx.close());
        }
    }

    private static List<String> named(String outcome, List<String> lines) {
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            if (words[0].equals(outcome)) {
                names.add(words[1]);
            }
        }
        return names;
    }
}
