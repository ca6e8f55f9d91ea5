package io.grouppulse.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packed program as a process of its own, on a free port with a data directory of its own, both kept over restarts.
 *
 * <p>One thread at a time starts and ends the process; others may ask for the address meanwhile.
 */
public final class RunningServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(150);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final long PROBE_PAUSE_MILLIS = 50;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PROBE_LIMIT)
            .build();
    private final int port;
    private final Path directory;
    private ServerOptions options;
    private long saidBefore;
    private Process process;

    private RunningServer(ServerOptions options, int port, Path directory) throws IOException {
        this.options = options;
        this.port = port;
        this.directory = directory;
        this.process = newProcess();
    }

    /** Starts {@code demo}; returns once the server is ready. */
    public static RunningServer start() throws IOException, InterruptedException {
        return start(ServerOptions.demo());
    }

    /** Returns once the server is ready. */
    public static RunningServer start(ServerOptions options) throws IOException, InterruptedException {
        RunningServer server = new RunningServer(options, Ports.free(), Files.createTempDirectory("grouppulse-it"));
        server.awaitReady();
        return server;
    }

    /** Starts on a copy of this data directory, as after a restore; returns once the server is ready. */
    public static RunningServer startOnCopy(ServerOptions options, Path data) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("grouppulse-it");
        copy(data, directory.resolve("data"));
        RunningServer server = new RunningServer(options, Ports.free(), directory);
        server.awaitReady();
        return server;
    }

    /** Copies a directory file by file, as {@code cp -r} does. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Returns at once: the server may have to wait for another one to end. */
    public static RunningServer launched(ServerOptions options) throws IOException {
        return new RunningServer(options, Ports.free(), Files.createTempDirectory("grouppulse-it"));
    }

    /** Stops the process as {@code kill -STOP} does, until {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** Stops the process and lets it go on after that time, however late this one gets its turn meanwhile. */
    public void freezeFor(Duration stall) throws IOException, InterruptedException {
        freezing(stall).waitFor();
    }

    /** As {@link #freezeFor} without waiting; what is returned ends when the process goes on. */
    public Process freezing(Duration stall) throws IOException {
        String script = "kill -STOP %1$d && sleep %2$d && kill -CONT %1$d".formatted(process.pid(), stall.toSeconds());
        return new ProcessBuilder("sh", "-c", script).start();
    }

    /** Its wall clock is so far from the machine's from now on, until it is started again. */
    public void shiftClock(Duration by) throws IOException {
        ShiftedClock.shift(directory, by);
    }

    /** Why {@link #shiftClock} cannot be done here; empty if it can. */
    public static String clockProblem() {
        return ShiftedClock.problem();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    }

    /** Starts the killed server again, on the same port and data; returns once it is ready. */
    public void restart() throws IOException, InterruptedException {
        launch();
        awaitReady();
    }

    /** As {@link #restart()} without waiting for anything. */
    public void launch() throws IOException {
        kill();
        saidBefore = Files.size(output());
        process = newProcess();
    }

    /** Starts it on the same port and data in another way, which it is to refuse; returns its exit code. */
    public int launchUntilEnd(ServerOptions others) throws IOException, InterruptedException {
        ServerOptions usual = options;
        options = others;
        try {
            launch();
            return awaitEnd(START_LIMIT);
        } finally {
            options = usual;
        }
    }

    public ServerOptions options() {
        return options;
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    public Path dataDirectory() {
        return directory.resolve("data");
    }

    /** What the process has said since it was last started. */
    public String said() {
        try (RandomAccessFile file = new RandomAccessFile(output().toFile(), "r")) {
            file.seek(saidBefore);
            byte[] bytes = new byte[(int) (file.length() - saidBefore)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process at once, as {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks the process to end, as {@code kill} does, and returns its exit code. */
    public int terminate(Duration limit) throws InterruptedException {
        process.destroy();
        return awaitEnd(limit);
    }

    /** Kills it and removes its files. */
    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns once it answers that it is ready. */
    public void awaitReady() throws InterruptedException {
        Deadline deadline = Deadline.in(START_LIMIT);
        while (!isReady()) {
            if (process.waitFor(PROBE_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the server ended with " + process.exitValue() + ":\n" + said());
            }
            if (deadline.isOver()) {
                process.destroyForcibly();
                throw new IllegalStateException("the server was not ready within " + START_LIMIT + ":\n" + said());
            }
        }
    }

    /** Of the process that runs now. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the exit code of a process that ends by itself. */
    public int awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the server did not end within " + limit + ":\n" + said());
        }
        return process.exitValue();
    }

    private Process newProcess() throws IOException {
        ServerOptions placed = options.with("http.port", port).with("data.dir", directory.resolve("data"));
        ProcessBuilder builder = placed.processBuilder(jar());
        if (options.hasOwnClock()) {
            builder.environment().putAll(ShiftedClock.environment(directory));
        }
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
    }

    /** The packed program. */
    static String jar() {
        return Objects.requireNonNull(
                System.getProperty("grouppulse.jar"), "the system property grouppulse.jar names the packed program");
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(baseUrl().resolve("health/ready"))
                .timeout(PROBE_LIMIT)
                .build();
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path output() {
        return directory.resolve("server.log");
    }
}
