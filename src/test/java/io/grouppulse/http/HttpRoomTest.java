package io.grouppulse.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that come from a thread that is no event loop: none may be lost. */
final class HttpRoomTest {
    private static final int SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final HttpRoom room = new HttpRoom("127.0.0.1", 0, 65_536, null);
    private final Promise<Void> second = Promise.promise();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() throws Exception {
        get(room.listen(vertx, this::mount, request -> false));
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    private void mount(Router router) {
        router.get("/buffer")
                .handler(ctx -> elsewhere(
                        text -> ctx.response().putHeader("X-From", "elsewhere").end(Buffer.buffer(text))));
        router.get("/text").handler(ctx -> elsewhere(text -> ctx.end(text)));
        router.get("/nothing")
                .handler(ctx ->
                        elsewhere(text -> ctx.response().setStatusCode(204).end()));
        router.get("/parts").handler(ctx -> elsewhere(text -> inParts(ctx.response(), text)));
        router.get("/problem")
                .handler(ctx ->
                        elsewhere(text -> Problem.of(409, "conflict", text).write(ctx)));
        router.get("/failure").handler(ctx -> elsewhere(text -> ctx.fail(new IllegalStateException(text))));
        router.get("/late")
                .handler(ctx -> Promise.<String>promise()
                        .future()
                        .timeout(1, TimeUnit.MILLISECONDS)
                        .onFailure(late -> ctx.end(late instanceof TimeoutException ? "elsewhere" : "")));
        router.get("/next").handler(ctx -> elsewhere(text -> ctx.next()));
        router.get("/next").handler(ctx -> ctx.end("elsewhere"));
        router.get("/twice").handler(this::twice);
    }

    /** Answers on a thread of its own. */
    private static void elsewhere(Consumer<String> answer) {
        new Thread(() -> answer.accept("elsewhere")).start();
    }

    private static void inParts(HttpServerResponse response, String text) {
        response.setChunked(true).writeHead();
        response.write(text.substring(0, 4));
        response.write(text.substring(4));
        response.end();
    }

    private void twice(RoutingContext ctx) {
        elsewhere(text -> {
            ctx.response().end(text);
            ctx.response().end("again").onComplete(second);
        });
    }

    private HttpResponse<String> ask(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + room.port() + path))
                .timeout(Duration.ofSeconds(SECONDS))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "/buffer, 200, elsewhere",
        "/text, 200, elsewhere",
        "/nothing, 204, ''",
        "/parts, 200, elsewhere",
        "/problem, 409, elsewhere",
        "/failure, 500, internal",
        "/late, 200, elsewhere",
        "/next, 200, elsewhere",
    })
    void answerOfAnotherThread_comes(String path, int status, String text) throws Exception {
        HttpResponse<String> answer = ask(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void secondAnswer_failsItsFuture_andTheFirstComes() throws Exception {
        assertThat(ask("/twice").body()).isEqualTo("elsewhere");
        assertThat(Deadline.in(Duration.ofSeconds(SECONDS)).until(second.future()::failed))
                .isTrue();
        assertThat(ask("/text").body()).as("the connection goes on").isEqualTo("elsewhere");
    }
}
