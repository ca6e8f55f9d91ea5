package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.LocalCodec;
import io.grouppulse.bus.Messages.ShardReadings;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.EventClock;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.GroupStore;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.testing.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a shard does with its log while it is opened and shut; all on one context, so that the order is the test's. */
class ShardVerticleTest {
    private final Vertx vertx = Vertx.vertx();
    private final OneFollower log = new OneFollower();
    private final SlowStore store = new SlowStore();

    /** A log without entries. */
    private static final class OneFollower implements EventLog {
        private final List<Follower> followers = new CopyOnWriteArrayList<>();
        private int unfollowed;
        private volatile boolean isAway;

        @Override
        public Future<List<LogEntry>> append(List<LogEntry> entries) {
            return Future.succeededFuture(entries);
        }

        @Override
        public Future<Void> follow(int shard, long after, Follower follower) {
            followers.add(follower);
            follower.onCaughtUp();
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> readToEnd(int shard) {
            return isAway ? Future.failedFuture("the connection is gone") : Future.succeededFuture();
        }

        @Override
        public void unfollow(int shard) {
            unfollowed++;
        }

        @Override
        public void release(int shard, long position) {}

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    /** Each answer waits for the test. */
    private static final class SlowStore implements GroupStore {
        private final Deque<Promise<Saved>> loads = new ConcurrentLinkedDeque<>();

        @Override
        public Future<Saved> load(int shard) {
            Promise<Saved> load = Promise.promise();
            loads.add(load);
            return load.future();
        }

        @Override
        public Future<Void> save(int shard, long position, Map<String, byte @Nullable []> changed) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }

        void answer() {
            loads.remove().complete(new Saved(0, Map.of()));
        }
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private ShardVerticle shard() {
        return new ShardVerticle(
                0,
                Feeds.shard(0),
                GroupSettings.defaults(),
                1_000,
                log,
                store,
                new EventClock(),
                new SourceLedger(),
                new WindowingMeters(new SimpleMeterRegistry()),
                new ShardMap(1));
    }

    private String open(ShardVerticle shard) {
        Future<String> opened = vertx.deployVerticle(shard);
        while (store.loads.isEmpty()) {
            Thread.onSpinWait();
        }
        vertx.runOnContext(v -> store.answer());
        return opened.await();
    }

    @Test
    void shardThatReadsItsLogAgain_followsItAnew() throws Exception {
        ShardVerticle shard = shard();
        open(shard);

        log.followers.get(0).onRegression("the log ends earlier");
        assertThat(shard.stoppedBy()).contains("the log ends earlier");
        store.answer();

        assertThat(log.followers).hasSize(2);
        assertThat(shard.stoppedBy()).isNull();
    }

    @Test
    void shardThatIsShutWhileItLoadsAgain_leavesTheLogToItsSuccessor() throws Exception {
        String first = open(shard());
        log.followers.get(0).onRegression("the log was trimmed");
        vertx.undeploy(first).await();
        assertThat(log.unfollowed).isEqualTo(1);
        Promise<GroupStore.Saved> late = store.loads.remove();
        open(shard());
        assertThat(log.followers).hasSize(2);

        late.complete(new GroupStore.Saved(0, Map.of()));
        log.followers.get(0).onRegression("it saw its log regress once more");

        assertThat(log.followers)
                .as("followers that were ever given to the log")
                .hasSize(2);
        assertThat(store.loads).as("loads that were begun").isEmpty();
    }

    private BlockingQueue<ShardReadings> answers() {
        vertx.eventBus().registerCodec(new LocalCodec());
        BlockingQueue<ShardReadings> answers = new LinkedBlockingQueue<>();
        vertx.eventBus().<ShardReadings>consumer(Feeds.READINGS, message -> answers.add(message.body()));
        return answers;
    }

    private void announce(long seq) {
        vertx.eventBus().publish(Feeds.TICKS, new Tick(seq, 1_000, Map.of()), Feeds.options());
    }

    @Test
    void tickThatIsAnnouncedWhileTheShardIsRead_isAnsweredAtOnceThen() throws Exception {
        BlockingQueue<ShardReadings> answers = answers();
        Future<String> opened = vertx.deployVerticle(shard());
        while (store.loads.isEmpty()) {
            Thread.onSpinWait();
        }

        announce(7);
        vertx.runOnContext(v -> store.answer());
        opened.await();

        ShardReadings answer = answers.poll(20, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        assertThat(answer.seq()).isEqualTo(7);
        assertThat(answers).isEmpty();
    }

    @Test
    void tickThatIsAnnouncedAgain_isAnsweredAgain_withTheSame() throws Exception {
        BlockingQueue<ShardReadings> answers = answers();
        open(shard());
        announce(7);
        ShardReadings first = answers.poll(20, TimeUnit.SECONDS);
        assertThat(first).isNotNull();

        assertThat(Deadline.in(Duration.ofSeconds(20)).until(() -> {
                    announce(7);
                    return !answers.isEmpty();
                }))
                .isTrue();
        assertThat(answers.remove()).isSameAs(first);
        announce(6);
        announce(8);
        assertThat(Deadline.in(Duration.ofSeconds(20)).until(() -> {
                    ShardReadings next = answers.poll();
                    return next != null && next.seq() == 8;
                }))
                .isTrue();
    }

    @Test
    void tickThatCouldNotBeAnswered_isAnsweredWhenItIsAnnouncedAgain() throws Exception {
        BlockingQueue<ShardReadings> answers = answers();
        open(shard());
        log.isAway = true;
        announce(7);
        assertThat(answers.poll(200, TimeUnit.MILLISECONDS)).isNull();
        log.isAway = false;

        announce(7);

        assertThat(Objects.requireNonNull(answers.poll(20, TimeUnit.SECONDS)).seq())
                .isEqualTo(7);
    }
}
