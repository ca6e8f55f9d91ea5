package io.grouppulse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.k8s.ShippedSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that the containers run is one of this program, options included. */
class ShippedCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"single", "redis"})
    void command_ofEachOverlay_isKnown(String overlay, @TempDir Path directory) {
        CapturedConsole console = CapturedConsole.in(directory);
        List<String> command = new ArrayList<>(ShippedSettings.arguments(overlay));
        command.add("--help");

        assertThat(Commands.run(command.toArray(String[]::new), new NoLauncher(), console.console()))
                .as(console.err())
                .isZero();
        assertThat(command).startsWith("serve", "--config");
    }
}
