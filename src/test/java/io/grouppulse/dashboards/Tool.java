package io.grouppulse.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One of the real tools that read the shipped files. */
enum Tool {
    PROMETHEUS("prometheus", "prometheus"),
    PROMTOOL("promtool", "prometheus"),
    AMTOOL("amtool", "prometheus-alertmanager");

    private final String program;
    private final String debianPackage;

    Tool(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** @throws AssertionError that says what to install, if the program is not there */
    List<String> command(Object... arguments) {
        String path = System.getenv().getOrDefault("PATH", "");
        assertThat(Stream.of(path.split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))))
                .as("%s is not there: apt-get install %s", program, debianPackage)
                .isTrue();
        List<String> command = new ArrayList<>();
        command.add(program);
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    /** Runs to the end with this input; fails unless the program is content. */
    String run(Path input, Object... arguments) {
        try {
            Process process = new ProcessBuilder(command(arguments))
                    .redirectErrorStream(true)
                    .redirectInput(input.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", process.info(), said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String run(Object... arguments) {
        return run(Path.of("/dev/null"), arguments);
    }
}
