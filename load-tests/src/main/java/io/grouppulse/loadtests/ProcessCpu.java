package io.grouppulse.loadtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * CPU time of a process from {@code /proc}, user and system, garbage collection included, just-in-time compilation not:
 * that ends when all code is compiled, minutes after the start, and is no cost of an event.
 */
final class ProcessCpu {
    private static final double TICKS_A_SECOND = 100;

    private ProcessCpu() {}

    /** Seconds of this process so far. */
    static double seconds() throws IOException {
        return seconds(ProcessHandle.current().pid());
    }

    /** Seconds of that process so far. */
    static double seconds(long pid) throws IOException {
        return of(Path.of("/proc/" + pid + "/stat")) - compilerSeconds(pid);
    }

    static double compilerSeconds(long pid) throws IOException {
        double seconds = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                try {
                    String name = Files.readString(thread.resolve("comm"));
                    seconds += name.matches("(?s)C[12] Compiler.*") ? of(thread.resolve("stat")) : 0;
                } catch (IOException e) {
                    if (Files.exists(thread)) {
                        throw e;
                    }
                    // the thread has just ended
                }
            }
        }
        return seconds;
    }

    private static double of(Path file) throws IOException {
        String stat = Files.readString(file);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
}
