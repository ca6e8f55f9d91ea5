package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.cli.FakeMonitor.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayCommandTest {
    @TempDir
    Path directory;

    private final List<Long> pauses = new ArrayList<>();
    private CapturedConsole captured = CapturedConsole.in(Path.of(""));

    @BeforeEach
    void capture() {
        captured = CapturedConsole.in(directory);
    }

    @Test
    void everyLine_arrivesOnceAndInOrder() throws IOException {
        List<String> lines = lines(9_500);
        try (FakeMonitor monitor = new FakeMonitor()) {
            assertThat(replay(file(lines), monitor)).isZero();

            assertThat(monitor.lines()).isEqualTo(lines);
            assertThat(monitor.requests()).hasSize(5).containsOnly("POST /api/v1/events");
            assertThat(monitor.mostAtOnce()).isEqualTo(1);
        }
        assertThat(captured.out()).contains("sent 9,500 lines", "accepted 9,500, rejected 0");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void everyLine_arrivesInOrder_thoughTheMonitorMisbehaves() throws IOException {
        List<String> lines = lines(7_000);
        Reply[] trouble = {
            Reply.BUSY,
            Reply.TAKE,
            Reply.DROP,
            Reply.UNAVAILABLE,
            Reply.TAKE_AND_DROP,
            Reply.BROKEN,
            Reply.TAKE_AND_MUMBLE,
            Reply.TAKE,
            Reply.UNAVAILABLE,
            Reply.BUSY
        };
        try (FakeMonitor monitor = new FakeMonitor(trouble)) {
            assertThat(replay(file(lines), monitor)).isZero();

            assertThat(new LinkedHashSet<>(monitor.lines())).containsExactlyElementsOf(lines);
            assertThat(monitor.mostAtOnce()).isEqualTo(1);
        }
        assertThat(captured.out()).contains("accepted 7,000, rejected 0");
        assertThat(captured.err()).contains("trying again");
    }

    @Test
    void busyMonitor_isGivenTheTimeItAsksFor() throws IOException {
        try (FakeMonitor monitor = new FakeMonitor(Reply.BUSY, Reply.UNAVAILABLE)) {
            replay(file(lines(3)), monitor);
        }

        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(2_000L, 2_700L);
        assertThat(pauses.get(1)).isBetween(100L, 400L);
    }

    @Test
    void malformedLines_areReportedWithTheirNumbers() throws IOException {
        List<String> lines = List.of("{\"id\":\"1\"}", "", "oops", "{\"id\":\"2\"}", "  \t", "again");
        try (FakeMonitor monitor = new FakeMonitor()) {
            assertThat(replay(file(lines), monitor)).isZero();

            assertThat(monitor.lines()).containsExactly("{\"id\":\"1\"}", "oops", "{\"id\":\"2\"}", "again");
        }
        assertThat(captured.out())
                .contains("accepted 2, rejected 2", "line 3: malformed_json: not an object", "line 6: malformed_json");
    }

    @Test
    void bodyWithoutAnyEvent_isRejectedNotRetried() throws IOException {
        try (FakeMonitor monitor = new FakeMonitor(Reply.ALL_BAD)) {
            assertThat(replay(file(List.of("a", "b")), monitor)).isZero();

            assertThat(monitor.requests()).hasSize(1);
        }
        assertThat(captured.out()).contains("accepted 0, rejected 2", "line 1: malformed_json: no event in it");
    }

    @Test
    void bodyTooLarge_isSentInHalves() throws IOException {
        List<String> lines = lines(10);
        try (FakeMonitor monitor = new FakeMonitor(Reply.TOO_LARGE, Reply.TOO_LARGE)) {
            assertThat(replay(file(lines), monitor)).isZero();

            assertThat(monitor.lines()).isEqualTo(lines);
            assertThat(monitor.requests()).hasSize(5);
        }
    }

    @Test
    void gzip_isRecognisedByItsFirstBytes() throws IOException {
        List<String> lines = lines(3_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text(lines));
        }
        Path file = Files.write(directory.resolve("sale"), bytes.toByteArray());
        try (FakeMonitor monitor = new FakeMonitor()) {
            assertThat(replay(file.toString(), monitor)).isZero();

            assertThat(monitor.lines()).isEqualTo(lines);
        }
    }

    @Test
    void damagedGzip_sendsWhatCanBeReadAndFails() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text(lines(50_000)));
        }
        byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
        Path file = Files.write(directory.resolve("sale.gz"), half);
        try (FakeMonitor monitor = new FakeMonitor()) {
            assertThat(replay(file.toString(), monitor)).isEqualTo(1);

            assertThat(monitor.lines()).isNotEmpty();
        }
        assertThat(captured.err())
                .contains("the input cannot be read to its end")
                .hasLineCount(1);
    }

    @Test
    void standardInput_isReadForADash() throws IOException {
        List<String> lines = lines(20);
        captured = new CapturedConsole(directory, text(lines));
        try (FakeMonitor monitor = new FakeMonitor()) {
            assertThat(replay("-", monitor)).isZero();

            assertThat(monitor.lines()).isEqualTo(lines);
        }
    }

    @Test
    void hugeLine_isLeftOutAndSaid() throws IOException {
        List<String> lines = List.of("{\"id\":\"1\"}", "x".repeat(2 << 20), "{\"id\":\"2\"}");
        try (FakeMonitor monitor = new FakeMonitor()) {
            assertThat(replay(file(lines), monitor)).isZero();

            assertThat(monitor.lines()).hasSize(2);
        }
        assertThat(captured.out()).contains("sent 2 lines", "not sent 1", "line 2: too_long");
    }

    @Test
    void unreachableMonitor_failsAfterTries() throws IOException {
        FakeMonitor gone = new FakeMonitor();
        gone.close();

        assertThat(replay(file(lines(3)), gone)).isEqualTo(1);

        assertThat(pauses).hasSizeBetween(5, 20);
        assertThat(captured.err()).contains("cannot be reached: connection refused");
        assertThat(captured.out()).contains("sent 0 lines");
    }

    @Test
    void refusingMonitor_failsAtOnce() throws IOException {
        try (FakeMonitor monitor = new FakeMonitor(Reply.FORBIDDEN)) {
            assertThat(replay(file(lines(3)), monitor)).isEqualTo(1);

            assertThat(monitor.requests()).hasSize(1);
        }
        assertThat(captured.err()).contains("answered 403").hasLineCount(1);
    }

    @Test
    void token_comesFromTheFileOrTheEnvironment_andIsNeverSaid() throws IOException {
        Files.writeString(directory.resolve("token"), "of-the-file\n");
        captured = new CapturedConsole(directory, new byte[0], Map.of("GROUPPULSE_TOKEN", "of-the-environment"));
        try (FakeMonitor monitor = new FakeMonitor(Reply.TAKE, Reply.TAKE, Reply.UNAUTHENTICATED)) {
            assertThat(replay(file(lines(1)), monitor)).isZero();
            assertThat(replay(file(lines(1)), monitor, "--token-file", "token")).isZero();
            assertThat(replay(file(lines(1)), monitor, "--token-file", "token")).isEqualTo(1);

            assertThat(monitor.tokens())
                    .containsExactly("Bearer of-the-environment", "Bearer of-the-file", "Bearer of-the-file");
        }
        assertThat(captured.err()).contains("answered 401: the token is not valid");
        assertThat(captured.out() + captured.err()).doesNotContain("of-the-");
    }

    @Test
    void tokenThatIsNone_isRefusedBeforeAnythingIsSent() throws IOException {
        Files.writeString(directory.resolve("lines"), "alpha\nbeta\n");
        Files.write(directory.resolve("large"), new byte[9 * 1024]);
        try (FakeMonitor monitor = new FakeMonitor()) {
            for (String name : List.of("lines", "large", "nowhere", ".")) {
                assertThat(replay(file(lines(1)), monitor, "--token-file", name))
                        .as(name)
                        .isEqualTo(2);
            }
            assertThat(monitor.requests()).isEmpty();
        }
        assertThat(captured.err()).doesNotContain("alpha", "beta");
    }

    private int replay(String file, FakeMonitor monitor, String... more) {
        String[] args = Stream.concat(Stream.of("replay", file, "--to", monitor.address() + "/"), Stream.of(more))
                .toArray(String[]::new);
        return Commands.run(args, new NoLauncher(), captured.console(), pauses::add);
    }

    private String file(List<String> lines) throws IOException {
        Files.write(directory.resolve("sale.ndjson"), text(lines));
        return "sale.ndjson";
    }

    private static List<String> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"e" + i + "\",\"type\":\"message.sent\"}")
                .toList();
    }

    private static byte[] text(List<String> lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }
}
