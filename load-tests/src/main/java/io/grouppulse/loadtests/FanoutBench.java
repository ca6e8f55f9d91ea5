package io.grouppulse.loadtests;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Updates to many WebSocket clients, delivered for each CPU second of the server's process: GroupPulse's feed beside
 * Node's ws, Socket.IO and plain Vert.x, in turn, each a process of its own. Every period each client is due one frame or
 * many. GroupPulse's server also takes in the events, counts them and makes the frames; the others send what they have.
 */
final class FanoutBench {
    private static final int CLASSES_TOLD = 40;
    private static final String GROUP_PULSE = "GroupPulse, counting the events included";
    private static final String FEED_ALONE = "GroupPulse's feed alone";

    private final Options options;
    private final int period;
    private final int bytes;
    private volatile IOException failure;

    private FanoutBench(Options options) {
        this.options = options;
        this.period = options.number("period", 250);
        this.bytes = options.number("bytes", 300);
    }

    static void run(Options options) throws Exception {
        Report.machine();
        FanoutBench bench = new FanoutBench(options);
        String sizes = options.text("clients", "100,1000");
        for (String clients : sizes.isEmpty() ? new String[0] : sizes.split(",")) {
            for (int frames : new int[] {1, 20}) {
                bench.compare(Integer.parseInt(clients), frames);
            }
        }
        int idle = options.number("idle", 1_000);
        if (idle > 0) {
            bench.idle(idle);
        }
    }

    private void compare(int clients, int frames) throws Exception {
        System.out.printf("%n%,d clients, %d frames due each every %d ms, delivered a CPU second of the server:%n",
                clients, frames, period);
        Map<String, List<Double>> delivered = new LinkedHashMap<>();
        List<Double> sizes = new ArrayList<>();
        for (int round = 0; round < options.number("rounds", 5); round++) {
            double base = events(frames);
            Delivered ours = groupPulse(clients, frames);
            put(delivered, GROUP_PULSE, ours.perCpuSecond(0));
            put(delivered, FEED_ALONE, ours.perCpuSecond(base));
            sizes.add((double) ours.bytes() / ours.texts());
            String path = Path.of(options.text("peers", "load-tests/fanout")).toString();
            put(delivered, "Node ws", peer(List.of("node", path + "/ws.js"), "/", List.of(), clients, frames));
            put(delivered, "Socket.IO", peer(
                    List.of("node", path + "/socketio.js"), "/socket.io/?EIO=4&transport=websocket", List.of("40"),
                    clients, frames));
            put(delivered, "Vert.x writeTextMessage", peer(
                    List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:-UseDynamicNumberOfCompilerThreads", "-cp",
                            System.getProperty("java.class.path"), PlainVertx.class.getName()),
                    "/", List.of(), clients, frames));
        }
        Report.section("feed, " + frames + (frames == 1 ? " frame, " : " frames, ") + clients + " clients");
        delivered.forEach((name, values) -> Report.line(name, values, 0, "messages/CPU s"));
        Report.line("a message of GroupPulse, the others' are of " + bytes, sizes, 0, "bytes");
        for (String name : delivered.keySet()) {
            if (!name.equals(GROUP_PULSE) && !name.equals(FEED_ALONE)) {
                ratio("GroupPulse ÷ " + name, delivered.get(GROUP_PULSE), delivered.get(name));
                ratio("feed alone ÷ " + name, delivered.get(FEED_ALONE), delivered.get(name));
            }
        }
    }

    private static void ratio(String name, List<Double> ours, List<Double> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        Report.line(name, ratios, 2, "");
    }

    /** What clients got in so many seconds, for so much of the server's CPU. */
    private record Delivered(long texts, long bytes, double seconds, double cpuSeconds) {
        /** @param base CPU seconds a second that the server needs without any client */
        double perCpuSecond(double base) {
            return texts / Math.max(0.01, cpuSeconds - base * seconds);
        }
    }

    /** CPU seconds a second of a server that takes in and counts the same events, with no client connected. */
    private double events(int frames) throws Exception {
        try (Server server = Server.start(List.of("-Xmx1g"));
                Connection connection = new Connection(server.port())) {
            Thread events = sender(connection, frames);
            Thread.sleep(options.number("warmup", 10) * 1_000L);
            long started = System.nanoTime();
            double before = server.cpuSeconds();
            Thread.sleep(options.number("seconds", 5) * 1_000L);
            double base = (server.cpuSeconds() - before) / ((System.nanoTime() - started) / 1e9);
            stop(events);
            return base;
        }
    }

    private Thread sender(Connection connection, int frames) {
        failure = null;
        Thread events = new Thread(() -> sendOn(connection, frames), "events");
        events.setDaemon(true);
        events.start();
        return events;
    }

    private void stop(Thread events) throws Exception {
        events.interrupt();
        events.join();
        if (failure != null) {
            throw failure;
        }
    }

    private static void put(Map<String, List<Double>> delivered, String name, double value) {
        delivered.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    private Delivered groupPulse(int clients, int frames) throws Exception {
        try (Server server = Server.start(List.of("-Xmx1g"))) {
            List<String> hello = new ArrayList<>();
            for (int i = 0; i < frames; i++) {
                hello.add("{\"op\":\"subscribe\",\"topic\":\"group:g" + i + "\",\"every\":" + period + "}");
            }
            try (Connection connection = new Connection(server.port())) {
                send(connection, frames, 0);
                try (FanoutClients some =
                        FanoutClients.connect(server.port(), "/feed", "grouppulse.v1", clients, hello)) {
                    Thread events = sender(connection, frames);
                    Delivered result = measure(some, server::cpuSeconds);
                    stop(events);
                    return result;
                }
            }
        }
    }

    /** Something happens in each group in each period. */
    private void sendOn(Connection connection, int groups) {
        try {
            for (int turn = 1; !Thread.interrupted(); turn++) {
                send(connection, groups, turn);
                Thread.sleep(period);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failure = e;
        }
    }

    private static void send(Connection connection, int groups, int turn) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < groups; i++) {
            body.append("{\"id\":\"").append(turn).append('-').append(i)
                    .append("\",\"type\":\"message.sent\",\"ts\":").append(System.currentTimeMillis())
                    .append(",\"group\":\"g").append(i).append("\",\"member\":\"m").append(turn % 300).append("\"}\n");
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        Connection.Answer answer = connection.post("/api/v1/events", bytes, 0, bytes.length);
        if (answer.status() != 200) {
            throw new IOException("HTTP " + answer.status() + ": " + answer.body());
        }
    }

    private double peer(List<String> command, String path, List<String> hello, int clients, int frames)
            throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(
                Integer.toString(port), Integer.toString(period), Integer.toString(frames), Integer.toString(bytes)));
        Process process = new ProcessBuilder(whole)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(new File("/dev/null"))
                .start();
        try {
            awaitPort(process, port);
            try (FanoutClients some = FanoutClients.connect(port, path, "", clients, hello)) {
                return measure(some, () -> ProcessCpu.seconds(process.pid())).perCpuSecond(0);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void awaitPort(Process process, int port) throws Exception {
        for (int attempt = 0; attempt < 600; attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("the server ended", e);
                }
                Thread.sleep(100);
            }
        }
        throw new IOException("no server on port " + port);
    }

    private interface Cpu {
        double seconds() throws IOException;
    }

    private Delivered measure(FanoutClients clients, Cpu cpu) throws Exception {
        Thread.sleep(options.number("warmup", 10) * 1_000L);
        long textsBefore = clients.texts();
        long bytesBefore = clients.bytes();
        long started = System.nanoTime();
        double before = cpu.seconds();
        Thread.sleep(options.number("seconds", 5) * 1_000L);
        long texts = clients.texts() - textsBefore;
        long received = clients.bytes() - bytesBefore;
        double cpuSeconds = cpu.seconds() - before;
        double seconds = (System.nanoTime() - started) / 1e9;
        if (texts == 0) {
            throw new IllegalStateException("nothing was delivered");
        }
        return new Delivered(texts, received, seconds, cpuSeconds);
    }

    /** What a connection is made of: the classes that grew most. */
    private static void tellLargest(Map<String, Long> before, Map<String, Long> after, int clients) {
        System.out.println("  of these on the heap, the largest classes, bytes/connection:");
        after.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() - before.getOrDefault(entry.getKey(), 0L)))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(CLASSES_TOLD)
                .forEach(entry -> System.out.printf("    %,7d  %s%n", entry.getValue() / clients, entry.getKey()));
    }

    /** How much more memory the server needs with so many clients that are subscribed and told nothing. */
    private void idle(int clients) throws Exception {
        try (Server server = Server.start(List.of("-Xmx1g"))) {
            try (Connection connection = new Connection(server.port())) {
                send(connection, 1, 0);
            }
            List<String> hello = List.of("{\"op\":\"subscribe\",\"topic\":\"group:g0\",\"every\":5000}");
            try (FanoutClients first = FanoutClients.connect(server.port(), "/feed", "grouppulse.v1", 50, hello)) {
                double before = server.liveBytes();
                Map<String, Long> classesBefore = server.histogram();
                try (FanoutClients more =
                        FanoutClients.connect(server.port(), "/feed", "grouppulse.v1", clients, hello)) {
                    Thread.sleep(2_000);
                    System.out.printf("%n%,d idle connections:%n", clients);
                    Report.section("feed, idle");
                    Report.line(
                            "heap and direct buffers",
                            List.of((server.liveBytes() - before) / clients),
                            0,
                            "bytes/connection");
                    tellLargest(classesBefore, server.histogram(), clients);
                }
            }
        }
    }
}
