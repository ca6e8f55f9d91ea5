package io.grouppulse.ingest.http;

import static io.grouppulse.ingest.http.IngestServer.event;
import static io.grouppulse.ingest.http.IngestServer.until;
import static io.grouppulse.ingest.http.IngestServer.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.ingest.Intake.Receipt;
import io.grouppulse.ingest.http.IngestServer.Answer;
import io.vertx.core.Promise;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsFlowTest {
    private static final String NDJSON = "application/x-ndjson";
    private static final String HEAD =
            "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n";

    @TempDir
    private Path dir;

    @Test
    void bodyOf64MiB_isStreamedInLittleMemory() throws Exception {
        try (IngestServer server = IngestServer.open(dir)) {
            byte[] line = (event("e123456") + "\n").getBytes(UTF_8);
            long lines = 64L * 1024 * 1024 / line.length;
            server.intake.countOnly();
            server.intake.answerWith((inputs, applied) -> {
                Promise<Receipt> later = Promise.promise();
                server.vertx.setTimer(1, id -> later.complete(new Receipt(-1)));
                return later.future();
            });

            Answer answer = server.send(server.request("/api/v1/events", NDJSON)
                    .POST(BodyPublishers.ofInputStream(() -> new Repeated(line, lines))));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getLong("accepted")).isEqualTo(lines);
            assertThat(server.intake.events()).isEqualTo(lines);
            assertThat(server.intake.maxOutstanding()).isEqualTo(2);
            assertThat(server.routes.heldBytes().peak()).isLessThan(1024 * 1024);
            assertThat(server.routes.heldBytes().now()).isZero();
        }
    }

    @Test
    void fullBatches_stopTheReadingUntilTheyAreDurable() throws Exception {
        try (IngestServer server = IngestServer.open(dir);
                Socket socket = server.connect()) {
            server.intake.holdBack();
            byte[] line = (event("e") + "\n").getBytes(UTF_8);
            int lines = 200_000;
            Thread sender = new Thread(() -> sendQuietly(socket, line, lines));
            sender.start();

            until(() -> server.intake.outstanding() == 2);
            // whatever the sender still pushes has to wait in the sockets, where 15 MB do not fit
            sender.join(500);
            assertThat(sender.isAlive()).isTrue();
            assertThat(server.intake.events()).isZero();
            server.intake.answerAll();
            sender.join();

            assertThat(readHead(socket)).startsWith("HTTP/1.1 200");
            assertThat(server.intake.events()).isEqualTo(lines);
            assertThat(server.intake.maxOutstanding()).isEqualTo(2);
            assertThat(server.routes.heldBytes().peak()).isLessThan(1024 * 1024);
        }
    }

    @Test
    void smallPackedBody_thatUnpacksToMuch_waitsInTheMiddleOfAChunk() throws Exception {
        try (IngestServer server = IngestServer.open(dir)) {
            server.intake.holdBack();
            byte[] packed = zip((event("e") + "\n").repeat(100_000));
            Thread sender = new Thread(() -> postPacked(server, packed));
            sender.start();

            until(() -> server.intake.outstanding() == 2);
            assertThat(server.routes.heldBytes().now()).isLessThan(1024 * 1024);
            server.intake.answerAll();
            sender.join();

            assertThat(server.intake.events()).isEqualTo(100_000);
        }
    }

    @Test
    void slowBody_isTakenWhenItIsComplete() throws Exception {
        try (IngestServer server = IngestServer.open(dir);
                Socket socket = server.connect()) {
            byte[] body = (event("草莓") + "\n" + event("b")).getBytes(UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write((HEAD + "Content-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8));
            for (byte b : body) {
                out.write(b);
                out.flush();
            }

            assertThat(readHead(socket)).startsWith("HTTP/1.1 200");
            assertThat(server.intake.takenIds()).containsExactly("草莓", "b");
        }
    }

    @Test
    void disconnectMidway_leavesWhatWasHandedOver_andFreesTheRest() throws Exception {
        try (IngestServer server = IngestServer.open(dir)) {
            try (Socket socket = server.connect()) {
                socket.getOutputStream().write((HEAD + "Content-Length: 50000000\r\n\r\n").getBytes(UTF_8));
                socket.getOutputStream().write((event("e") + "\n").repeat(2_300).getBytes(UTF_8));
                socket.getOutputStream().flush();
                until(() -> server.intake.events() >= 2_000);
            }

            until(() -> server.routes.heldBytes().now() == 0);
            assertThat(server.intake.events()).isBetween(2_000L, 2_300L);
            assertThat(server.post(NDJSON, event("later")).status()).isEqualTo(200);
        }
    }

    @Test
    void disconnectWhileBatchesWait_freesEverything() throws Exception {
        try (IngestServer server = IngestServer.open(dir)) {
            server.intake.holdBack();
            try (Socket socket = server.connect()) {
                socket.getOutputStream().write((HEAD + "Content-Length: 50000000\r\n\r\n").getBytes(UTF_8));
                socket.getOutputStream().write((event("e") + "\n").repeat(3_000).getBytes(UTF_8));
                socket.getOutputStream().flush();
                until(() -> server.intake.outstanding() == 2);
            }
            server.intake.answerAll();

            until(() -> server.routes.heldBytes().now() == 0);
            assertThat(server.intake.events()).isBetween(2_000L, 2_300L);
        }
    }

    @Test
    void declaredLengthOverTheLimit_isRefusedBeforeReading() throws Exception {
        try (IngestServer server = new IngestServer(dir, limits(1_000));
                Socket socket = server.connect()) {
            socket.getOutputStream().write((HEAD + "Content-Length: 1001\r\n\r\n").getBytes(UTF_8));

            assertThat(readHead(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void expectation_isMetByContinueOrByARefusal() throws Exception {
        try (IngestServer server = new IngestServer(dir, limits(1_000))) {
            try (Socket socket = server.connect()) {
                byte[] body = event("a").getBytes(UTF_8);
                String head = HEAD + "Expect: 100-continue\r\nContent-Length: " + body.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(UTF_8));
                assertThat(readHead(socket)).startsWith("HTTP/1.1 100");
                socket.getOutputStream().write(body);
                assertThat(readHead(socket)).startsWith("HTTP/1.1 200");
            }
            try (Socket socket = server.connect()) {
                String head = HEAD + "Expect: 100-continue\r\nContent-Length: 1001\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 413");
            }
        }
    }

    @Test
    void streamedBodyOverTheLimit_isRefusedWithWhatWasTaken() throws Exception {
        try (IngestServer server = new IngestServer(dir, limits(500_000))) {
            byte[] line = (event("e") + "\n").getBytes(UTF_8);

            Answer answer = server.send(server.request("/api/v1/events", NDJSON)
                    .POST(BodyPublishers.ofInputStream(() -> new Repeated(line, 20_000))));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().getString("code")).isEqualTo("too_large");
            assertThat(answer.json().getLong("accepted"))
                    .isEqualTo(server.intake.events())
                    .isPositive();
            // the connection is still of use
            assertThat(server.post(NDJSON, event("later")).status()).isEqualTo(200);
        }
    }

    @Test
    void gzipBomb_isRefusedWhenItCrossesTheLimit() throws Exception {
        try (IngestServer server = new IngestServer(dir, limits(1_000_000))) {
            byte[] zeros = new byte[50_000_000];
            Arrays.fill(zeros, (byte) ' ');

            Answer answer = server.send(server.request("/api/v1/events", NDJSON)
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(zip(zeros))));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(server.routes.heldBytes().peak()).isLessThan(200_000);
        }
    }

    @Test
    void manyRequestsAtOnce_areAskedToComeLater() throws Exception {
        IngestSettings tight = new IngestSettings(64L * 1024 * 1024, 1_000, 10, 100_000, IngestServer.TIMES);
        try (IngestServer server = new IngestServer(dir, tight);
                Socket socket = server.connect()) {
            server.intake.holdBack();
            byte[] line = (event("e") + "\n").getBytes(UTF_8);
            sendQuietly(socket, line, 20);
            until(() -> server.routes.heldBytes().now() >= 1_000 && server.intake.outstanding() > 0);

            assertThat(server.post(NDJSON, event("other")).status()).isEqualTo(429);
            server.intake.answerAll();
            assertThat(readHead(socket)).startsWith("HTTP/1.1 200");
            assertThat(server.post(NDJSON, event("other")).status()).isEqualTo(200);
        }
    }

    private static IngestSettings limits(long maxBody) {
        return new IngestSettings(maxBody, 64L * 1024 * 1024, 1_000, 256 * 1024, IngestServer.TIMES);
    }

    private static void postPacked(IngestServer server, byte[] packed) {
        try {
            server.send(server.request("/api/v1/events", NDJSON)
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(packed)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void sendQuietly(Socket socket, byte[] line, int lines) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write((HEAD + "Content-Length: " + (long) lines * line.length + "\r\n\r\n").getBytes(UTF_8));
            new Repeated(line, lines).transferTo(out);
            out.flush();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The next head of an answer. */
    private static String readHead(Socket socket) throws java.io.IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return head + "(closed)";
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** One line many times over. */
    private static final class Repeated extends InputStream {
        private final byte[] line;
        private final long length;
        private long at;

        Repeated(byte[] line, long times) {
            this.line = line;
            this.length = line.length * times;
        }

        @Override
        public int read() {
            return at == length ? -1 : line[(int) (at++ % line.length)];
        }

        @Override
        public int read(byte[] into, int offset, int count) {
            int copied = (int) Math.min(count, length - at);
            for (int i = 0; i < copied; i++) {
                into[offset + i] = line[(int) ((at + i) % line.length)];
            }
            at += copied;
            return copied == 0 ? -1 : copied;
        }
    }
}
