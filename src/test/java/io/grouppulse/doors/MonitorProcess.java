package io.grouppulse.doors;

import io.grouppulse.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The packed program as {@code serve} in a process of its own, with a clock that follows events unless told otherwise. */
final class MonitorProcess implements AutoCloseable {
    private static final long START_SECONDS = 150;

    private final int port;
    private final Path directory;
    private final Process process;

    private MonitorProcess(int port, Path directory, Process process) {
        this.port = port;
        this.directory = directory;
        this.process = process;
    }

    /** @param settings keys as in the configuration, and their values; returns once it is ready */
    static MonitorProcess start(Map<String, String> settings) throws Exception {
        Path directory = Files.createTempDirectory("grouppulse-doors");
        int port = Ports.free();
        String jar = Objects.requireNonNull(
                System.getProperty("grouppulse.jar"), "the system property grouppulse.jar names the packed program");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-Xmx384m", "-jar", jar, "serve")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile());
        set(builder, "clock", "event");
        set(builder, "http.port", Integer.toString(port));
        set(builder, "data.dir", directory.resolve("data").toString());
        settings.forEach((key, value) -> set(builder, key, value));
        MonitorProcess monitor = new MonitorProcess(port, directory, builder.start());
        monitor.awaitReady();
        return monitor;
    }

    private static void set(ProcessBuilder builder, String key, String value) {
        builder.environment().put("GROUPPULSE_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value);
    }

    private void awaitReady() throws Exception {
        Api api = api();
        Wait.until(START_SECONDS, "the server is ready: " + said(), () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended with " + process.exitValue() + ":\n" + said());
            }
            try {
                return api.get("/health/ready").status() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    int port() {
        return port;
    }

    Api api() {
        return new Api(port);
    }

    /** What the process wrote. */
    String said() {
        try {
            return Files.readString(directory.resolve("server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the process to end, as SIGTERM does. */
    void terminate() {
        process.destroy();
    }

    /** The exit code, once it has ended. */
    int awaitEnd(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server did not end within " + seconds + " s:\n" + said());
        }
        return process.exitValue();
    }

    /** Memory of the process that is not on disk, bytes. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IllegalStateException("no VmRSS");
    }

    /** Ends the process at once, as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
