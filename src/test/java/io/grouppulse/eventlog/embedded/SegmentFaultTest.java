package io.grouppulse.eventlog.embedded;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.ids;
import static io.grouppulse.eventlog.Entries.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.Entries.Collected;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.eventlog.embedded.FaultyDisk.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentFaultTest {
    @TempDir
    Path directory;

    final FaultyDisk disk = new FaultyDisk();
    LogHarness harness;
    SegmentedLog log;

    @BeforeEach
    void start() {
        harness = new LogHarness(directory, 1 << 20, disk);
        log = harness.open();
        append("before");
    }

    @AfterEach
    void stop() {
        disk.heal();
        harness.close();
    }

    @Test
    void failedWrite_failsItsBatch_andTheNextGoesIntoTheSameSegment() throws Exception {
        disk.fail(Call.WRITE);

        assertUnavailable("lost", "WRITE failed on command");
        assertUnavailable("lost too", "free space");
        disk.heal();
        append("after");

        assertThat(harness.files()).hasSize(1);
        assertHeldAfterReopening("before", "after");
    }

    @Test
    void failedForce_failsItsBatch_andTheNextGoesIntoANewSegment() throws Exception {
        disk.fail(Call.FORCE);
        assertUnavailable("lost", "FORCE failed on command");
        disk.heal();
        append("after");

        assertThat(harness.files()).hasSize(2);
        assertHeldAfterReopening("before", "after");
    }

    @Test
    void failedForceOfTheFirstBlockOfASegment_startsThatSegmentAnew() throws Exception {
        harness.close();
        harness = new LogHarness(directory.resolve("other"), 1 << 20, disk);
        log = harness.open();
        disk.fail(Call.FORCE);
        assertUnavailable("lost", "FORCE failed on command");
        disk.heal();
        append("after");

        assertThat(harness.files()).hasSize(1);
        assertHeldAfterReopening("after");
    }

    @Test
    void failedTruncation_failsEveryAppend_untilReopeningWorks() {
        disk.fail(Call.WRITE, Call.TRUNCATE, Call.REOPEN);
        assertUnavailable("lost", "WRITE failed");
        assertUnavailable("lost", "REOPEN failed");
        disk.heal();
        disk.fail(Call.REOPEN);
        assertUnavailable("lost", "REOPEN failed");
        disk.heal();
        append("after");

        assertHeldAfterReopening("before", "after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE", "SYNC"})
    void failedRoll_failsItsBatch_andIsTriedAgain(String call) throws Exception {
        harness.close();
        harness = new LogHarness(directory.resolve(call), 1, disk);
        log = harness.open();
        append("a");
        disk.fail(Call.valueOf(call));

        assertUnavailable("lost", call + " failed");
        assertUnavailable("lost", call + " failed");
        disk.heal();
        append("b");

        assertThat(harness.files()).hasSize(2);
        assertHeldAfterReopening("a", "b");
    }

    @Test
    void crashAfterAFailedRoll_leavesALogThatOpens() {
        harness.close();
        harness = new LogHarness(directory.resolve("crash"), 1, disk);
        log = harness.open();
        append("a");
        disk.fail(Call.CREATE);
        assertUnavailable("lost", "CREATE failed");
        disk.heal();

        assertHeldAfterReopening("a");
    }

    @Test
    void failedDeletion_keepsTheSegment_andIsTriedAgain() {
        harness.close();
        harness = new LogHarness(directory.resolve("delete"), 1, disk);
        log = harness.open();
        append("a");
        append("b");
        disk.fail(Call.DELETE);
        log.release(0, 2);
        append("c");
        append("so that the deletion before it is over");
        assertThat(log.firstPosition()).isEqualTo(1);

        disk.heal();
        log.release(0, 2);
        append("d");
        log = harness.reopen();

        assertThat(log.firstPosition()).isEqualTo(3);
        assertThat(log.lastPosition()).isEqualTo(5);
    }

    @Test
    void anyFaults_neverLoseAnAckedEntry_norShowAFailedOne() {
        Random random = new Random(7);
        harness.close();
        harness = new LogHarness(directory.resolve("random"), 300, disk);
        log = harness.open();
        Collected follower = new Collected();
        await(harness.onContext(() -> log.follow(0, 0, follower)));
        List<String> acked = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            disk.heal();
            for (Call call : Call.values()) {
                if (random.nextInt(8) == 0) {
                    disk.fail(call);
                }
            }
            try {
                await(log.append(List.of(entry(0, "e" + i))));
                acked.add("e" + i);
            } catch (LogUnavailableException expected) {
                assertThat(expected).hasMessageContaining("failed on command");
            }
        }
        disk.heal();
        assertThat(acked).hasSizeBetween(100, 500);

        assertHeldAfterReopening(acked.toArray(new String[0]));
        assertThat(ids(follower.entries)).isEqualTo(acked);
    }

    private void append(String id) {
        await(log.append(List.of(entry(0, id))));
    }

    private void assertUnavailable(String id, String message) {
        assertThatThrownBy(() -> append(id))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(message);
        assertThat(log.pendingBytes()).isZero();
    }

    private void assertHeldAfterReopening(String... expected) {
        log = harness.reopen();
        var entries = harness.read(log, 0, 0);
        assertThat(ids(entries)).containsExactly(expected);
        assertThat(positions(entries)).isSorted().doesNotHaveDuplicates().endsWith((long) expected.length);
        assertThat(log.tornTail()).isEmpty();
    }
}
