package io.grouppulse;

import io.grouppulse.cli.Commands;
import io.grouppulse.cli.Console;

/** Starts the command that was asked for. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Commands.run(args, new MonitorLauncher(System.err), Console.ofProcess()));
    }
}
