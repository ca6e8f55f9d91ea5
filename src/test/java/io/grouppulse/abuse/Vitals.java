package io.grouppulse.abuse;

import io.grouppulse.testing.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param heapMib what is left on the heap after a full collection
 * @param residentMib its memory as the kernel sees it
 */
record Vitals(long heapMib, long residentMib, long threads, long descriptors) {
    private static final Pattern USED = Pattern.compile("garbage-first heap .*used (\\d+)K");

    static Vitals of(RunningServer server) throws IOException, InterruptedException {
        Path process = Path.of("/proc/" + server.pid());
        Matcher used = USED.matcher(heapAfterCollection(server.pid()));
        return new Vitals(
                used.find() ? Long.parseLong(used.group(1)) >> 10 : -1,
                status(process, "VmRSS:") >> 10,
                status(process, "Threads:"),
                descriptors(server));
    }

    static long descriptors(RunningServer server) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
            return files.count();
        }
    }

    private static long status(Path process, String name) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(-1);
    }

    /** Both by one process: starting it takes longer than what it asks for. */
    private static String heapAfterCollection(long pid) throws IOException, InterruptedException {
        Path commands = Files.writeString(Files.createTempFile("jcmd", ".txt"), "GC.run\nGC.heap_info\n");
        try {
            String jcmd =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Process process = new ProcessBuilder(jcmd, Long.toString(pid), "-f", commands.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } finally {
            Files.delete(commands);
        }
    }
}
