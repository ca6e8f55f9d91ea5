package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulateCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void lines_areTheSameBytesForTheSameSeed() {
        assertThat(simulate("--seed", "5")).isEqualTo(simulate("--seed", "5"));
        assertThat(simulate("--seed", "5")).isNotEqualTo(simulate("--seed", "6"));
    }

    @Test
    void lines_areEventsInOrderUnderIdsOfTheirOwn() throws IOException {
        List<Long> times = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String line : lines(simulate())) {
            JsonNode event = MAPPER.readTree(line);
            assertThat(event.path("type").isTextual()).isTrue();
            times.add(event.path("ts").asLong());
            ids.add(event.path("id").asText());
        }

        assertThat(times).isSorted().hasSizeGreaterThan(1_000);
        assertThat(ids).hasSameSizeAs(times);
    }

    @Test
    void lines_withManyMistakes_repeatDelayAndBreakAbout() {
        List<String> clean = lines(simulate("--minutes", "20"));

        List<String> messy = lines(simulate("--mistakes", "--minutes", "20"));

        Set<String> good = new HashSet<>(clean);
        long broken = messy.stream().filter(line -> !good.contains(line)).count();
        long repeated = messy.size() - clean.size() - broken;
        assertThat(messy).containsAll(clean);
        assertThat(broken / (double) clean.size()).isBetween(0.0003, 0.003);
        assertThat(repeated / (double) clean.size()).isBetween(0.005, 0.02);
    }

    @Test
    void start_isTakenAsAsked() throws IOException {
        for (String start : List.of("1700000000000", "2023-11-14T22:13:20Z", "2023-11-15T06:13:20+08:00")) {
            String first = lines(simulate("--start", start)).get(0);
            assertThat(MAPPER.readTree(first).path("ts").asLong()).isEqualTo(1_700_000_000_000L);
        }
        String first = lines(simulate("--start", "now")).get(0);
        assertThat(MAPPER.readTree(first).path("ts").asLong()).isEqualTo(1_794_362_100_000L);
    }

    @Test
    void closedOutput_endsTheCommand() {
        CapturedConsole captured = CapturedConsole.in(Path.of(""));
        Console console = captured.console();
        PrintStream closed = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        Console broken = new Console(
                console.in(),
                closed,
                console.err(),
                console.environment(),
                console.directory(),
                console.clock(),
                false);

        int exit = Commands.run(new String[] {"simulate", "--minutes", "500000"}, new NoLauncher(), broken);

        assertThat(exit).isEqualTo(1);
        assertThat(captured.err()).contains("standard output was closed").hasLineCount(1);
    }

    private static byte[] simulate(String... more) {
        List<String> args = new ArrayList<>(List.of("simulate", "--groups", "40", "--members", "100"));
        args.addAll(List.of(more));
        CapturedConsole captured = CapturedConsole.in(Path.of(""));
        assertThat(Commands.run(args.toArray(new String[0]), new NoLauncher(), captured.console()))
                .isZero();
        return captured.outBytes();
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
}
