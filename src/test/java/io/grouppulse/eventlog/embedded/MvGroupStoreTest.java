package io.grouppulse.eventlog.embedded;

import static io.grouppulse.eventlog.Entries.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.LogDamagedException;
import io.grouppulse.eventlog.LogUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvGroupStoreTest {
    @TempDir
    Path directory;

    final Vertx vertx = Vertx.vertx();
    StoreLayout layout;
    MvGroupStore store;

    @BeforeEach
    void start() {
        layout = StoreLayout.open(directory, 4);
        store = MvGroupStore.open(vertx, layout);
    }

    @AfterEach
    void stop() {
        await(store.close());
        layout.close();
        await(vertx.close());
    }

    @Test
    void savesFromManyContexts_areAllThere() {
        List<Future<Void>> saves = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            int n = i;
            Future<Void> save = Future.future(promise -> vertx.runOnContext(
                    v -> store.save(n % 4, n, Map.of("k" + n, bytes(n))).onComplete(promise)));
            saves.add(save);
        }
        await(Future.all(saves));
        reopen();

        for (int shard = 0; shard < 4; shard++) {
            assertThat(await(store.load(shard)).records()).hasSize(10);
        }
    }

    @Test
    void twoHundredSavesOfTheSameRecords_keepTheFileWithinFourTimesTheirSize() throws Exception {
        Random random = new Random(1);
        int live = 100 * 10_000;
        for (int i = 0; i < 200; i++) {
            Map<String, byte[]> changed = new HashMap<>();
            for (int k = 0; k < 100; k++) {
                changed.put("group-" + k, record(random));
            }
            await(store.save(i % 2, i, changed));
        }

        assertThat(Files.size(layout.groupsFile())).isLessThan(4L * 2 * live);
    }

    @Test
    void savesOfFewChangedRecords_keepTheFileWithinFourTimesItsContent() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < 400; i++) {
            Map<String, byte[]> changed = new HashMap<>();
            for (int k = 0; k < (i == 0 ? 1000 : 10); k++) {
                changed.put("group-" + (i == 0 ? k : random.nextInt(1000)), record(random, 2_000));
            }
            await(store.save(0, i, changed));
        }

        assertThat(Files.size(layout.groupsFile())).isLessThan(4L * 1000 * 2_000);
        assertThat(await(store.load(0)).records()).hasSize(1000);
    }

    @Test
    void largeSaveThatFailsMidway_leavesTheOneBefore_andMayBeRepeated() {
        await(store.save(0, 1, Map.of("key-0", bytes(1))));
        await(store.close());
        Random random = new Random(4);
        Map<String, byte[]> large = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            large.put("key-" + i, record(random, 1 << 20));
        }
        GroupFile file = new GroupFile(layout.groupsFile());

        assertThatThrownBy(() -> file.save(0, 2, new FailsAtItsEnd(large))).isInstanceOf(LogUnavailableException.class);

        assertThat(file.load(0).position()).isEqualTo(1);
        assertThat(file.load(0).records()).containsOnlyKeys("key-0");
        file.save(0, 2, large);
        file.close();
        store = MvGroupStore.open(vertx, layout);
        assertThat(await(store.load(0)).records()).hasSize(40);
    }

    @Test
    void damagedFile_isRefused_sayingWhichAndWhatToDo() throws Exception {
        await(store.save(0, 1, Map.of("a", new byte[20_000])));
        await(store.close());
        byte[] harmed = Files.readAllBytes(layout.groupsFile());
        new Random(3).nextBytes(harmed);
        Files.write(layout.groupsFile(), harmed);

        assertThatThrownBy(() -> MvGroupStore.open(vertx, layout))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(layout.groupsFile().toString())
                .hasMessageContaining("restore it from a backup")
                .hasMessageContaining("move it away");

        Files.delete(layout.groupsFile());
        store = MvGroupStore.open(vertx, layout);
    }

    /** Changes of which applying the last one fails. */
    private static final class FailsAtItsEnd extends HashMap<String, byte[]> {
        FailsAtItsEnd(Map<String, byte[]> changed) {
            super(changed);
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super byte[]> action) {
            super.forEach(action);
            throw new IllegalStateException("on command");
        }
    }

    private void reopen() {
        await(store.close());
        store = MvGroupStore.open(vertx, layout);
    }

    private static byte[] bytes(int value) {
        return new byte[] {(byte) value};
    }

    private static byte[] record(Random random) {
        return record(random, 10_000);
    }

    private static byte[] record(Random random, int size) {
        byte[] record = new byte[size];
        random.nextBytes(record);
        return record;
    }
}
