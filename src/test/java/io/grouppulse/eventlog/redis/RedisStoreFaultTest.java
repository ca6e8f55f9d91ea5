package io.grouppulse.eventlog.redis;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.ids;
import static io.grouppulse.eventlog.Entries.onContext;
import static io.grouppulse.eventlog.Entries.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Document;
import io.grouppulse.eventlog.DocumentChangedException;
import io.grouppulse.eventlog.Entries.Collected;
import io.grouppulse.eventlog.FencedException;
import io.grouppulse.eventlog.GroupStore.Saved;
import io.grouppulse.eventlog.Journal;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.eventlog.ShardLeases;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisStoreFaultTest {
    /** Millis that a command may take: with a disk that others use as well, far longer than any does. */
    private static final long COMMAND = 3_000;

    @TempDir
    Path directory;

    final Vertx vertx = Vertx.vertx();
    final List<RedisStore> opened = new ArrayList<>();
    final AtomicInteger regressions = new AtomicInteger();
    RedisServer redis;

    @BeforeEach
    void startRedis() throws Exception {
        redis = RedisServer.start(directory, "--appendonly", "yes", "--appendfsync", "always");
    }

    @AfterEach
    void stopAll() {
        opened.forEach(store -> await(store.close()));
        await(vertx.close());
        redis.close();
    }

    RedisStore open(String owner) {
        return open(owner, new RedisStoreSettings(RedisAddress.parse(redis.address()), 1, 0, 500, COMMAND, 10_000));
    }

    RedisStore open(String owner, RedisStoreSettings settings) {
        StoreListener listener = new StoreListener() {
            @Override
            public void regressed() {
                regressions.incrementAndGet();
            }
        };
        RedisStore store = RedisStore.open(vertx, settings, owner, AppendListener.NONE, listener);
        opened.add(store);
        return store;
    }

    static List<LogEntry> append(RedisStore store, String id) {
        return await(store.log().append(List.of(entry(0, id))));
    }

    Collected follow(RedisStore store) {
        Collected collected = new Collected();
        await(onContext(vertx, () -> store.log().follow(0, 0, collected)));
        return collected;
    }

    @Test
    void killedRedis_refusesAppends_comesBack_andEverythingAcknowledgedIsThere() throws Exception {
        RedisStore store = open("a");
        Collected collected = follow(store);
        append(store, "before");
        redis.kill();

        eventually(() -> !store.isUp());
        assertThatThrownBy(() -> append(store, "lost")).isInstanceOf(LogUnavailableException.class);
        redis.restart();
        eventually(store::isUp);
        append(store, "after");

        assertThat(ids(collected.entries)).containsExactly("before", "after");
        assertThat(collected.regressions).isEmpty();
        assertThat(ids(read(vertx, store.log(), 0, 0))).containsExactly("before", "after");
    }

    @Test
    void loadWhileRedisIsAway_waitsForItsReturn_insteadOfFailing() throws Exception {
        RedisStore store = open("a");
        Claims.takeAll(store, 1);
        follow(store);
        append(store, "before");
        await(store.groups().save(0, 1, Map.of("g1", new byte[] {1})));
        redis.kill();
        eventually(() -> !store.isUp());

        Future<Saved> loading = store.groups().load(0);
        redis.restart();

        assertThat(await(loading).position()).isEqualTo(1);
        assertThat(await(loading).records()).containsOnlyKeys("g1");
    }

    @Test
    void frozenRedis_isNotWaitedForForEver_andNoReaderIsDeafAfterwards() throws Exception {
        RedisStore store = open("a");
        RedisStore other = open("b");
        Collected collected = follow(store);
        append(store, "before");
        redis.freeze();

        assertThatThrownBy(() -> append(store, "unknown")).isInstanceOf(LogUnavailableException.class);
        redis.thaw();
        eventually(() -> store.isUp() && other.isUp());
        append(other, "of another");

        eventually(() -> ids(collected.entries).contains("of another"));
        assertThat(collected.entries.get(0).inputs())
                .isEqualTo(entry(0, "before").inputs());
        assertThat(collected.regressions).isEmpty();
    }

    @Test
    void logThatLostItsEnd_isSeen_beforeAndAfterItHasGrownAgain() throws Exception {
        RedisServer forgetful = RedisServer.start(directory.resolve("forgetful"));
        try {
            RedisStoreSettings settings =
                    new RedisStoreSettings(RedisAddress.parse(forgetful.address()), 1, 0, 500, COMMAND, 10_000);
            RedisStore store = open("a", settings);
            RedisStore other = open("b", settings);
            append(store, "kept");
            forgetful.command("SAVE");
            Collected collected = follow(store);
            append(store, "gone");
            append(store, "gone too");
            assertThat(ids(collected.entries)).containsExactly("kept", "gone", "gone too");

            forgetful.restart();
            eventually(other::isUp);
            for (int i = 0; i < 5; i++) {
                append(other, "new " + i);
            }

            eventually(() -> !collected.regressions.isEmpty());
            assertThat(collected.regressions).hasSize(1);
            assertThat(regressions).hasValue(1);
            assertThat(ids(collected.entries)).containsExactly("kept", "gone", "gone too");
            assertThat(ids(read(vertx, store.log(), 0, 0)))
                    .containsExactly("kept", "new 0", "new 1", "new 2", "new 3", "new 4");
        } finally {
            forgetful.close();
        }
    }

    @Test
    void stateMadeOfEntriesThatVanished_isNotSaved() throws Exception {
        RedisStore store = open("a");
        Claims.takeAll(store, 1);
        append(store, "kept");
        Collected collected = follow(store);
        long position = append(store, "phantom").get(0).position();
        // What a fail-over to a replica that had not heard of the entry leaves behind, before the reader asks again.
        await(store.groups().save(0, position - 1, Map.of("g", new byte[] {1})));
        redis.command("HSET", "{gp:0}:state", "tag", "another");

        assertThatThrownBy(() -> await(store.groups().save(0, position, Map.of("g", new byte[] {2}))))
                .isInstanceOf(LogUnavailableException.class);

        assertThat(await(store.groups().load(0)).records().get("g")).containsExactly(1);
        eventually(() -> collected.regressions.size() == 1);
    }

    @Test
    void saveThatAFailOverTookAway_isNoGroundForTheNext() throws Exception {
        RedisStore store = open("a");
        Claims.takeAll(store, 1);
        await(store.groups().load(0));
        Collected collected = follow(store);
        append(store, "one");
        await(store.groups().save(0, 1, Map.of("g1", new byte[] {1})));
        // A replica that had the entry and not the save took over.
        redis.command("HSET", "{gp:0}:state", "saved", "0", "savedTag", "", "save", "");
        redis.command("HDEL", "{gp:0}:groups", "g1");
        append(store, "two");

        assertThatThrownBy(() -> await(store.groups().save(0, 2, Map.of("g2", new byte[] {2}))))
                .isInstanceOf(LogUnavailableException.class);

        eventually(() -> collected.regressions.size() == 1);
        assertThat(await(store.groups().load(0)).position()).isZero();
        assertThat(ids(read(vertx, store.log(), 0, 0))).containsExactly("one", "two");
    }

    @Test
    void ownerThatWasReplaced_isFenced_andTheNewOneSaves() throws Exception {
        RedisStore old = open("a");
        Claims.takeAll(old, 1);
        append(old, "x");
        follow(old);
        await(old.groups().save(0, 1, Map.of("g", new byte[] {1})));
        RedisStore fresh = open("b");
        assertThat(await(fresh.ownership().take(0))).isFalse();
        List<Integer> lost = new CopyOnWriteArrayList<>();
        old.ownership().onLost(lost::add);

        old.document("alerts").replace(new byte[] {1});
        redis.command("DEL", "{gp}:lease");
        redis.command("DEL", "{gp:0}:lease");
        Claims.takeAll(fresh, 1);

        assertThatThrownBy(() -> await(old.groups().save(0, 1, Map.of("g", new byte[] {2}))))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> old.document("alerts").replace(new byte[] {2}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another monitor owns the store");
        assertThat(fresh.document("alerts").read()).containsExactly(1);
        eventually(() -> lost.contains(0) && lost.contains(ShardLeases.WHOLE));
        assertThat(old.ownership().holds(0)).isFalse();
        assertThat(fresh.ownership().holds(0)).isTrue();
        await(fresh.groups().save(0, 1, Map.of("g", new byte[] {3})));
        assertThat(await(fresh.groups().load(0)).records().get("g")).containsExactly(3);
    }

    @Test
    void sharedDocument_isReplacedOnlyByWhoHasReadIt() throws Exception {
        Document one = open("a").sharedDocument("campaigns");
        Document other = open("b").sharedDocument("campaigns");
        assertThat(one.read()).isNull();
        one.replace(new byte[] {1});

        assertThat(other.isChanged()).isTrue();
        assertThatThrownBy(() -> other.replace(new byte[] {2})).isInstanceOf(DocumentChangedException.class);
        assertThat(other.read()).containsExactly(1);
        assertThat(other.isChanged()).isFalse();
        other.replace(new byte[] {2});

        assertThat(one.isChanged()).isTrue();
        assertThat(one.read()).containsExactly(2);
    }

    @Test
    void journalToWhichAnotherNodeAppends_losesNothingWhenItIsWrittenAnew() throws Exception {
        Journal one = open("a").journal("rejects", 10);
        Journal other = open("b").journal("rejects", 10);
        one.append(List.of("1"));
        one.load(line -> {});
        other.append(List.of("2"));

        assertThatThrownBy(() -> one.replace(List.of("1 changed"))).isInstanceOf(DocumentChangedException.class);
        List<String> lines = new ArrayList<>();
        one.load(lines::add);
        assertThat(lines).containsExactly("1", "2");
        one.replace(List.of());
        lines.clear();
        other.load(lines::add);
        assertThat(lines).isEmpty();
    }

    @Test
    void redisThatForgotEverything_isClaimedAgain_andNothingOldIsSaved() throws Exception {
        RedisStore store = open("a");
        Claims.takeAll(store, 1);
        append(store, "x");
        Collected collected = follow(store);
        redis.command("FLUSHALL");

        assertThatThrownBy(() -> await(store.groups().save(0, 1, Map.of("g", new byte[] {1}))))
                .isInstanceOf(FencedException.class);

        eventually(() -> collected.regressions.size() == 1);
        eventually(() -> saves(store, 0));
        assertThat(store.ownership().holds(0)).isTrue();
    }

    private static boolean saves(RedisStore store, long position) {
        try {
            await(store.groups().save(0, position, Map.of()));
            return true;
        } catch (FencedException e) {
            return false;
        }
    }

    @Test
    void leaseOfAnOwnerThatIsWell_isWaitedFor_untilItIsHandedOver() throws Exception {
        RedisStoreSettings brief =
                new RedisStoreSettings(RedisAddress.parse(redis.address()), 1, 0, 500, COMMAND, 4_000);
        RedisStore owner = open("a", brief);
        Claims.takeAll(owner, 1);
        RedisStore next = open("b", brief);
        assertThat(await(next.ownership().take(0))).isFalse();

        AtomicLong least = new AtomicLong(Long.MAX_VALUE);
        eventually(() -> {
            long left = leaseMillisLeft();
            return left > least.getAndAccumulate(left, Math::min);
        });
        assertThat(await(next.ownership().take(0))).as("the lease was renewed").isFalse();
        await(owner.close());

        Claims.takeAll(next, 1);
        await(next.groups().save(0, 0, Map.of("g", new byte[] {1})));
    }

    @Test
    void replicaThatHasNotTheEntry_meansNoAcknowledgement() throws Exception {
        RedisServer replica =
                RedisServer.start(directory.resolve("replica"), "--replicaof", "127.0.0.1 " + redis.port());
        try {
            eventually(() -> redis.command("INFO", "replication").contains("state=online"));
            RedisStore store =
                    open("a", new RedisStoreSettings(RedisAddress.parse(redis.address()), 1, 1, 2_000, 4_000, 10_000));
            Collected collected = follow(store);
            append(store, "on both");
            replica.freeze();

            assertThatThrownBy(() -> append(store, "on one"))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("only 0 of 1 replicas");
            replica.thaw();
            append(store, "on both again");

            eventually(() -> collected.entries.size() == 3);
            assertThat(ids(collected.entries)).containsExactly("on both", "on one", "on both again");
        } finally {
            replica.close();
        }
    }

    @Test
    void masterThatBecameAReplica_takesNothing_andTheConnectionIsTriedAnew() throws Exception {
        RedisServer master = RedisServer.start(directory.resolve("master"));
        try {
            RedisStore store = open("a");
            append(store, "first");
            redis.command("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));

            assertThatThrownBy(() -> append(store, "refused"))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("READONLY");
            redis.command("REPLICAOF", "NO", "ONE");

            eventually(store::isUp);
            append(store, "second");
        } finally {
            master.close();
        }
    }

    @Test
    void redisThatCannotBeUsed_isRefusedWithTheReason() throws Exception {
        open("a");
        RedisAddress address = RedisAddress.parse(redis.address());
        assertThatThrownBy(() -> open("a", new RedisStoreSettings(address, 2, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("created with shards: 1, settings say 2");
        assertThatThrownBy(() -> open("a", settings(redis.address()).holding("another-key")))
                .hasMessageContaining("was created without privacy.key: remove that");
        assertThatThrownBy(() -> open("a", settings(redis.address() + ",localhost:1")))
                .hasMessageContaining("is it a cluster?");
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        redis.command("CONFIG", "SET", "maxmemory", "100mb");
        assertThatThrownBy(() -> open("a")).hasMessageContaining("set maxmemory-policy to noeviction");
        redis.command("CONFIG", "SET", "requirepass", "hush");
        assertThatThrownBy(() -> open("a")).hasMessageContaining("NOAUTH");
        assertThatThrownBy(() -> open("a", settings("redis://:wrong@127.0.0.1:" + redis.port())))
                .hasMessageContaining("WRONGPASS")
                .hasMessageNotContaining("wrong@");
        redis.kill();
        assertThatThrownBy(() -> open("a"))
                .hasMessageContaining("store: no connection to redis://127.0.0.1:" + redis.port());
    }

    private long leaseMillisLeft() throws Exception {
        return Long.parseLong(redis.command("PTTL", "{gp:0}:lease").replaceAll("[^0-9-]", ""));
    }

    private static void eventually(Deadline.Condition condition) throws Exception {
        assertThat(Deadline.in(Duration.ofSeconds(60)).until(condition)).isTrue();
    }

    private static RedisStoreSettings settings(String address) {
        return new RedisStoreSettings(RedisAddress.parse(address), 1, 0);
    }
}
