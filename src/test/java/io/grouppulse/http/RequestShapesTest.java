package io.grouppulse.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.MonitorInProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of whose end a proxy and the monitor could think differently: what stands behind one is never answered. */
class RequestShapesTest {
    private static final String POST =
            "POST /api/v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-ndjson\r\n";
    private static final String HIDDEN = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int LIMIT_MILLIS = 20_000;

    private static MonitorInProcess monitor;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        monitor = MonitorInProcess.start(dir, Map.of());
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    /** All that comes until the server closes. */
    private static String answers(String sent) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), monitor.port())) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.getOutputStream().write(sent.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 50\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 41\r\n\r\n",
                "Content-Length: 0, 41\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 0x0\r\n\r\n",
                "Content-Length: 18446744073709551616\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer\tEncoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0;a\n\r\n",
                "X-A: a\u0000b\r\nContent-Length: 0\r\n\r\n",
                "X-A: a\rContent-Length: 41\r\nContent-Length: 0\r\n\r\n"
            })
    void whatCouldEndInTwoPlaces_isRefused_andTheConnectionClosed(String rest) throws IOException {
        assertThat(answers(POST + rest + HIDDEN)).doesNotContain("HTTP/1.1 200").doesNotContain("\"accepted\"");
    }

    @Test
    void whatEndsWhereItSays_isAnswered_andSoIsWhatFollows() throws IOException {
        String bye = HIDDEN.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

        assertThat(answers(POST + "Content-Length: 0\r\n\r\n" + bye)).contains("HTTP/1.1 400", "HTTP/1.1 200");
        assertThat(answers(POST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + bye))
                .contains("HTTP/1.1 400", "HTTP/1.1 200");
        String inABody = answers("GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: " + HIDDEN.length()
                + "\r\n\r\n" + HIDDEN + bye);
        assertThat(inABody.split("HTTP/1.1 200", -1))
                .as("two answers: a request in the body of another is a body")
                .hasSize(3);
    }

    /** Of two names a proxy may have gone by the one, and the rule for origins by the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: a\r\nHost: b\r\n",
                "Host: a\r\nHost: a\r\n",
                "Host: a\r\nX-A: b\r\nhOST: b\r\n",
                "Host: a, b\r\n",
                "Host: a b\r\n",
                "Host: user@a\r\n",
                "Host: a/b\r\n",
                "Host: a\\b\r\n",
                "Host: \"a\"\r\n",
                "Host: \u00e4\r\n"
            })
    void requestThatDoesNotNameOneHost_isRefused_andTheConnectionClosed(String hosts) throws IOException {
        for (String more : new String[] {"", "Connection: Upgrade\r\nUpgrade: websocket\r\n"}) {
            String path = more.isEmpty() ? "/health/live" : "/feed";

            assertThat(answers("GET " + path + " HTTP/1.1\r\n" + hosts + more + "\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"bad_request\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1\r\nHost: monitor.example.com:8080\r\n",
                "HTTP/1.1\r\nHost: [::1]:8080\r\n",
                "HTTP/1.1\r\nHost:\r\n",
                "HTTP/1.0\r\n",
                "HTTP/1.0\r\nHost: a\r\n"
            })
    void requestThatNamesOneHost_orIsOlderThanThat_isAnswered(String rest) throws IOException {
        assertThat(answers("GET /health/live " + rest + "Connection: close\r\n\r\n"))
                .contains(" 200 OK");
    }
}
