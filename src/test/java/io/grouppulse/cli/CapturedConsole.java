package io.grouppulse.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Streams that remember what a command wrote. */
final class CapturedConsole {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console;

    CapturedConsole(Path directory, byte[] in) {
        this(directory, in, Map.of());
    }

    CapturedConsole(Path directory, byte[] in, Map<String, String> environment) {
        console = new Console(
                new ByteArrayInputStream(in),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                directory,
                Clock.fixed(Instant.ofEpochMilli(1_794_362_100_000L), ZoneOffset.UTC),
                false);
    }

    static CapturedConsole in(Path directory) {
        return new CapturedConsole(directory, new byte[0]);
    }

    Console console() {
        return console;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    byte[] outBytes() {
        return out.toByteArray();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
