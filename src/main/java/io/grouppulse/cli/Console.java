package io.grouppulse.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What a command sees of the machine.
 *
 * @param directory where relative paths begin
 * @param terminal whether a person is watching
 */
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path directory,
        Clock clock,
        boolean terminal) {

    /** The console of this process. */
    public static Console ofProcess() {
        return new Console(
                System.in, System.out, System.err, System.getenv(), Path.of(""), Clock.systemUTC(), isTerminal());
    }

    @SuppressWarnings("SystemConsoleNull") // asked both ways, for JDKs before and after the change
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is always a console, and only this method (unknown to 17) tells what it is.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
