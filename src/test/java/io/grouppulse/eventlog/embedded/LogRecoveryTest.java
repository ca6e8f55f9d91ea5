package io.grouppulse.eventlog.embedded;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.LogDamagedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRecoveryTest {
    @TempDir
    Path directory;

    LogHarness harness;

    @BeforeEach
    void start() {
        harness = new LogHarness(directory, 1 << 20);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void lastBlockTornAtAnyByte_isCutOff_andReported() throws Exception {
        long[] ends = write(3);
        Path file = harness.files().get(0);
        byte[] whole = Files.readAllBytes(file);

        for (long size = ends[1] + 1; size < whole.length; size++) {
            Files.write(file, Arrays.copyOf(whole, (int) size));
            SegmentedLog log = harness.open();

            assertThat(log.tornTail()).contains(new TornTail(file, ends[1], size - ends[1]));
            assertThat(log.lastPosition()).isEqualTo(2);
            harness.shut();
            assertThat(Files.size(file)).isEqualTo(ends[1]);
        }
    }

    @Test
    void lastBlockWithAnyByteLost_isCutOff_andTheLogGoesOn() throws Exception {
        long[] ends = write(3);
        Path file = harness.files().get(0);
        byte[] whole = Files.readAllBytes(file);

        for (int at = (int) ends[1]; at < whole.length; at++) {
            byte[] harmed = whole.clone();
            harmed[at] ^= 0x10;
            Files.write(file, harmed);
            SegmentedLog log = harness.open();

            assertThat(log.tornTail()).isPresent();
            await(log.append(List.of(entry(0, "again"))));
            assertThat(ids(harness.read(log, 0, 0))).containsExactly("e0", "e1", "again");
            harness.shut();
        }
    }

    @Test
    void zeroesAfterTheLastBlock_areCutOff() throws Exception {
        long[] ends = write(2);
        Path file = harness.files().get(0);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) ends[1] + 100_000));

        assertThat(harness.open().tornTail()).contains(new TornTail(file, ends[1], 100_000));
    }

    @Test
    void firstBlockTorn_leavesAnEmptyLog() throws Exception {
        write(1);
        Path file = harness.files().get(0);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 30));

        SegmentedLog log = harness.open();

        assertThat(log.lastPosition()).isZero();
        await(log.append(List.of(entry(0, "a"))));
        assertThat(log.lastPosition()).isEqualTo(1);
    }

    @Test
    void anyFlippedBitInAMiddleBlock_isRefused_namingFileAndOffset() throws Exception {
        long[] ends = write(3);
        Path file = harness.files().get(0);
        byte[] whole = Files.readAllBytes(file);

        for (int bit = (int) ends[0] * 8; bit < ends[1] * 8; bit++) {
            byte[] harmed = whole.clone();
            harmed[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, harmed);

            assertThatThrownBy(harness::open)
                    .isInstanceOf(LogDamagedException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("offset " + ends[0] + " ");
            assertThat(Files.readAllBytes(file)).isEqualTo(harmed);
        }
    }

    @Test
    void damageOrTornEndInAnOlderSegment_isRefused() throws Exception {
        harness.close();
        harness = new LogHarness(directory, 1);
        write(3);
        Path older = harness.files().get(1);
        byte[] whole = Files.readAllBytes(older);

        Files.write(older, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(harness::open)
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(older.toString())
                .hasMessageContaining("offset 0");

        Files.write(older, whole);
        assertThat(harness.open().lastPosition()).isEqualTo(3);
    }

    @Test
    void missingSegment_isAGap() throws Exception {
        harness.close();
        harness = new LogHarness(directory, 1);
        write(3);
        Files.delete(harness.files().get(1));

        assertThatThrownBy(harness::open)
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("gap")
                .hasMessageContaining(harness.files().get(1).toString());
    }

    @Test
    void missingBlockBetweenSoundOnes_isAGap() throws Exception {
        long[] ends = write(3);
        Path file = harness.files().get(0);
        byte[] whole = Files.readAllBytes(file);
        byte[] joined = Arrays.copyOf(whole, (int) (whole.length - (ends[1] - ends[0])));
        System.arraycopy(whole, (int) ends[1], joined, (int) ends[0], (int) (whole.length - ends[1]));
        Files.write(file, joined);

        assertThatThrownBy(harness::open)
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("holds position 3 where 2 is due");
    }

    @Test
    void damageWhileRunning_failsTheFollowThatMeetsIt() throws Exception {
        SegmentedLog log = harness.open();
        await(log.append(List.of(entry(0, "a"))));
        await(log.append(List.of(entry(0, "b"))));
        Path file = harness.files().get(0);
        byte[] harmed = Files.readAllBytes(file);
        harmed[harmed.length - 1] ^= 1;
        Files.write(file, harmed);

        assertThatThrownBy(() -> harness.read(log, 0, 0))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining(file.toString());
    }

    /** Writes blocks of one entry each and returns where each of them ends. */
    private long[] write(int blocks) {
        SegmentedLog log = harness.open();
        long[] ends = new long[blocks];
        for (int i = 0; i < blocks; i++) {
            await(log.append(List.of(entry(0, "e" + i, 5))));
            ends[i] = log.bytesOnDisk();
        }
        harness.shut();
        return ends;
    }
}
