package io.grouppulse.eventlog;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.id;
import static io.grouppulse.eventlog.Entries.ids;
import static io.grouppulse.eventlog.Entries.onContext;
import static io.grouppulse.eventlog.Entries.positions;
import static io.grouppulse.eventlog.Entries.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.Entries.Collected;
import io.grouppulse.eventlog.GroupStore.Saved;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises. */
public abstract class StoreContract {
    protected static final int SHARDS = 4;

    protected final Vertx vertx = Vertx.vertx();
    protected OpenStore store;

    /** A store of {@link #SHARDS} shards that is open. */
    public record OpenStore(EventLog log, GroupStore groups, Document document, Journal journal, Runnable closing) {}

    /** Opens the store of this test, with what it held when it was last closed. */
    protected abstract OpenStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.closing().run();
        await(vertx.close());
    }

    private void reopen() throws Exception {
        store.closing().run();
        store = open();
    }

    private List<LogEntry> append(LogEntry... entries) {
        return await(store.log().append(List.of(entries)));
    }

    @Test
    void append_givesEachShardRisingPositions_andLeavesNothingPending() {
        List<LogEntry> first = append(entry(0, "a"), entry(3, "b"), entry(0, "c"));
        List<LogEntry> second = append(entry(0, "d"));

        assertThat(ids(first)).containsExactly("a", "b", "c");
        assertThat(first).allSatisfy(entry -> assertThat(entry.position()).isPositive());
        assertThat(first.get(2).position()).isGreaterThan(first.get(0).position());
        assertThat(second.get(0).position()).isGreaterThan(first.get(2).position());
        assertThat(store.log().pendingBytes()).isZero();
        assertThat(await(store.log().append(List.of()))).isEmpty();
    }

    @Test
    void reopenedLog_holdsWhatWasAppended_andCountsOn() throws Exception {
        List<LogEntry> written = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            written.addAll(append(entry(i % SHARDS, "e" + i)));
        }

        reopen();

        for (int shard = 0; shard < SHARDS; shard++) {
            int of = shard;
            assertThat(read(vertx, store.log(), shard, 0))
                    .isEqualTo(written.stream().filter(e -> e.shard() == of).toList());
        }
        assertThat(append(entry(1, "next")).get(0).position())
                .isGreaterThan(written.get(97).position());
    }

    @Test
    void follow_afterAPosition_leavesOutWhatCameBefore() {
        List<LogEntry> written = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            written.addAll(append(entry(2, "e" + i)));
        }

        long middle = written.get(40).position();
        assertThat(positions(read(vertx, store.log(), 2, middle))).isEqualTo(positions(written.subList(41, 60)));
        assertThat(read(vertx, store.log(), 2, written.get(59).position())).isEmpty();
        assertThat(read(vertx, store.log(), 1, 0)).isEmpty();
    }

    @Test
    void follow_afterMoreThanTheLogHolds_isRefused() {
        long last = append(entry(2, "a")).get(0).position();

        assertThatThrownBy(() -> read(vertx, store.log(), 2, last + 1))
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("position " + (last + 1))
                .hasMessageContaining("ends at " + last);
    }

    @Test
    void largeHistory_isReadInChunks_inOrder() throws Exception {
        List<Future<?>> appends = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            appends.add(store.log().append(List.of(entry(i % 2, "e" + i, 2_000))));
        }
        await(Future.all(appends));

        reopen();

        assertThat(ids(read(vertx, store.log(), 1, 0)))
                .isEqualTo(
                        IntStream.range(0, 500).mapToObj(i -> "e" + (2 * i + 1)).toList());
    }

    @Test
    void entryOfADurableAppend_isOnTheShardsContextBeforeTheCallerIsTold() {
        Context shardContext = vertx.getOrCreateContext();
        Collected collected = new Collected();
        Promise<Void> following = Promise.promise();
        shardContext.runOnContext(v -> store.log().follow(1, 0, collected).onComplete(following));
        await(following.future());

        for (int i = 0; i < 200; i++) {
            String expected = "e" + i;
            Promise<String> seen = Promise.promise();
            onContext(vertx, () -> store.log().append(List.of(entry(1, expected))))
                    .onSuccess(done -> shardContext.runOnContext(
                            v -> seen.complete(id(collected.entries.get(collected.entries.size() - 1)))));
            assertThat(await(seen.future())).isEqualTo(expected);
        }
    }

    @Test
    void followThenLive_underConcurrentAppends_hasNoGapAndNoDuplicate() {
        List<Future<List<LogEntry>>> appends = new ArrayList<>();
        List<Collected> followers = new ArrayList<>();
        List<Future<Void>> caughtUp = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 50; i++) {
                String id = round + "-" + i;
                int shard = i % SHARDS;
                appends.add(onContext(vertx, () -> store.log().append(List.of(entry(shard, id)))));
            }
            if (round % 10 == 9) {
                Collected follower = new Collected();
                int shard = followers.size();
                followers.add(follower);
                caughtUp.add(onContext(vertx, () -> store.log().follow(shard, 0, follower)));
            }
        }
        await(Future.all(appends));
        await(Future.all(caughtUp));
        append(IntStream.range(0, SHARDS).mapToObj(s -> entry(s, "end")).toArray(LogEntry[]::new));
        store.closing().run();

        for (int shard = 0; shard < followers.size(); shard++) {
            int of = shard;
            List<Long> expected = appends.stream()
                    .flatMap(append -> append.result().stream())
                    .filter(e -> e.shard() == of)
                    .map(LogEntry::position)
                    .sorted()
                    .toList();
            List<Long> seen = positions(followers.get(shard).entries);
            assertThat(seen.subList(0, seen.size() - 1)).isEqualTo(expected);
            assertThat(followers.get(shard).caughtUpAt).hasSize(1);
        }
    }

    @Test
    void followerThatThrows_isHandedNothingMore_andTheOthersGoOn() {
        append(entry(0, "a"), entry(0, "b"));
        Collected failing = new Collected() {
            @Override
            public void onEntry(LogEntry entry) {
                super.onEntry(entry);
                throw new IllegalStateException("poison");
            }
        };

        Future<Void> follow = onContext(vertx, () -> store.log().follow(0, 0, failing));

        assertThatThrownBy(() -> await(follow)).hasMessage("poison");
        assertThat(failing.entries).hasSize(1);
        assertThat(ids(read(vertx, store.log(), 0, 0))).containsExactly("a", "b");
    }

    @Test
    void whatIsSavedAndReleased_isNotReadAgain_andTheRestIs() throws Exception {
        List<LogEntry> written = append(entry(0, "a"), entry(0, "b"), entry(0, "c"));
        assertThat(read(vertx, store.log(), 0, 0)).hasSize(3);
        long saved = written.get(1).position();
        await(store.groups().save(0, saved, Map.of("g", bytes(1))));
        store.log().release(0, saved);

        reopen();

        Saved loaded = await(store.groups().load(0));
        assertThat(loaded.position()).isEqualTo(saved);
        assertThat(ids(read(vertx, store.log(), 0, loaded.position()))).containsExactly("c");
    }

    @Test
    void closedLog_refuses_andHasMadeEverythingDurableBefore() throws Exception {
        Future<List<LogEntry>> last = store.log().append(List.of(entry(0, "a")));
        await(last);
        EventLog closed = store.log();
        store.closing().run();

        assertThatThrownBy(() -> await(closed.append(List.of(entry(0, "b")))))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("closed");
        store = open();
        assertThat(ids(read(vertx, store.log(), 0, 0))).containsExactly("a");
    }

    @Test
    void unknownShard_isRefused() {
        assertThatThrownBy(() -> store.log().append(List.of(entry(SHARDS, "a"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.groups().load(SHARDS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shardNeverSaved_isEmptyAtPositionZero() {
        Saved saved = await(store.groups().load(3));

        assertThat(saved.position()).isZero();
        assertThat(saved.records()).isEmpty();
    }

    @Test
    void save_replacesAndRemoves_leavesTheRest_andOtherShards() throws Exception {
        await(store.groups().save(1, 10, Map.of("a", bytes(1), "b", bytes(2), "c\u0000草", bytes(3))));
        Map<String, byte[]> changed = new HashMap<>();
        changed.put("a", bytes(9));
        changed.put("b", null);
        await(store.groups().save(1, 20, changed));
        await(store.groups().save(2, 5, Map.of("a", bytes(7))));
        reopen();

        Saved one = await(store.groups().load(1));
        assertThat(one.position()).isEqualTo(20);
        assertThat(one.records()).containsOnlyKeys("a", "c\u0000草");
        assertThat(one.records().get("a")).isEqualTo(bytes(9));
        assertThat(await(store.groups().load(2)).position()).isEqualTo(5);
    }

    @Test
    void saveOfNothing_movesThePosition() throws Exception {
        await(store.groups().save(0, 77, Map.of()));
        reopen();

        assertThat(await(store.groups().load(0)).position()).isEqualTo(77);
    }

    @Test
    void saveOfManyMegabytes_isThereAsAWhole() throws Exception {
        Random random = new Random(4);
        Map<String, byte[]> large = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            byte[] record = new byte[1 << 20];
            random.nextBytes(record);
            large.put("key-" + i, record);
        }
        await(store.groups().save(0, 1, Map.of("key-0", bytes(1), "other", bytes(2))));
        await(store.groups().save(0, 2, large));
        reopen();

        Saved saved = await(store.groups().load(0));
        assertThat(saved.position()).isEqualTo(2);
        assertThat(saved.records()).hasSize(41);
        large.forEach((key, record) -> assertThat(saved.records().get(key)).isEqualTo(record));
    }

    @Test
    void document_isReplacedAsAWhole_andKept() throws Exception {
        assertThat(store.document().read()).isNull();
        store.document().replace("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        store.document().replace("{\"b\":\"草莓\"}".getBytes(StandardCharsets.UTF_8));
        reopen();

        assertThat(store.document().read()).asString(StandardCharsets.UTF_8).isEqualTo("{\"b\":\"草莓\"}");
        assertThat(store.document().place()).isNotEmpty();
    }

    @Test
    void journal_keepsTheNewestLines_oldestFirst() throws Exception {
        for (int i = 0; i < 50; i++) {
            store.journal().append(List.of("line " + 2 * i, "line " + (2 * i + 1)));
        }
        reopen();

        List<String> lines = lines();
        assertThat(lines).hasSizeBetween(10, 20).endsWith("line 98", "line 99").isSubsetOf(allLines());
        assertThat(lines.get(0)).isEqualTo("line " + (100 - lines.size()));
        store.journal().append(List.of("草莓"));
        assertThat(lines()).endsWith("line 99", "草莓");
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        store.journal().load(lines::add);
        return lines;
    }

    private static List<String> allLines() {
        return IntStream.range(0, 100).mapToObj(i -> "line " + i).toList();
    }

    private static byte[] bytes(int value) {
        return new byte[] {(byte) value};
    }
}
