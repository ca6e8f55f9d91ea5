package io.grouppulse.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The entry of coverage-guided runs: Jazzer calls {@link #fuzzerTestOneInput} with inputs that it learns from the branches
 * they take. Every ten seconds it tells the heap that is left after a collection, and how much CPU the slowest input took.
 */
public final class LongFuzz {
    private static final long BETWEEN_NANOS = 10_000_000_000L;

    private static final ParserFuzz PARSER = Fuzzers.of(System.getProperty("fuzz.parser", "events"));
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long BEGAN = System.nanoTime();
    private static long executions;
    private static long slowest;
    private static long due = BEGAN + BETWEEN_NANOS;

    static {
        // so that no input is charged for the loading of classes
        for (byte[] seed : PARSER.seeds()) {
            try {
                PARSER.feed(seed);
            } catch (Exception e) {
                throw new IllegalStateException("a sound input was not taken", e);
            }
        }
    }

    private LongFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        long began = THREADS.getCurrentThreadCpuTime();
        PARSER.feed(input);
        slowest = Math.max(slowest, THREADS.getCurrentThreadCpuTime() - began);
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
                "HEAP seconds=%d executions=%d kibibytes=%d slowest_micros=%d%n",
                (System.nanoTime() - BEGAN) / 1_000_000_000L,
                executions,
                (runtime.totalMemory() - runtime.freeMemory()) / 1_024,
                slowest / 1_000);
    }

    /** Without arguments names the parsers; else writes the sound inputs of one into a directory, for the fuzzer to begin with. */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            Fuzzers.names().forEach(System.out::println);
            System.exit(0);
        }
        Path directory = Files.createDirectories(Path.of(args[1]));
        List<byte[]> seeds = Fuzzers.of(args[0]).seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(directory.resolve("seed-" + i), seeds.get(i));
        }
        System.exit(0);
    }
}
