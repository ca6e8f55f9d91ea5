package io.grouppulse.loadtests;

import io.grouppulse.Main;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The product's {@code serve} as a process of its own, on a fresh data.dir or on a prepared one. */
final class Server implements AutoCloseable {
    private static final int READY_ATTEMPTS = 6_000;
    private static final int ATTEMPT_MILLIS = 100;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ProcessBuilder builder;
    private final Path directory;
    private final int port;
    private Process process;

    private Server(ProcessBuilder builder, Path directory, int port) throws IOException {
        this.builder = builder;
        this.process = builder.start();
        this.directory = directory;
        this.port = port;
    }

    static Server start(List<String> jvmOptions) throws IOException, InterruptedException {
        return start(jvmOptions, Map.of());
    }

    /** @param settings more environment variables of the product's configuration */
    static Server start(List<String> jvmOptions, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(jvmOptions, settings, Files.createTempDirectory("grouppulse-load-"));
    }

    /** @param directory holds the server's {@code data}, and is removed with the server */
    static Server start(List<String> jvmOptions, Map<String, String> settings, Path directory)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(javaCommand()));
        // A compiler thread that ended would take the count of its time with it.
        command.add("-XX:-UseDynamicNumberOfCompilerThreads");
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar().toString(), "serve"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile());
        builder.environment().put("GROUPPULSE_HTTP_PORT", Integer.toString(port));
        builder.environment().put("GROUPPULSE_DATA_DIR", directory.resolve("data").toString());
        builder.environment().putAll(settings);
        Server server = new Server(builder, directory, port);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.process.destroyForcibly()));
        server.awaitReady();
        return server;
    }

    /** A process of the product's jar with these arguments. */
    static ProcessBuilder java(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(javaCommand(), "-jar", jar().toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    private static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path jar() {
        try {
            return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < READY_ATTEMPTS; attempt++) {
            Thread.sleep(ATTEMPT_MILLIS);
            try {
                if (get("/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                if (!process.isAlive()) {
                    String said = Files.readString(directory.resolve("server.log")).trim();
                    throw new IOException("serve ended: " + said.substring(said.lastIndexOf('\n') + 1), e);
                }
            }
        }
        throw new IOException("serve is not ready after " + READY_ATTEMPTS * ATTEMPT_MILLIS / 1_000 + " s");
    }

    /** Ends the process as a power cut would and starts it on what it left; seconds until it is ready. */
    double killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        long started = System.nanoTime();
        process = builder.start();
        awaitReady();
        return (System.nanoTime() - started) / 1e9;
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As {@link ProcessCpu} counts it. */
    double cpuSeconds() throws IOException {
        return ProcessCpu.seconds(process.pid());
    }

    double compilerSeconds() throws IOException {
        return ProcessCpu.compilerSeconds(process.pid());
    }

    /** Bytes allocated on the heap so far, as of the newest collection. */
    double allocatedBytes() throws IOException, InterruptedException {
        return metric("jvm_gc_memory_allocated_bytes_total");
    }

    /** Bytes of the heap that are alive after a full collection, and of direct buffers. */
    double liveBytes() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (int i = 0; i < 2; i++) {
            new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        return metric("jvm_gc_live_data_size_bytes") + metric("jvm_buffer_memory_used_bytes");
    }

    /** Bytes by class of what is alive on the heap. */
    Map<String, Long> histogram() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram").start();
        String[] lines = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
        asked.waitFor();
        Map<String, Long> bytes = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.trim().split("\\s+");
            if (fields.length >= 4 && fields[0].endsWith(":")) {
                bytes.merge(fields[3], Long.parseLong(fields[2]), Long::sum);
            }
        }
        return bytes;
    }

    double metric(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
