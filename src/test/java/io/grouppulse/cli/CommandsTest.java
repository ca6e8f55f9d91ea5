package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.config.Settings;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path directory;

    private final List<Settings> served = new ArrayList<>();
    private final List<SimulationSettings> sales = new ArrayList<>();
    private CapturedConsole captured = CapturedConsole.in(Path.of(""));

    @BeforeEach
    void capture() {
        captured = CapturedConsole.in(directory);
    }

    @Test
    void serve_handsTheSettingsToTheLauncher() throws IOException {
        Files.writeString(directory.resolve("other.yaml"), "http.port: 9090\n");

        assertThat(run("serve", "--config", "other.yaml")).isZero();

        assertThat(served).extracting(settings -> settings.http().port()).containsExactly(9090);
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void serve_returnsTheLaunchersExitCode() {
        Launcher failing = new RecordingLauncher(served, sales, 1);

        assertThat(Commands.run(new String[] {"serve"}, failing, captured.console()))
                .isEqualTo(1);
    }

    @Test
    void printConfig_printsAndServesNothing() {
        assertThat(run("serve", "--print-config")).isZero();

        assertThat(captured.out()).contains("http.port: 8080\n", "zone: Asia/Shanghai\n");
        assertThat(served).isEmpty();
    }

    @Test
    void demo_hasAShowOfTheAskedSize() {
        assertThat(run("demo", "--groups", "20", "--members=30", "--seed", "-4"))
                .isZero();

        assertThat(served).containsExactly(Settings.defaults());
        assertThat(sales).singleElement().satisfies(sale -> {
            assertThat(sale.groups()).isEqualTo(20);
            assertThat(sale.members()).isEqualTo(30);
            assertThat(sale.seed()).isEqualTo(-4);
            assertThat(sale.isShowAt(sale.startMillis())).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                          | expected a command: serve, demo, replay, simulate",
                "srve                        | unknown command srve; did you mean serve?",
                "--verzion                   | unknown option --verzion; did you mean --version?",
                "serve --confg x             | unknown option --confg; did you mean --config?",
                "serve extra                 | unexpected argument extra",
                "serve --config              | --config",
                "serve --config no.yaml      | settings file no.yaml does not exist",
                "serve @args                 | unexpected argument @args",
                "demo --groups many          | '--groups'",
                "demo --groups 0             | --groups must be 1 to 100000, got 0",
                "demo --groups 1 --groups 2  | '--groups'",
                "simulate --minutes 0        | --minutes must be 1 to 525600, got 0",
                "simulate --start yesterday  | --start: 'yesterday': expected RFC 3339",
                "simulate --mistakes=some    | --mistakes: 'some': expected none, few or many",
                "replay                      | FILE",
                "replay nothing.ndjson       | FILE: 'nothing.ndjson': expected a file that exists",
                "replay .                    | FILE: '.': expected a file that exists",
                "replay - --speed 2          | --speed: '2': expected 1, 10 or max",
                "replay - --sped max         | unknown option --sped; did you mean --speed?",
                "replay - --to localhost     | --to: 'localhost': expected an address such as http://localhost:8080",
                "replay - --to ftp://h/      | --to: 'ftp://h/': expected an address",
            })
    void wrongArguments_areRefusedInOneClearLine(String arguments, String message) {
        String[] args = arguments.isEmpty() ? new String[0] : arguments.split(" +", -1);

        assertThat(run(args)).isEqualTo(2);

        assertThat(captured.err()).contains(message).startsWith("grouppulse: ").hasLineCount(1);
        assertThat(captured.out()).isEmpty();
        assertThat(served).isEmpty();
    }

    @Test
    void wrongSettings_areRefusedInOneClearLine() throws IOException {
        Files.writeString(directory.resolve("grouppulse.yaml"), "shards: none\n");

        assertThat(run("serve")).isEqualTo(2);

        assertThat(captured.err())
                .contains("shards: 'none' (grouppulse.yaml:1): expected a whole number 1 to 1024")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "demo -h", "replay --help", "simulate --help"})
    void help_isPrintedOnRequest(String arguments) {
        assertThat(run(arguments.split(" ", -1))).isZero();

        assertThat(captured.out()).startsWith("Usage: grouppulse").doesNotContain("\u001b");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void help_namesTheDefaults() {
        run("simulate", "--help");

        assertThat(captured.out()).contains("Default: 300.", "Default: 10.", "Default: none.", "about 1 %");
    }

    @Test
    void version_isThatOfTheBuild() {
        assertThat(run("--version")).isZero();

        assertThat(captured.out().trim()).matches("grouppulse [0-9]+\\.[0-9]+\\.[0-9]+.*");
    }

    private int run(String... args) {
        return Commands.run(args, new RecordingLauncher(served, sales, 0), captured.console());
    }

    private record RecordingLauncher(List<Settings> served, List<SimulationSettings> sales, int exit)
            implements Launcher {
        @Override
        public int serve(Settings settings) {
            served.add(settings);
            return exit;
        }

        @Override
        public int demo(Settings settings, SimulationSettings sale) {
            served.add(settings);
            sales.add(sale);
            return exit;
        }
    }
}
