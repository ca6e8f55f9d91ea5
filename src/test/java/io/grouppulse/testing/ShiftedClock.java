package io.grouppulse.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The wall clock of another process, set apart from the machine's by a library that is preloaded into it. */
final class ShiftedClock {
    private static final String SOURCE = "/clock/shifted_clock.c";

    private ShiftedClock() {}

    /** Why clocks cannot be shifted here; empty if they can. */
    static String problem() {
        try {
            Process version = new ProcessBuilder("cc", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.onExit().join().exitValue() == 0 ? "" : "a clock that jumps needs a C compiler that works";
        } catch (IOException e) {
            return "a clock that jumps needs a C compiler (apt-get install gcc libc6-dev)";
        }
    }

    /** For the environment of a process whose clock is shifted by what {@link #shift} writes into this directory. */
    static Map<String, String> environment(Path directory) throws IOException {
        Path library = directory.resolve("shifted_clock.so");
        if (!Files.exists(library)) {
            compile(directory, library);
        }
        shift(directory, Duration.ZERO);
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "SHIFTED_CLOCK_FILE",
                file(directory).toString());
    }

    private static void compile(Path directory, Path library) throws IOException {
        Path source = directory.resolve("shifted_clock.c");
        try (InputStream in = Objects.requireNonNull(ShiftedClock.class.getResourceAsStream(SOURCE))) {
            Files.write(source, in.readAllBytes());
        }
        Process compiler = new ProcessBuilder(
                        "cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.onExit().join().exitValue() != 0) {
            throw new IOException("the clock was not compiled: " + said);
        }
    }

    /** The process sees it at once. */
    static void shift(Path directory, Duration by) throws IOException {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(by.toSeconds()).flip();
        try (FileChannel channel =
                FileChannel.open(file(directory), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(seconds, 0);
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("clock");
    }
}
