package io.grouppulse.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real redis-server as a process of its own, on a free port, with its files in a directory; both kept over restarts. */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 20;
    private static final int CONNECT_MILLIS = 2_000;
    private static final String LOOPBACK = "127.0.0.1";

    private final @Nullable Path config;
    private final Path directory;
    private final String host;
    private final int port;
    private final List<String> options;
    private Process process;

    private RedisServer(Path directory, String host, List<String> options, @Nullable Path config) throws IOException {
        this.config = config;
        this.directory = directory;
        this.host = host;
        this.port = Ports.free(host);
        this.options = options;
        this.process = launch();
    }

    /**
     * Returns once it answers.
     *
     * @param options such as {@code "--appendonly", "yes"}
     */
    public static RedisServer start(Path directory, String... options) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        RedisServer server = new RedisServer(directory, LOOPBACK, List.of(options), null);
        server.awaitReady();
        return server;
    }

    /**
     * The same at another address of the loopback, from which it also speaks, so that a packet filter can tell it from
     * its peers.
     */
    public static RedisServer startAt(String host, Path directory, String... options)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        // A file that Sentinel, or CONFIG REWRITE, can note the role in, so that it outlives the process.
        Path config = directory.resolve("redis.conf");
        Files.writeString(config, "save \"\"\n");
        RedisServer server = new RedisServer(directory, host, List.of(options), config);
        server.awaitReady();
        return server;
    }

    /** A Sentinel that watches a master under the name {@code shop}, and replaces it on its own after half a second. */
    public static RedisServer sentinel(Path directory, RedisServer master) throws IOException, InterruptedException {
        return sentinelAt(LOOPBACK, directory, master, 1);
    }

    /** The same at another address, which replaces the master only if so many Sentinels agree that it is down. */
    public static RedisServer sentinelAt(String host, Path directory, RedisServer master, int quorum)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path config = directory.resolve("sentinel.conf");
        Files.writeString(
                config,
                "sentinel monitor shop " + master.host + " " + master.port + " " + quorum + "\n"
                        + "sentinel down-after-milliseconds shop 500\n"
                        + "sentinel failover-timeout shop 5000\n");
        RedisServer server = new RedisServer(directory, host, List.of("--sentinel"), config);
        server.awaitReady();
        return server;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public String address() {
        return "redis://" + host + ":" + port;
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again on the same port and files; returns once it answers. */
    public void restart() throws IOException, InterruptedException {
        kill();
        process = launch();
        awaitReady();
    }

    /** As {@link #restart}, whatever it was before it ended. */
    public void restartAsReplicaOf(RedisServer master) throws IOException, InterruptedException {
        kill();
        process = launch("--replicaof", master.host, Integer.toString(master.port));
        awaitReady();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where its files are. */
    public Path directory() {
        return directory;
    }

    /** Stops it as {@code kill -STOP} does: connections stay, answers do not come. */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** Sends one command, as redis-cli does, and answers with what Redis said, unparsed. */
    public String command(String... words) throws IOException {
        return command(Stream.of(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** The same with words that need not be text. */
    public String command(List<byte[]> words) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] word : words) {
            command.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            command.writeBytes(word);
            command.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout((int) START_LIMIT.toMillis());
            socket.getOutputStream().write(command.toByteArray());
            byte[] answer = new byte[65_536];
            int size = socket.getInputStream().read(answer);
            return size < 0 ? "" : new String(answer, 0, size, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    }

    private Process launch(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("redis-server"));
        if (config != null) {
            command.add(config.toString());
        }
        command.addAll(List.of("--port", Integer.toString(port), "--bind", host, "--dir", directory.toString()));
        if (!host.equals(LOOPBACK)) {
            command.addAll(List.of("--bind-source-addr", host, "--protected-mode", "no"));
        }
        if (config == null) {
            command.addAll(List.of("--save", ""));
        }
        command.addAll(options);
        command.addAll(List.of(more));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("redis.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "redis-server cannot be started: install the package redis-server (apt-get install redis-server)",
                    e);
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(START_LIMIT);
        while (!answers()) {
            if (deadline.isOver() || process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "redis-server did not start:\n" + Files.readString(directory.resolve("redis.log")));
            }
        }
    }

    private boolean answers() {
        try {
            return command("PING").contains("PONG") || command("PING").contains("NOAUTH");
        } catch (IOException notYet) {
            return false;
        }
    }
}
