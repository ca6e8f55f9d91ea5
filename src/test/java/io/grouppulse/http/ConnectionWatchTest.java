package io.grouppulse.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that dribble what they send, beside one that does not. */
class ConnectionWatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ConnectionWatch.Limits SHORT = new ConnectionWatch.Limits(2_000, 2_000);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void start() {
        ConnectionWatch watch = new ConnectionWatch(vertx, SHORT);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(watch::opened)
                .requestHandler(request -> {
                    watch.began(request);
                    request.endHandler(ended -> {
                        if (request.path().equals("/slow")) {
                            vertx.setTimer(5_000, late -> request.response().end("at last"));
                        } else {
                            request.response().end("served");
                        }
                    });
                });
        port = server.listen(0, "127.0.0.1").await().actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private Socket connected(String sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(sent.getBytes(US_ASCII));
        return socket;
    }

    /** Sends a byte more, now and again, until the server has closed. */
    private static boolean isClosedThoughItDribbles(Socket socket) throws Exception {
        socket.setSoTimeout(100);
        return Deadline.in(LIMIT).until(() -> {
            try {
                socket.getOutputStream().write('a');
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException stillOpen) {
                return false;
            } catch (IOException closed) {
                return true;
            }
        });
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void dribbledHeadsAndBodies_areCutOff_whileOthersAreServed() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            slow.add(connected("GET / HTTP/1.1\r\nHost: a\r\nX-A: "));
        }
        slow.add(connected(""));
        slow.add(connected("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + "GET / HTTP/1.1\r\nX-B: "));
        slow.add(connected("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"));

        assertThat(get("/")).isEqualTo("served");
        assertThat(get("/slow")).as("whoever waits for an answer is left alone").isEqualTo("at last");
        slow.get(101).getInputStream().readNBytes(1);
        for (Socket socket : slow.subList(99, slow.size())) {
            socket.getInputStream().skip(socket.getInputStream().available());
            assertThat(isClosedThoughItDribbles(socket))
                    .as("client %d", slow.indexOf(socket))
                    .isTrue();
        }
        assertThat(get("/")).isEqualTo("served");
        for (Socket socket : slow) {
            socket.close();
        }
    }
}
