package io.grouppulse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The packed program in {@code demo} mode, as a process of its own on a free port with a data directory of its own. */
public final class RunningServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final long PROBE_PAUSE_MILLIS = 100;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PROBE_LIMIT)
            .build();
    private final int port;
    private final Path directory;
    private Process process;

    private RunningServer(int port, Path directory) throws IOException {
        this.port = port;
        this.directory = directory;
        this.process = launch();
    }

    /** Returns once the server is ready. */
    public static RunningServer start() throws IOException, InterruptedException {
        RunningServer server = new RunningServer(freePort(), Files.createTempDirectory("grouppulse-it"));
        server.awaitReady();
        return server;
    }

    /** Starts the killed server again, on the same port and data; returns once it is ready. */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
        awaitReady();
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Ends the process at once, as {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        String jar = Objects.requireNonNull(
                System.getProperty("grouppulse.jar"), "the system property grouppulse.jar names the packed program");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar, "demo")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        builder.environment().put("GROUPPULSE_HTTP_PORT", Integer.toString(port));
        builder.environment()
                .put("GROUPPULSE_DATA_DIR", directory.resolve("data").toString());
        return builder.start();
    }

    private void awaitReady() throws InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady()) {
            if (process.waitFor(PROBE_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the server ended with " + process.exitValue() + ":\n" + said());
            }
            if (System.nanoTime() - limit > 0) {
                process.destroyForcibly();
                throw new IllegalStateException("the server was not ready within " + START_LIMIT + ":\n" + said());
            }
        }
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

    private String said() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
