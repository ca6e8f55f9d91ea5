package io.grouppulse.loadtests;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Redis Cluster of three masters, processes of their own, as a store that several monitors share. */
final class RedisNodes implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SECONDS = 60;

    private final Path directory = Files.createTempDirectory("grouppulse-redis-");
    private final List<Process> processes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    RedisNodes() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.forEach(Process::destroyForcibly)));
        for (int master = 0; master < MASTERS; master++) {
            int port = freePort();
            Path own = Files.createDirectory(directory.resolve("master-" + master));
            ports.add(port);
            processes.add(command(
                    "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", own.toString(),
                    "--save", "", "--appendonly", "yes", "--cluster-enabled", "yes"));
        }
        for (int port : ports) {
            awaitPort(port);
        }
        List<String> create = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
        ports.forEach(port -> create.add("127.0.0.1:" + port));
        create.addAll(List.of("--cluster-replicas", "0", "--cluster-yes"));
        if (command(create.toArray(String[]::new)).waitFor() != 0) {
            throw new IOException("the cluster did not form: " + Files.readString(directory.resolve("log")));
        }
    }

    private Process command(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
                .start();
    }

    /** The cluster bus takes the port that is 10,000 higher. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0)) {
                if (socket.getLocalPort() < 55_000) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    private static void awaitPort(int port) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < SECONDS * 10; attempt++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("no Redis on port " + port + " after " + SECONDS + " s");
    }

    /** As the product's {@code store}. */
    String address() {
        return "redis://" + ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    double cpuSeconds() throws IOException {
        double seconds = 0;
        for (Process process : processes) {
            seconds += ProcessCpu.seconds(process.pid());
        }
        return seconds;
    }

    @Override
    public void close() throws IOException {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
