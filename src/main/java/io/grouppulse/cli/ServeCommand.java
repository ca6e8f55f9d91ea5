package io.grouppulse.cli;

import io.grouppulse.config.EffectiveSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the monitor. */
@Command(name = "serve", description = "Run the monitor.", usageHelpAutoWidth = true)
final class ServeCommand implements Callable<Integer> {
    private final Launcher launcher;
    private final Console console;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--print-config", description = "Print the effective settings, secrets masked, and exit.")
    private boolean printConfig;

    ServeCommand(Launcher launcher, Console console) {
        this.launcher = launcher;
        this.console = console;
    }

    @Override
    public Integer call() {
        EffectiveSettings settings = config.load(console);
        if (printConfig) {
            console.out().print(settings.toYaml());
            console.out().flush();
            return 0;
        }
        return launcher.serve(settings.settings());
    }
}
