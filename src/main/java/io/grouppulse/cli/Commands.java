package io.grouppulse.cli;

import io.grouppulse.config.ConfigException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** The command line: 0 done, 1 failed while running, 2 bad arguments or configuration. */
public final class Commands {
    private Commands() {}

    public static int run(String[] args, Launcher launcher, Console console) {
        return run(args, launcher, console, Thread::sleep);
    }

    static int run(String[] args, Launcher launcher, Console console, MonitorClient.Pause pause) {
        CommandLine line = commandLine(launcher, console, pause);
        int exit = line.execute(args);
        line.getOut().flush();
        line.getErr().flush();
        return exit;
    }

    private static CommandLine commandLine(Launcher launcher, Console console, MonitorClient.Pause pause) {
        CommandLine line = new CommandLine(new RootCommand())
                .addSubcommand(new ServeCommand(launcher, console))
                .addSubcommand(new DemoCommand(launcher, console))
                .addSubcommand(new ReplayCommand(console, pause))
                .addSubcommand(new SimulateCommand(console));
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().addOption(help()));
        return line.setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.terminal() ? Ansi.AUTO : Ansi.OFF))
                .setOut(new PrintWriter(console.out(), false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), false, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Show this help and exit.")
                .build();
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof ConfigException) {
            return UsageErrors.refuse(command, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof CommandFailedException) {
            command.getErr().println("grouppulse: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
