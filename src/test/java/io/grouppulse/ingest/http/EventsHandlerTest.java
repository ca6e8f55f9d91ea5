package io.grouppulse.ingest.http;

import static io.grouppulse.ingest.http.IngestServer.event;
import static io.grouppulse.ingest.http.IngestServer.zip;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.eventlog.LogUnavailableException;
import io.grouppulse.ingest.Intake.Receipt;
import io.grouppulse.ingest.http.IngestServer.Answer;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsHandlerTest {
    private static final String NDJSON = "application/x-ndjson";
    private static final String JSON = "application/json";

    @TempDir
    private Path dir;

    private IngestServer server;
    private FakeIntake intake;

    @BeforeEach
    void open() throws Exception {
        server = IngestServer.open(dir);
        intake = server.intake;
    }

    @AfterEach
    void close() throws Exception {
        assertThat(server.routes.heldBytes().now()).isZero();
        server.close();
    }

    @Test
    void lines_areTakenInOrder() throws Exception {
        Answer answer = server.post(NDJSON, event("a") + "\r\n\n" + event("b") + "\n" + event("c"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.response().body()).isEqualTo("{\"accepted\":3,\"rejected\":0,\"errors\":[]}");
        assertThat(intake.takenIds()).containsExactly("a", "b", "c");
        assertThat(((GroupEvent) intake.taken().get(0)).source()).isEqualTo("api");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\"; x=y"})
    void objectOrArray_isTaken(String contentType) throws Exception {
        assertThat(server.post(contentType, event("a")).json().getInteger("accepted"))
                .isEqualTo(1);
        assertThat(server.post(contentType, "[" + event("b") + ", " + event("c") + "]\n")
                        .json()
                        .getInteger("accepted"))
                .isEqualTo(2);
        assertThat(intake.takenIds()).containsExactly("a", "b", "c");
    }

    @Test
    void cloudEvents_areTaken() throws Exception {
        String cloudEvent = "{\"specversion\":\"1.0\",\"id\":\"c1\",\"source\":\"shop\",\"type\":\"message.sent\","
                + "\"time\":\"2023-11-14T22:13:20Z\",\"data\":{\"group\":\"g\",\"member\":\"m\"}}";

        assertThat(server.post("application/cloudevents+json; charset=UTF-8", cloudEvent)
                        .status())
                .isEqualTo(200);
        assertThat(server.post("application/cloudevents-batch+json", "[" + cloudEvent + "]")
                        .status())
                .isEqualTo(200);
        assertThat(intake.takenIds()).containsExactly("c1", "c1");
    }

    @Test
    void packedBody_isUnpacked() throws Exception {
        Answer answer = server.send(server.request("/api/v1/events", NDJSON)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zip(event("a") + "\n" + event("b") + "\n"))));

        assertThat(answer.json().getInteger("accepted")).isEqualTo(2);
    }

    @Test
    void badEvents_areNamed_andGoodOnesBesideThemCount() throws Exception {
        Answer answer = server.post(
                NDJSON, event("a") + "\n" + event("b").replace("message.sent", "message.send") + "\n{\n" + event("c"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json())
                .isEqualTo(new JsonObject("{\"accepted\":2,\"rejected\":2,\"errors\":["
                        + "{\"index\":1,\"id\":\"b\",\"code\":\"unknown_type\",\"field\":\"type\","
                        + "\"detail\":\"no such type: message.send\"},"
                        + "{\"index\":2,\"id\":null,\"code\":\"malformed_json\","
                        + "\"detail\":\"the object does not end\"}]}"));
        assertThat(intake.takenIds()).containsExactly("a", "c");
    }

    @Test
    void errors_areListedUpToAHundred() throws Exception {
        String body = IntStream.range(0, 150).mapToObj(i -> "{}").collect(Collectors.joining("\n"));

        Answer answer = server.post(NDJSON, body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInteger("rejected")).isEqualTo(150);
        assertThat(answer.json().getJsonArray("errors")).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "application/json|[]|200", "application/cloudevents-batch+json|[ ]|200", "application/json|{}|200",
                "application/json|[{},{}]|200", "application/json|\"\"|400", "application/json|\" \"|400",
                "application/x-ndjson|\"\"|400", "application/x-ndjson|[]|400", "application/x-ndjson|hello|400",
                "application/json|hello|400", "application/json|[|400", "application/json|[5,6]|400",
                "application/json|{} {}|400", "application/json|[{}|200",
            })
    void status_saysWhetherAnythingCouldBeRead(String contentType, String body, int status) throws Exception {
        Answer answer = server.post(contentType, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getInteger("accepted")).isZero();
        if (status == 400) {
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.json().getString("code")).isEqualTo("malformed_json");
            assertThat(answer.json().fieldNames())
                    .containsExactlyInAnyOrder(
                            "type", "title", "status", "detail", "code", "accepted", "rejected", "errors");
        }
    }

    @Test
    void timesOutsideTheRule_areRejected() throws Exception {
        String early = event("a").replace("" + FakeIntake.T, "" + (FakeIntake.T + 60_001));
        String old = event("b").replace("" + FakeIntake.T, "" + (FakeIntake.T - 48 * 3_600_000L - 1));

        JsonObject answer =
                server.post(NDJSON, early + "\n" + old + "\n" + event("c")).json();

        assertThat(answer.getInteger("accepted")).isEqualTo(1);
        assertThat(answer.getJsonArray("errors").stream().map(e -> ((JsonObject) e).getString("code")))
                .containsExactly("too_early", "too_old");
    }

    @Test
    void waitApplied_addsDuplicates() throws Exception {
        intake.answerWith((inputs, applied) -> Future.succeededFuture(new Receipt(applied ? 1 : -1)));

        Answer answer = server.send(server.request("/api/v1/events?wait=applied", NDJSON)
                .POST(BodyPublishers.ofString(event("a") + "\n" + event("a"))));

        assertThat(answer.json())
                .isEqualTo(new JsonObject("{\"accepted\":2,\"rejected\":0,\"errors\":[],\"duplicates\":1}"));
        Answer wrong = server.send(
                server.request("/api/v1/events?wait=durable", NDJSON).POST(BodyPublishers.ofString(event("a"))));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().getString("field")).isEqualTo("wait");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain", "application/xml", "application/json; charset=gbk", "application/x-ndjson;charset=utf-16",
                "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application", "json",
            })
    void otherMediaTypes_areRefused(String contentType) throws Exception {
        Answer answer = server.post(contentType, event("a"));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().getString("code")).isEqualTo("unsupported_media_type");
        assertThat(answer.header("accept-post")).contains("application/x-ndjson");
        assertThat(intake.taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "gzip, gzip", "zstd"})
    void otherEncodings_areRefused(String encoding) throws Exception {
        Answer answer = server.send(server.request("/api/v1/events", NDJSON)
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofString(event("a"))));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("accept-encoding")).isEqualTo("gzip");
    }

    @Test
    void noRoom_isAnswered429WithoutTakingAnything() throws Exception {
        intake.room(false);

        Answer answer = server.post(NDJSON, event("a"));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.json().getInteger("accepted")).isZero();
        assertThat(intake.taken()).isEmpty();
        intake.room(true);
        assertThat(server.post(NDJSON, event("a")).status()).isEqualTo(200);
    }

    @Test
    void noRoomLeftMidway_isAnswered429WithWhatWasTaken() throws Exception {
        intake.onTake(() -> intake.room(false));

        Answer answer = server.post(NDJSON, events(2_500));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().getInteger("accepted"))
                .isEqualTo(intake.taken().size())
                .isBetween(1_000, 1_200);
    }

    @Test
    void shardThatDoesNotSayInTimeWhatItApplied_isAnswered503() throws Exception {
        intake.failWith(new ReplyException(ReplyFailure.TIMEOUT, "after 30 s"));

        Answer answer = server.post(NDJSON, event("a"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.json().getString("code")).isEqualTo("unavailable");
    }

    @Test
    void logUnavailable_isAnswered503() throws Exception {
        intake.failWith(new LogUnavailableException("disk full", new java.io.IOException("no space")));

        Answer answer = server.post(NDJSON, event("a") + "\n{}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("5");
        assertThat(answer.json().getString("code")).isEqualTo("log_unavailable");
        assertThat(answer.json().getInteger("accepted")).isZero();
        assertThat(answer.json().getInteger("rejected")).isEqualTo(1);
    }

    @Test
    void logUnavailableMidway_saysWhatWasTaken() throws Exception {
        int[] calls = {0};
        intake.answerWith((inputs, applied) -> ++calls[0] > 2
                ? Future.failedFuture(new LogUnavailableException("disk full", new java.io.IOException("no space")))
                : Future.succeededFuture(new Receipt(-1)));

        Answer answer = server.post(NDJSON, events(5_000));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().getInteger("accepted"))
                .isBetween(2_000, 2_400)
                .isEqualTo(intake.taken().size());
    }

    @Test
    void ownFailure_isAnswered500WithoutDetails() throws Exception {
        intake.failWith(new IllegalStateException("secret"));

        Answer answer = server.post(NDJSON, event("a"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.response().body()).doesNotContain("secret", "Exception");
    }

    @Test
    void otherMethodsAndPaths_areProblems() throws Exception {
        Answer wrongMethod = server.send("GET", "/api/v1/events", "");
        Answer wrongPath = server.send("GET", "/api/v1/event", "");

        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.header("allow")).isEqualTo("POST");
        assertThat(wrongMethod.json().getString("code")).isEqualTo("method_not_allowed");
        assertThat(wrongPath.status()).isEqualTo(404);
        assertThat(wrongPath.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void rejects_areReadBackNewestFirst() throws Exception {
        server.post(
                NDJSON, "{\"source\":\"shop\",\"id\":\"x\",\"type\":\"none\",\"text\":\"secret\"}\n5\n" + event("a"));

        JsonObject answer = server.send("GET", "/api/v1/rejects?limit=2", "").json();

        assertThat(answer.getLong("asOf")).isEqualTo(FakeIntake.T);
        assertThat(answer.getValue("cursor")).isNull();
        assertThat(answer.getJsonArray("items").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"at\":1700000000001,\"source\":\"api\",\"id\":null,"
                        + "\"code\":\"malformed_json\",\"field\":null,\"detail\":\"an event is a JSON object\","
                        + "\"raw\":\"5\"}"));
        JsonObject first = answer.getJsonArray("items").getJsonObject(1);
        assertThat(first.getString("source")).isEqualTo("shop");
        assertThat(first.getString("code")).isEqualTo("unknown_type");
        assertThat(first.getString("raw")).contains("\"text\":\"***\"").doesNotContain("secret");
        assertThat(server.send("GET", "/api/v1/rejects?limit=1&fields=code,none", "")
                        .json()
                        .getJsonArray("items"))
                .isEqualTo(new JsonArray("[{\"code\":\"malformed_json\"}]"));
        assertThat(server.send("GET", "/api/v1/rejects?org=a", "").status()).isEqualTo(400);
        for (String limit : List.of("0", "1001", "-1", "x", "", "99999999999", "1&limit=2")) {
            assertThat(server.send("GET", "/api/v1/rejects?limit=" + limit, "").status())
                    .isEqualTo(400);
        }
    }

    private static String events(int count) {
        return IntStream.range(0, count).mapToObj(i -> event("e" + i)).collect(Collectors.joining("\n"));
    }
}
