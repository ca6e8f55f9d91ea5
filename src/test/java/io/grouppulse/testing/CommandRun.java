package io.grouppulse.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A command of the packed program that has ended. */
public record CommandRun(int exitCode, String said) {

    /** Runs a command such as {@code replay FILE} to its end. */
    public static CommandRun of(String... command) throws IOException, InterruptedException {
        ServerOptions options =
                new ServerOptions(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), List.of(command), Map.of());
        Process process = options.processBuilder(RunningServer.jar())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandRun(process.waitFor(), said);
    }
}
