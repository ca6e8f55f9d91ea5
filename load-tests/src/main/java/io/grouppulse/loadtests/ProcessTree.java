package io.grouppulse.loadtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a process and all below it have used, as {@code /proc} tells: work of others on the machine is not in it. */
final class ProcessTree {
    private static final double TICKS_A_SECOND = 100;

    private final long root;

    ProcessTree(long root) {
        this.root = root;
    }

    /** User and system time so far of the processes that live. */
    double cpuSeconds() {
        return processes().stream().mapToDouble(ProcessTree::cpuSeconds).sum();
    }

    /** Memory of the processes whose command line fits; what several share is counted in parts. */
    double proportionalMegabytes(Predicate<String> commandLine) {
        return processes().stream()
                .filter(pid -> commandLine.test(read(pid, "cmdline")))
                .mapToDouble(ProcessTree::proportionalMegabytes)
                .sum();
    }

    /** Memory of the largest of the processes whose command line fits. */
    double largestMegabytes(Predicate<String> commandLine) {
        return processes().stream()
                .filter(pid -> commandLine.test(read(pid, "cmdline")))
                .mapToDouble(ProcessTree::proportionalMegabytes)
                .max()
                .orElse(0);
    }

    private List<Long> processes() {
        return ProcessHandle.of(root).stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static double cpuSeconds(long pid) {
        String stat = read(pid, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    private static double proportionalMegabytes(long pid) {
        return read(pid, "smaps_rollup").lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
                .sum();
    }

    /** Empty for a process that has just ended. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file));
        } catch (IOException e) {
            return "";
        }
    }
}
