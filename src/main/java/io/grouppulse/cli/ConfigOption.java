package io.grouppulse.cli;

import io.grouppulse.config.EffectiveSettings;
import io.grouppulse.config.SettingsLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the settings are. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file. Default: grouppulse.yaml if present. GROUPPULSE_* variables win over it.")
    private @Nullable Path file;

    EffectiveSettings load(Console console) {
        return SettingsLoader.load(file, console.directory(), console.environment());
    }
}
