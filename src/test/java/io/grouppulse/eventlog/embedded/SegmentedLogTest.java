package io.grouppulse.eventlog.embedded;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.ids;
import static io.grouppulse.eventlog.Entries.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Entries.Collected;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.LogUnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentedLogTest {
    @TempDir
    Path directory;

    LogHarness harness;

    @BeforeEach
    void start() {
        harness = new LogHarness(directory, 2_000);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void append_givesRisingPositionsFromOne() {
        SegmentedLog log = harness.open();

        List<LogEntry> first = await(log.append(List.of(entry(0, "a"), entry(3, "b"))));
        List<LogEntry> second = await(log.append(List.of(entry(0, "c"))));

        assertThat(positions(first)).containsExactly(1L, 2L);
        assertThat(positions(second)).containsExactly(3L);
        assertThat(log.lastPosition()).isEqualTo(3);
        assertThat(log.pendingBytes()).isZero();
    }

    @Test
    void reopenedLog_holdsWhatWasAppended_andCountsOn() {
        SegmentedLog log = harness.open();
        List<LogEntry> written = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            written.addAll(await(log.append(List.of(entry(i % 4, "e" + i)))));
        }

        SegmentedLog reopened = harness.reopen();

        assertThat(reopened.segmentCount()).isGreaterThan(3);
        for (int shard = 0; shard < 4; shard++) {
            int of = shard;
            assertThat(harness.read(reopened, shard, 0))
                    .isEqualTo(written.stream().filter(e -> e.shard() == of).toList());
        }
        assertThat(positions(await(reopened.append(List.of(entry(1, "next")))))).containsExactly(101L);
    }

    @Test
    void largeHistory_isReadInChunks_inOrder() {
        harness.close();
        harness = new LogHarness(directory, 1 << 20);
        SegmentedLog log = harness.open();
        List<Future<?>> appends = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            appends.add(log.append(List.of(entry(i % 2, "e" + i, 2_000))));
        }
        await(Future.all(appends));

        List<LogEntry> read = harness.read(harness.reopen(), 1, 0);

        assertThat(ids(read))
                .isEqualTo(IntStream.range(0, 1500)
                        .mapToObj(i -> "e" + (2 * i + 1))
                        .toList());
    }

    @Test
    void followers_runOnTheContextTheyCalledFrom() {
        SegmentedLog log = harness.open();
        Context context = harness.vertx.getOrCreateContext();
        List<Boolean> onContext = new ArrayList<>();
        Promise<Void> following = Promise.promise();
        context.runOnContext(v -> log.follow(0, 0, new Collected() {
                    @Override
                    public void onEntry(LogEntry entry) {
                        onContext.add(Vertx.currentContext() == context);
                        super.onEntry(entry);
                    }
                })
                .onComplete(following));
        await(following.future());

        await(log.append(List.of(entry(0, "a"))));
        Promise<Void> drained = Promise.promise();
        context.runOnContext(v -> drained.complete());
        await(drained.future());

        assertThat(onContext).containsExactly(true);
    }

    @Test
    void appendersOnManyContexts_getDistinctPositions_inTheirOwnOrder() {
        SegmentedLog log = harness.open();
        List<Future<List<LogEntry>>> all = new ArrayList<>();
        for (int appender = 0; appender < 8; appender++) {
            int shard = appender % 4;
            for (int i = 0; i < 200; i++) {
                all.add(harness.onContext(() -> log.append(List.of(entry(shard, "x"), entry(shard, "y")))));
            }
        }
        await(Future.all(all));

        List<Long> positions = all.stream()
                .flatMap(append -> append.result().stream())
                .map(LogEntry::position)
                .sorted()
                .toList();
        assertThat(positions).isEqualTo(LongStream.rangeClosed(1, 3200).boxed().toList());
        assertThat(all)
                .allSatisfy(append -> assertThat(append.result().get(1).position())
                        .isEqualTo(append.result().get(0).position() + 1));
    }

    @Test
    void releasedSegments_areDeleted_oldestFirst_neverTheNewest() throws Exception {
        SegmentedLog log = harness.open();
        for (int i = 0; i < 200; i++) {
            await(log.append(List.of(entry(i % 2, "e" + i))));
        }
        int before = log.segmentCount();

        log.release(0, 199);
        await(log.append(List.of(entry(0, "sync"))));
        assertThat(log.segmentCount()).isEqualTo(before);

        log.release(1, 200);
        harness.shut();
        assertThat(harness.files()).hasSize(1);

        SegmentedLog reopened = harness.open();
        assertThat(reopened.firstPosition()).isGreaterThan(150);
        assertThat(ids(harness.read(reopened, 0, 199))).containsExactly("sync");
        assertThat(positions(await(reopened.append(List.of(entry(0, "next")))))).containsExactly(202L);
    }

    @Test
    void follow_fromBeforeADeletedSegment_isRefused() throws Exception {
        SegmentedLog log = harness.open();
        for (int i = 0; i < 200; i++) {
            await(log.append(List.of(entry(0, "e" + i))));
        }
        log.release(0, 200);
        SegmentedLog reopened = harness.reopen();
        long first = reopened.firstPosition();

        assertThatThrownBy(() -> harness.read(reopened, 0, first - 2))
                .hasMessageContaining("groups.mv")
                .hasMessageContaining(String.valueOf(first - 1));
        assertThat(harness.read(reopened, 1, 0)).isEmpty();
        assertThat(harness.read(reopened, 0, first - 1)).hasSize((int) (200 - first + 1));
    }

    @Test
    void release_afterReopening_deletesToo() throws Exception {
        SegmentedLog log = harness.open();
        for (int i = 0; i < 100; i++) {
            await(log.append(List.of(entry(i % 4, "e" + i))));
        }
        SegmentedLog reopened = harness.reopen();
        for (int shard = 0; shard < 4; shard++) {
            reopened.release(shard, 100);
        }
        harness.shut();

        assertThat(harness.files()).hasSize(1);
    }

    @Test
    void positionCountsOn_whenTheOnlySegmentLeftIsEmpty() throws Exception {
        harness.open();
        harness.shut();
        Files.delete(harness.files().get(0));
        Files.createFile(directory.resolve("log").resolve("00000000000000000777.log"));

        SegmentedLog log = harness.open();

        assertThat(log.lastPosition()).isEqualTo(776);
        assertThat(positions(await(log.append(List.of(entry(0, "a")))))).containsExactly(777L);
    }

    @Test
    void closedLog_refuses_andHasMadeEverythingDurableBefore() {
        SegmentedLog log = harness.open();
        Future<List<LogEntry>> last = log.append(List.of(entry(0, "a")));
        harness.shut();

        assertThat(await(last)).hasSize(1);
        assertThatThrownBy(() -> await(log.append(List.of(entry(0, "b")))))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("closed");
        await(log.close());
        assertThat(ids(harness.read(harness.open(), 0, 0))).containsExactly("a");
    }

    @Test
    void listener_isToldWhatWasWritten() {
        AtomicLong entries = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        AtomicLong forces = new AtomicLong();
        SegmentedLog log = harness.open(new AppendListener() {
            @Override
            public void appended(int count, long size, long nanos) {
                entries.addAndGet(count);
                bytes.addAndGet(size);
                assertThat(nanos).isPositive();
            }

            @Override
            public void forced(long nanos) {
                forces.incrementAndGet();
            }
        });
        await(log.append(List.of(entry(0, "a"), entry(1, "b"))));
        await(log.append(List.of()));
        long onDisk = log.bytesOnDisk();
        harness.shut();

        assertThat(entries).hasValue(2);
        assertThat(bytes).hasValue(onDisk);
        assertThat(forces).hasValue(1);
    }
}
