package io.grouppulse.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemHandlersTest {
    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void open() throws Exception {
        Router router = Router.router(vertx);
        router.route().handler(ctx -> ctx.next());
        router.get("/things").handler(ctx -> ctx.end("things"));
        router.get("/things/:id").handler(ctx -> {
            throw new IllegalStateException("secret");
        });
        router.put("/things/:id").handler(ctx -> ctx.fail(413));
        router.get("/tree*").handler(ctx -> ctx.end("tree"));
        router.delete("/tree/*").handler(ctx -> ctx.end("tree"));
        ProblemHandlers.install(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, not_found, ''",
        "GET, /things/1/2, 404, not_found, ''",
        "POST, /things, 405, method_not_allowed, GET",
        "DELETE, /things/1, 405, method_not_allowed, 'GET, PUT'",
        "POST, /tree/a/b, 405, method_not_allowed, 'DELETE, GET'",
        "GET, /things/1, 500, internal, ''",
        "PUT, /things/1, 413, too_large, ''",
    })
    void whatIsNotServed_isAProblem(String method, String path, int status, String code, String allow)
            throws Exception {
        HttpResponse<String> answer = send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("allow").orElse("")).isEqualTo(allow);
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.fieldNames()).containsExactly("type", "title", "status", "detail", "code");
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(answer.body()).doesNotContain("secret", "Exception");
    }

    @Test
    void document_hasItsMembersInOrder() {
        Problem problem =
                Problem.of(400, "bad_field", "d").at("ts").retryAfter(3).with(Map.of("accepted", 1));

        assertThat(problem.toJson().encode())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"d\","
                        + "\"code\":\"bad_field\",\"field\":\"ts\",\"accepted\":1}");
    }

    @Test
    void pathThatCannotBeDecoded_isAProblem() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /things/%zz HTTP/1.0\r\n\r\n".getBytes(UTF_8));

            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.0 400").contains("application/problem+json");
        }
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
