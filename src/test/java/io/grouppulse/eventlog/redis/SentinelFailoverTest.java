package io.grouppulse.eventlog.redis;

import static io.grouppulse.eventlog.Entries.await;
import static io.grouppulse.eventlog.Entries.entry;
import static io.grouppulse.eventlog.Entries.ids;
import static io.grouppulse.eventlog.Entries.onContext;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.eventlog.AppendListener;
import io.grouppulse.eventlog.Entries.Collected;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.RedisServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and a replica under three Sentinels of which two have to agree. */
class SentinelFailoverTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** An old master that is alive is made a replica 8 s after its replacement at the earliest, and closes connections then. */
    private static final Duration UNTIL_TOLD = Duration.ofSeconds(8);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private RedisServer master;
    private RedisServer replica;
    private List<RedisServer> sentinels;
    private RedisStore store;

    @BeforeEach
    void start() throws Exception {
        master = RedisServer.start(directory.resolve("master"));
        replica = RedisServer.start(directory.resolve("replica"), "--replicaof", "127.0.0.1 " + master.port());
        eventually(() -> master.command("INFO", "replication").contains("state=online"));
        sentinels = List.of(sentinel(0), sentinel(1), sentinel(2));
        for (RedisServer sentinel : sentinels) {
            eventually(() -> {
                String said = sentinel.command("INFO", "sentinel");
                return said.contains("slaves=1") && said.contains("sentinels=3");
            });
        }
        RedisAddress address = RedisAddress.parse("sentinel://127.0.0.1:"
                + sentinels.get(0).port() + ",127.0.0.1:" + sentinels.get(1).port() + ",127.0.0.1:"
                + sentinels.get(2).port() + "/shop");
        store = RedisStore.open(
                vertx,
                new RedisStoreSettings(address, 1, 0, 500, 2_000, 10_000),
                "a",
                AppendListener.NONE,
                StoreListener.NONE);
        Claims.takeAll(store, 1);
    }

    @AfterEach
    void stop() throws Exception {
        await(store.close());
        await(vertx.close());
        sentinels.forEach(RedisServer::close);
        replica.close();
        master.close();
    }

    @Test
    void masterThatDied_isReplacedByItsReplica_andWhatBothHadIsKept() throws Exception {
        Collected collected = new Collected();
        await(onContext(vertx, () -> store.log().follow(0, 0, collected)));
        append("before");
        eventually(() -> replica.command("XLEN", "{gp:0}:log").contains(":1"));

        master.kill();
        eventually(() -> append("after"));

        eventually(() -> ids(collected.entries).contains("after"));
        assertThat(ids(collected.entries)).startsWith("before");
        assertThat(collected.regressions).isEmpty();
        assertThat(replica.command("ROLE")).contains("master");
    }

    @Test
    void masterThatIsReplaced_isLeftAtOnce_whileItStillTakesWrites() throws Exception {
        append("before");
        eventually(() -> replica.command("XLEN", "{gp:0}:log").contains(":1"));

        failOver(sentinels.get(0));
        eventually(() -> replica.command("ROLE").contains("master"));
        Deadline told = Deadline.in(UNTIL_TOLD);
        eventually(() -> append("after") && entriesOfReplica() >= 2);

        assertThat(told.isOver())
                .as("the old master was left before it was told")
                .isFalse();
        assertThat(master.command("ROLE")).contains("master");
    }

    /** It stood still during the fail-over, is named first, and says what it knew until the others have told it. */
    @Test
    void sentinelThatMissedTheFailOver_leadsNobodyBackToTheOldMaster() throws Exception {
        append("before");
        eventually(() -> replica.command("XLEN", "{gp:0}:log").contains(":1"));
        sentinels.get(0).freeze();

        failOver(sentinels.get(1));
        eventually(() -> replica.command("ROLE").contains("master"));
        eventually(() -> append("after") && entriesOfReplica() >= 2);
        sentinels.get(0).thaw();

        int entries = entriesOfReplica();
        Deadline deadline = Deadline.in(Duration.ofSeconds(1));
        while (!deadline.isOver()) {
            assertThat(append("more")).isTrue();
            entries++;
            Deadline.pause(Duration.ofMillis(50));
        }
        assertThat(entriesOfReplica()).isEqualTo(entries);
    }

    /** A Sentinel that has not heard from the replica for a moment says that there is no good one. */
    private static void failOver(RedisServer sentinel) throws Exception {
        eventually(() -> sentinel.command("SENTINEL", "FAILOVER", "shop").contains("OK"));
    }

    private RedisServer sentinel(int number) throws Exception {
        return RedisServer.sentinelAt("127.0.0.1", directory.resolve("sentinel" + number), master, 2);
    }

    private boolean append(String id) {
        try {
            await(store.log().append(List.of(entry(0, id))));
            return true;
        } catch (LogUnavailableException e) {
            return false;
        }
    }

    private int entriesOfReplica() throws IOException {
        String answer = replica.command("XLEN", "{gp:0}:log");
        if (!answer.startsWith(":")) {
            throw new IOException("not a number: " + answer);
        }
        return Integer.parseInt(answer.substring(1).strip());
    }

    /** A connection that the fail-over cuts is as good as a condition that does not hold yet. */
    private static void eventually(Deadline.Condition condition) throws Exception {
        assertThat(Deadline.in(LIMIT).until(() -> {
                    try {
                        return condition.holds();
                    } catch (IOException e) {
                        return false;
                    }
                }))
                .isTrue();
    }
}
