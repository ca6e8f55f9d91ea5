package io.grouppulse.ingest.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.eventlog.embedded.FileJournal;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.decode.EventScreen;
import io.grouppulse.ingest.decode.TimeRule;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.testing.Deadline;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of a real Redis before a log that has no room, or takes nothing. */
class RedisSourcePressureIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STREAM = "s";
    private static final long T = 1_794_362_100_000L;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final SourceLedger ledger = new SourceLedger();
    private final FakeLog log = new FakeLog();
    private RealRedis redis;
    private Rejects rejects;

    /** Takes what it is told to take. */
    private static final class FakeLog implements Intake {
        private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger refusals = new AtomicInteger();
        private final AtomicInteger questions = new AtomicInteger();
        private volatile boolean room = true;

        @Override
        public long asOf() {
            return T;
        }

        @Override
        public boolean hasRoom() {
            questions.incrementAndGet();
            return room;
        }

        @Override
        public Future<Receipt> take(List<GroupInput> inputs, boolean awaitApplied) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return Future.failedFuture("the disk is full");
            }
            inputs.forEach(input -> taken.add(((GroupEvent) input).id()));
            return Future.succeededFuture(new Receipt(-1));
        }
    }

    @BeforeEach
    void startRedis() throws Exception {
        redis = RealRedis.start(Files.createDirectory(directory.resolve("redis")));
        rejects = Rejects.open(
                FileJournal.in(directory.resolve("rejects"), "rejects", Rejects.CAPACITY),
                () -> T,
                (source, code) -> {});
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        rejects.close();
        redis.close();
    }

    @Test
    void logWithoutRoom_leavesTheStreamAlone_untilThereIsRoom() throws Exception {
        log.room = false;
        add("e-1");
        deploy();
        int before = log.questions.get();
        assertThat(Deadline.in(LIMIT).until(() -> log.questions.get() > before + 3))
                .isTrue();
        assertThat(redis.command("EXISTS", STREAM)).isEqualTo(1L);
        assertThat(String.valueOf(redis.command("XINFO", "GROUPS", STREAM))).isEqualTo("[]");

        log.room = true;
        awaitTaken("e-1");
    }

    @Test
    void logThatRefuses_leavesEntriesPending_andEachIsTakenOnce() throws Exception {
        log.refusals.set(Integer.MAX_VALUE);
        add("e-1");
        redis.command("XADD", STREAM, "*", "event", "no event");
        deploy();
        assertThat(Deadline.in(LIMIT)
                        .until(() -> redis.pending(STREAM, "g") == 2 && log.refusals.get() <= Integer.MAX_VALUE - 3))
                .isTrue();
        add("e-2");
        log.refusals.set(0);

        awaitTaken("e-1", "e-2");
        assertThat(Deadline.in(LIMIT).until(() -> redis.pending(STREAM, "g") == 0))
                .isTrue();
        assertThat(rejects.newest(10)).hasSize(1);
    }

    @Test
    void stop_acknowledgesWhatIsDurable() throws Exception {
        add("e-1");
        String deployment = deploy();
        awaitTaken("e-1");
        await(vertx.undeploy(deployment));

        assertThat(redis.pending(STREAM, "g")).isZero();
    }

    @Test
    void manyEntries_areReadInOrder() throws Exception {
        List<String> ids = new ArrayList<>();
        List<Object[]> entries = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            ids.add("e-" + i);
            entries.add(new Object[] {"XADD", STREAM, "*", "event", message("e-" + i)});
        }
        redis.pipeline(entries);
        deploy();

        awaitTaken(ids.toArray(String[]::new));
    }

    private String deploy() throws Exception {
        StreamSettings settings =
                new StreamSettings("shop", RedisAddress.parse(redis.url()), STREAM, "g", "me", 30_000);
        EventScreen screen =
                new EventScreen(log, rejects, new TimeRule(TimeRule.Mode.EVENT, TimeUnit.HOURS.toMillis(48)), () -> T);
        return await(vertx.deployVerticle(
                new RedisSourceVerticle(settings, log, screen, ledger, System::currentTimeMillis, registry)));
    }

    private void add(String id) throws Exception {
        redis.command("XADD", STREAM, "*", "event", message(id));
    }

    private static String message(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"message.sent\",\"ts\":" + T + ",\"group\":\"g\",\"member\":\"m\"}";
    }

    private void awaitTaken(String... ids) throws Exception {
        Deadline.in(LIMIT).until(() -> log.taken.size() >= ids.length);
        assertThat(log.taken).containsExactly(ids);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
