package io.grouppulse.publish.screen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenRoutesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void open() throws Exception {
        Router router = Router.router(vertx);
        new ScreenRoutes().mountFiles(router);
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
    @ValueSource(
            strings = {
                "/",
                "/map.html",
                "/group.html",
                "/campaign.html",
                "/replay.html",
                "/alerts.html",
                "/sources.html"
            })
    void page_isTheSharedHeadAndWhatIsItsOwn(String path) throws Exception {
        HttpResponse<byte[]> answer = send("GET", path);

        String page = new String(answer.body(), UTF_8);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page).startsWith("<!doctype html>").contains("<script type=\"module\" src=\"js/", "<noscript>");
        assertThat(page.split("<head>")).hasSize(2);
        assertThat(page.split("screen.css")).hasSize(2);
        assertThat(page.split("<body")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/js/main.js, text/javascript; charset=utf-8",
        "/screen.css, text/css; charset=utf-8",
        "/favicon.svg, image/svg+xml; charset=utf-8"
    })
    void part_hasItsType(String path, String type) throws Exception {
        HttpResponse<byte[]> answer = send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(type);
        assertThat(answer.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/head.html",
                "/pages/map.html",
                "/js/../head.html",
                "/js/%2e%2e/%2e%2e/openapi.yaml",
                "/js/..%2fhead.html",
                "/js",
                "/js/",
                "/js/none.js",
                "/logback.xml",
                "/Main.class",
                "/map.html/"
            })
    void whatIsNoFileOfTheScreens_isNotServed(String path) throws Exception {
        assertThat(send("GET", path).statusCode()).isEqualTo(404);
    }

    @Test
    void file_askedForPacked_isTheSameOnceUnpackedAndSmaller() throws Exception {
        byte[] plain = send("GET", "/screen.css").body();

        HttpResponse<byte[]> packed = send("GET", "/screen.css", "accept-encoding", "br, gzip;q=0.8");

        assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(packed.headers().firstValue("vary")).hasValue("accept-encoding");
        assertThat(packed.body()).hasSizeLessThan(plain.length / 3);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(plain);
        assertThat(send("GET", "/screen.css", "accept-encoding", "gzip;q=0").body())
                .isEqualTo(plain);
    }

    @Test
    void file_thatTheBrowserHas_isNotSentAgain() throws Exception {
        String tag = send("GET", "/map.css").headers().firstValue("etag").orElseThrow();

        HttpResponse<byte[]> again = send("GET", "/map.css", "if-none-match", "\"other\", " + tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("cache-control")).hasValue("no-cache");
        assertThat(send("GET", "/map.html", "if-none-match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void head_tellsTheLengthAndSendsNothing_andNothingElseIsAllowed() throws Exception {
        HttpResponse<byte[]> head = send("HEAD", "/map.css");

        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("content-length"))
                .hasValue(send("GET", "/map.css").body().length);
        assertThat(send("POST", "/map.css").statusCode()).isEqualTo(405);
        assertThat(send("POST", "/map.css").headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
