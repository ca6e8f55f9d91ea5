package io.grouppulse.loadtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Each parser under coverage-guided fuzzing, one after the other, each in a process of its own: how many inputs it was fed, how many
 * it crashed on or took too long for, how the heap grew, and how much CPU the slowest input took.
 */
final class FuzzRun {
    private static final String FUZZERS = "io.grouppulse.fuzz.LongFuzz";
    private static final int LONGEST_INPUT = 8_192;
    private static final int HANGS_AFTER_SECONDS = 300;
    private static final Pattern HEAP =
            Pattern.compile("HEAP seconds=(\\d+) executions=(\\d+) kibibytes=(\\d+) slowest_micros=(\\d+)");

    private final String path;
    private final int seconds;

    private FuzzRun(String path, int seconds) {
        this.path = path;
        this.seconds = seconds;
    }

    /** What a run told; heaps are those left after collections, the first of them after ten seconds. */
    private static final class Told {
        private final List<Long> kibibytes = new ArrayList<>();
        private final List<String> last = new ArrayList<>();
        private long executions;
        private long slowestMicros;

        void line(String line) {
            Matcher heap = HEAP.matcher(line);
            if (heap.find()) {
                executions = Long.parseLong(heap.group(2));
                kibibytes.add(Long.parseLong(heap.group(3)));
                slowestMicros = Long.parseLong(heap.group(4));
            }
            last.add(line);
            if (last.size() > 60) {
                last.remove(0);
            }
        }

        /** From the first to the last, and from the middle to the last: what is only learnt in the beginning does not grow on. */
        String growth() {
            if (kibibytes.isEmpty()) {
                return "not told";
            }
            long end = kibibytes.get(kibibytes.size() - 1);
            return String.format(
                    "%,d → %,d → %,d", kibibytes.get(0), kibibytes.get(kibibytes.size() / 2), end);
        }
    }

    static void run(Options options) throws IOException, InterruptedException {
        Path product = Path.of(System.getProperty("product.dir", "."));
        String libraries = Files.readString(product.resolve("load-tests/target/product-tests.path")).strip();
        String path = String.join(
                ":",
                product.resolve("load-tests/target/libs").toString() + "/*",
                product.resolve("target/test-classes").toString(),
                product.resolve("target/classes").toString(),
                libraries);
        FuzzRun run = new FuzzRun(path, options.number("seconds", 600));
        Report.machine();
        System.out.printf(
                "%n  %-12s %14s %8s %32s %14s%n", "parser", "inputs", "crashes", "heap KiB, begin, middle, end", "slowest");
        int crashes = 0;
        for (String parser : options.text("parsers", String.join(",", run.parsers())).split(",")) {
            crashes += run.fuzz(parser);
        }
        if (crashes > 0) {
            throw new IllegalStateException(crashes + " inputs broke a parser");
        }
    }

    private List<String> parsers() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("java", "-cp", path, FUZZERS).start();
        try (BufferedReader lines = reader(process)) {
            return lines.lines().toList();
        } finally {
            process.waitFor();
        }
    }

    private int fuzz(String parser) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("grouppulse-fuzz-");
        try {
            Path seeds = directory.resolve("corpus");
            new ProcessBuilder("java", "-cp", path, FUZZERS, parser, seeds.toString()).inheritIO().start().waitFor();
            Told told = new Told();
            Process process = new ProcessBuilder(
                            "java",
                            "-Xmx1g",
                            "-XX:+UseSerialGC",
                            "-Dfuzz.parser=" + parser,
                            "-cp",
                            path,
                            "com.code_intelligence.jazzer.Jazzer",
                            "--target_class=" + FUZZERS,
                            "--instrumentation_includes=io.grouppulse.**",
                            // one of its hooks breaks the queues of Netty
                            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
                            "-max_total_time=" + seconds,
                            "-max_len=" + LONGEST_INPUT,
                            "-timeout=" + HANGS_AFTER_SECONDS,
                            "-rss_limit_mb=4096",
                            "-artifact_prefix=" + directory + "/",
                            seeds.toString())
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            try (BufferedReader lines = reader(process)) {
                lines.lines().forEach(told::line);
            }
            return tell(parser, process.waitFor(), told, findings(directory));
        } finally {
            delete(directory);
        }
    }

    private static int tell(String parser, int exit, Told told, List<Path> findings) throws IOException {
        int crashes = Math.max(findings.size(), exit == 0 ? 0 : 1);
        System.out.printf(
                "  %-12s %,14d %8d %32s %11.1f ms%n",
                parser, told.executions, crashes, told.growth(), told.slowestMicros / 1_000.0);
        for (Path finding : findings) {
            Path kept = Files.copy(finding, Files.createTempFile("grouppulse-" + parser + "-", ".input"),
                    StandardCopyOption.REPLACE_EXISTING);
            System.out.println("    the input is kept in " + kept);
        }
        if (crashes > 0) {
            told.last.forEach(System.out::println);
        }
        return crashes;
    }

    private static List<Path> findings(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("(crash|timeout|oom|leak|slow-unit)-.*"))
                    .toList();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
