package io.grouppulse.ingest.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.eventlog.embedded.FileJournal;
import io.grouppulse.ingest.Intake;
import io.grouppulse.ingest.Rejects;
import io.grouppulse.ingest.callback.wecom.NoVersions;
import io.grouppulse.ingest.callback.wecom.WeComDoor;
import io.grouppulse.ingest.decode.TimeRule;
import io.grouppulse.testing.WeComCaller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What WeCom is told while the log has no room, fails, or does not answer: to come again, and what comes again counts. */
class CallbackPressureTest {
    private static final WeComCaller CALLER = WeComCaller.MAIN;
    private static final long NOW = 1_790_000_000L;

    private final Vertx vertx = Vertx.vertx();
    private final SlowIntake intake = new SlowIntake();
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;

    /** An intake that takes as long as the test says. */
    private static final class SlowIntake implements Intake {
        private final AtomicInteger taken = new AtomicInteger();
        private volatile boolean room = true;
        private volatile Future<Receipt> answer = Future.succeededFuture(new Receipt(-1));

        @Override
        public long asOf() {
            return NOW * 1_000;
        }

        @Override
        public boolean hasRoom() {
            return room;
        }

        @Override
        public Future<Receipt> take(List<GroupInput> inputs, boolean awaitApplied) {
            return answer.onSuccess(receipt -> taken.addAndGet(inputs.size()));
        }
    }

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        CallbackMeters meters = new CallbackMeters(new SimpleMeterRegistry());
        CallbackDoor door =
                new WeComDoor("hq", CALLER.token(), CALLER.aesKey(), CALLER.receiver(), NoVersions.kept(), meters);
        Rejects rejects =
                Rejects.open(FileJournal.in(dir, "rejects", Rejects.CAPACITY), () -> NOW * 1_000, (source, code) -> {});
        TimeRule times = new TimeRule(TimeRule.Mode.SYSTEM, 48 * 3_600_000L);
        CallbackIntake taking = new CallbackIntake(intake, rejects, times, () -> NOW * 1_000);
        Router router = Router.router(vertx);
        new CallbackRoutes(Map.of("hq", door), Map.of(), taking, meters, Duration.ofMillis(200)).mount(router);
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void noRoom_asksToComeAgain_andThenCounts() throws Exception {
        intake.room = false;
        HttpResponse<String> refused = call();
        intake.room = true;

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"overloaded\"");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(call().statusCode()).isEqualTo(200);
        assertThat(intake.taken).hasValue(2);
    }

    @Test
    void logThatFails_asksToComeAgain_andThenCounts() throws Exception {
        intake.answer = Future.failedFuture("the disk is full");
        HttpResponse<String> refused = call();
        intake.answer = Future.succeededFuture(new Intake.Receipt(-1));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"log_unavailable\"").doesNotContain("disk");
        assertThat(call().statusCode()).isEqualTo(200);
        assertThat(intake.taken).hasValue(2);
    }

    @Test
    void logThatHangs_isNotWaitedFor_andWhatItTookAfterAllIsNotTakenTwice() throws Exception {
        Promise<Intake.Receipt> later = Promise.promise();
        intake.answer = later.future();
        HttpResponse<String> refused = call();
        later.complete(new Intake.Receipt(-1));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"log_unavailable\"");
        assertThat(call().statusCode()).isEqualTo(200);
        assertThat(intake.taken).hasValue(2);
    }

    private HttpResponse<String> call() throws Exception {
        String encrypted = CALLER.encrypt(CALLER.change("chat", "add_member", NOW, "v1", "v2", "wa", "wb"));
        URI at = URI.create("http://127.0.0.1:" + port + "/callbacks/wecom/hq" + CALLER.query(NOW, "n", encrypted));
        return http.send(
                HttpRequest.newBuilder(at)
                        .POST(BodyPublishers.ofString(CALLER.envelope(encrypted)))
                        .build(),
                BodyHandlers.ofString());
    }
}
