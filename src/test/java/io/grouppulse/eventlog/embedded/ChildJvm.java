package io.grouppulse.eventlog.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process of its own that runs {@link StoreChild} and is read line by line. */
final class ChildJvm {
    private final Process process;
    private final BufferedReader out;

    private ChildJvm(List<String> command) throws IOException {
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildJvm start(String mode, Path directory, String run) throws IOException {
        return new ChildJvm(java(mode, directory, run));
    }

    /** With a limit on the size of each file, in the shell's blocks of 512 or 1024 bytes: a disk full for any user. */
    static ChildJvm startWithFileLimit(int blocks, String mode, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh"));
        command.addAll(java(mode, directory, "0"));
        return new ChildJvm(command);
    }

    private static List<String> java(String mode, Path directory, String run) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-cp",
                classPath,
                StoreChild.class.getName(),
                mode,
                directory.toString(),
                run);
    }

    /** Whole lines only, so that what is returned was surely printed; at most so many, then kill -9. */
    List<String> readThenKill(int lines) throws Exception {
        List<String> read = new ArrayList<>();
        String line = readLine();
        while (line != null) {
            read.add(line);
            if (read.size() == lines) {
                process.destroyForcibly();
                break;
            }
            line = readLine();
        }
        process.waitFor();
        return read;
    }

    List<String> readAll() throws Exception {
        return readThenKill(Integer.MAX_VALUE);
    }

    /** The next thing the child says, or null if it has ended. */
    @Nullable String readLine() throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(StoreChild.MARK)) {
            line = out.readLine();
        }
        return line == null ? null : line.substring(StoreChild.MARK.length());
    }
}
