package io.grouppulse.ingest.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.Ports;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A redis-server as a process of its own, on a free port, whose data outlives it; and a plain client. */
final class RealRedis implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final Path directory;
    private final int port;
    private Process process;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    private RealRedis(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    /** @throws AssertionError that says what to install, if the program is not there */
    static RealRedis start(Path directory) throws Exception {
        String path = System.getenv().getOrDefault("PATH", "");
        assertThat(Stream.of(path.split(":", -1)).anyMatch(each -> Files.isExecutable(Path.of(each, "redis-server"))))
                .as("redis-server is not there: apt-get install redis-server")
                .isTrue();
        RealRedis redis = new RealRedis(directory, Ports.free());
        redis.connect();
        return redis;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /**
     * Sends a command and reads its answer: text, {@code Long} or a list; nil as text, and an error as text that begins
     * with a dash.
     */
    Object command(Object... words) throws IOException {
        socket.getOutputStream().write(request(words));
        return answer();
    }

    /** Sends all commands before it reads the first answer. */
    void pipeline(List<Object[]> commands) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        commands.forEach(words -> all.writeBytes(request(words)));
        socket.getOutputStream().write(all.toByteArray());
        for (Object[] words : commands) {
            assertThat(String.valueOf(answer())).as("%s", words[0]).doesNotStartWith("-");
        }
    }

    /** How many entries were given to consumers and not acknowledged. */
    long pending(String stream, String group) throws IOException {
        return command("XPENDING", stream, group) instanceof List<?> summary && summary.get(0) instanceof Long count
                ? count
                : -1;
    }

    /** Ends it at once, as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void restart() throws Exception {
        process = launch();
        connect();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        kill();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        "redis-server",
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        directory.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start();
    }

    private void connect() throws Exception {
        assertThat(Deadline.in(START_LIMIT).until(this::isUp))
                .as("redis-server on port %s", port)
                .isTrue();
    }

    private boolean isUp() {
        try {
            socket.close();
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            in = new BufferedInputStream(socket.getInputStream());
            return "PONG".equals(command("PING"));
        } catch (IOException notYet) {
            return false;
        }
    }

    private static byte[] request(Object... words) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("*" + words.length + "\r\n").getBytes(UTF_8));
        for (Object word : words) {
            byte[] bytes = word instanceof byte[] raw ? raw : word.toString().getBytes(UTF_8);
            request.writeBytes(("$" + bytes.length + "\r\n").getBytes(UTF_8));
            request.writeBytes(bytes);
            request.writeBytes("\r\n".getBytes(UTF_8));
        }
        return request.toByteArray();
    }

    private Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.valueOf(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> line;
        };
    }

    private Object bulk(int length) throws IOException {
        if (length < 0) {
            return "(nil)";
        }
        String text = new String(in.readNBytes(length), UTF_8);
        line();
        return text;
    }

    private List<Object> list(int length) throws IOException {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(answer());
        }
        return list;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new IOException("redis-server ended the connection");
            }
            line.write(b);
        }
        in.read();
        return line.toString(UTF_8);
    }
}
