package io.grouppulse.ingest.http;

import static io.grouppulse.ingest.http.IngestServer.event;
import static io.grouppulse.ingest.http.IngestServer.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.ingest.http.BadBodies.BadLine;
import io.grouppulse.ingest.http.IngestServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedBodiesTest {
    private static final long SEED = 20_260_822;
    private static final int VARIANTS = 35;

    @TempDir
    private Path dir;

    private IngestServer server;
    private final Random random = new Random(SEED);

    @BeforeEach
    void open() throws Exception {
        server = IngestServer.open(dir);
    }

    @AfterEach
    void close() {
        assertThat(server.routes.heldBytes().now()).isZero();
        server.close();
    }

    @Test
    void everyBadLine_isRejectedByItsCode_andItsNeighboursAreTaken() throws Exception {
        BadBodies bodies = new BadBodies(SEED);
        List<BadLine> lines = bodies.all(VARIANTS);
        assertThat(bodies.kinds()).isGreaterThanOrEqualTo(30);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(1_000);

        for (int from = 0; from < lines.size(); from += VARIANTS) {
            List<BadLine> some = lines.subList(from, from + VARIANTS);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (BadLine line : some) {
                body.writeBytes((event("before") + "\r\n").getBytes(UTF_8));
                body.writeBytes(line.bytes());
                body.write('\n');
            }
            body.writeBytes(event("last").getBytes(UTF_8));
            long before = server.intake.events();
            Answer answer = post(body.toByteArray());

            assertThat(answer.status()).as(() -> describe(some.get(0), answer)).isEqualTo(200);
            assertThat(answer.json().getInteger("accepted"))
                    .as(() -> describe(some.get(0), answer))
                    .isEqualTo(VARIANTS + 1);
            assertThat(answer.json().getInteger("rejected")).isEqualTo(VARIANTS);
            assertThat(server.intake.events() - before).isEqualTo(VARIANTS + 1);
            JsonArray errors = answer.json().getJsonArray("errors");
            for (int i = 0; i < VARIANTS; i++) {
                BadLine line = some.get(i);
                JsonObject error = errors.getJsonObject(i);
                assertThat(error.getInteger("index")).isEqualTo(2 * i + 1);
                assertThat(error.getString("code"))
                        .as(() -> describe(line, answer))
                        .isEqualTo(line.code());
                assertThat(error.getString("field", ""))
                        .as(() -> describe(line, answer))
                        .isEqualTo(line.field());
            }
        }
        assertThat(server.rejects.newest(10_000)).hasSize(lines.size());
    }

    @Test
    void everyBadLineAlone_is400OrA200WithNothingTaken() throws Exception {
        for (BadLine line : new BadBodies(SEED + 1).all(3)) {
            Answer answer = post(line.bytes());

            boolean mark = line.kind().startsWith("byte order mark");
            int expected = line.code().equals("malformed_json") && !mark ? 400 : 200;
            assertThat(answer.status()).as(() -> describe(line, answer)).isEqualTo(expected);
            assertThat(answer.json().getInteger("accepted")).as(line.kind()).isEqualTo(mark ? 1 : 0);
        }
    }

    @Test
    void everyBadElementOfAnArray_isNeverAServerError() throws Exception {
        for (BadLine line : new BadBodies(SEED + 2).all(10)) {
            byte[] body = join("[" + event("first") + ",", line.bytes(), "," + event("last") + "]");
            Answer answer = server.send(
                    server.request("/api/v1/events", "application/json").POST(BodyPublishers.ofByteArray(body)));

            // a fault may reach beyond its element, but never back
            assertThat(answer.status()).as(() -> describe(line, answer)).isEqualTo(200);
            assertThat(answer.json().getInteger("accepted"))
                    .as(() -> describe(line, answer))
                    .isPositive();
            assertThat(answer.json().getInteger("rejected"))
                    .as(() -> describe(line, answer))
                    .isPositive();
        }
    }

    @Test
    void damagedGzip_isNeverAServerError() throws Exception {
        byte[] sound = zip((event("a") + "\n").repeat(3_000));
        for (int i = 0; i < 5 * VARIANTS; i++) {
            byte[] damaged = sound.clone();
            switch (i % 5) {
                case 0 -> damaged = Arrays.copyOf(sound, random.nextInt(sound.length - 1) + 1);
                case 1 -> damaged[random.nextInt(sound.length)] ^= (byte) (1 + random.nextInt(255));
                case 2 -> damaged = join("", join("", sound, ""), "trailing");
                case 3 -> random.nextBytes(damaged);
                default -> damaged[sound.length - 1 - random.nextInt(8)] ^= 1;
            }
            Answer answer = postZipped(damaged);

            assertThat(answer.status())
                    .as("variant %d: %s", i, answer.response().body())
                    .isIn(200, 400);
            if (i % 5 != 1) {
                assertThat(answer.json().getInteger("rejected")).isPositive();
                assertThat(answer.response().body()).contains("malformed_json");
            }
        }
    }

    @Test
    void gzipBombs_areTooLarge() throws Exception {
        byte[] line = (event("a") + "\n").getBytes(UTF_8);
        ByteArrayOutputStream large = new ByteArrayOutputStream();
        while (large.size() <= 64 * 1024 * 1024) {
            large.write(line);
        }
        assertThat(postZipped(zip(large.toByteArray())).status()).isEqualTo(413);
        assertThat(postZipped(zip(new byte[70 * 1024 * 1024])).status()).isEqualTo(413);
    }

    @Test
    void goodBodiesInOddClothes_areTaken() throws Exception {
        for (String end : List.of("\n", "\r\n", "\n\n\n", " \t\r\n")) {
            for (String start : List.of("", "\uFEFF", "\r\n")) {
                Answer answer = post((start + event("a") + end + " " + event("b") + end).getBytes(UTF_8));

                assertThat(answer.json().getInteger("accepted")).isEqualTo(2);
                assertThat(answer.json().getInteger("rejected")).isZero();
            }
        }
    }

    private Answer post(byte[] body) throws Exception {
        return server.send(
                server.request("/api/v1/events", "application/x-ndjson").POST(BodyPublishers.ofByteArray(body)));
    }

    private Answer postZipped(byte[] body) throws Exception {
        return server.send(server.request("/api/v1/events", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static String describe(BadLine line, Answer answer) {
        String shown = new String(line.bytes(), UTF_8);
        return line.kind() + ": " + shown.substring(0, Math.min(300, shown.length())) + " -> "
                + answer.response().body();
    }

    private static byte[] join(String before, byte[] bytes, String after) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(before.getBytes(UTF_8));
        body.writeBytes(bytes);
        body.writeBytes(after.getBytes(UTF_8));
        return body.toByteArray();
    }
}
