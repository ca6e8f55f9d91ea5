package io.grouppulse.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The entry of coverage-guided runs: Jazzer calls {@link #fuzzerTestOneInput} with inputs that it learns from the branches
 * they take. The heap that is left after a collection is told every half minute.
 */
public final class LongFuzz {
    private static final long BETWEEN_NANOS = 30_000_000_000L;

    private static final ParserFuzz PARSER = Fuzzers.of(System.getProperty("fuzz.parser", "events"));
    private static final long BEGAN = System.nanoTime();
    private static long executions;
    private static long due = BEGAN + BETWEEN_NANOS;

    private LongFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        PARSER.feed(input);
        executions++;
        if ((executions & 0xFF) == 0 && System.nanoTime() > due) {
            tell();
        }
    }

    private static void tell() {
        due = System.nanoTime() + BETWEEN_NANOS;
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.err.printf(
                "HEAP seconds=%d executions=%d kibibytes=%d%n",
                (System.nanoTime() - BEGAN) / 1_000_000_000L,
                executions,
                (runtime.totalMemory() - runtime.freeMemory()) / 1_024);
    }

    /** Writes the sound inputs of a parser into a directory, for the fuzzer to begin with. */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[1]));
        List<byte[]> seeds = Fuzzers.of(args[0]).seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(directory.resolve("seed-" + i), seeds.get(i));
        }
        System.exit(0);
    }
}
