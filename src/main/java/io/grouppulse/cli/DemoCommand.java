package io.grouppulse.cli;

import io.grouppulse.config.Settings;
import io.grouppulse.domain.simulate.SimulationSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the monitor with a simulated sale in it. */
@Command(name = "demo", description = "Run the monitor with a simulated live sale in it.", usageHelpAutoWidth = true)
final class DemoCommand implements Callable<Integer> {
    private final Launcher launcher;
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private SaleOptions sale = new SaleOptions();

    DemoCommand(Launcher launcher, Console console) {
        this.launcher = launcher;
        this.console = console;
    }

    @Override
    public Integer call() {
        Settings settings = config.load(console).settings();
        if (settings.http().hasTls()) {
            throw new ParameterException(
                    spec.commandLine(), "http.tls.cert: the demo sends its sale in the clear; expected no certificate");
        }
        return launcher.demo(settings, show().in(settings.time().zone()));
    }

    private SimulationSettings show() {
        try {
            return SimulationSettings.show(
                    sale.groups(), sale.members(), sale.seed(), console.clock().millis());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }
}
