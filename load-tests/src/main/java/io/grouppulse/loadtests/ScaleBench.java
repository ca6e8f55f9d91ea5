package io.grouppulse.loadtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What many groups cost a server of its own that finds them in its data.dir: heap, CPU while nothing happens, CPU for an
 * event, how long boards, organisation nodes and the scrape take while events come in, whether a hot group holds up the others, and
 * how soon it is ready again after kill -9. Each number of groups in turn.
 */
final class ScaleBench {
    private static final int BODY_EVENTS = 1_000;
    private static final int CONNECTIONS = 4;
    private static final int SENDS_A_SECOND = 20;
    private static final long LONGEST_MICROS = 600_000_000;
    /** One kind of question is asked for so long in a round at most. */
    private static final long MOST_NANOS = 10_000_000_000L;
    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("board of groups", "/api/v1/boards/groups?scope=org:&window=5m");
        QUERIES.put("list of groups", "/api/v1/groups?org=chain/city-1&limit=50");
        QUERIES.put("root node", "/api/v1/orgs");
        QUERIES.put("node of a city", "/api/v1/orgs/chain/city-1");
        QUERIES.put("Prometheus scrape", "/metrics");
    }

    private final Options options;
    private final int groups;
    private final int members;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger bodies = new AtomicInteger();
    private final BitSet told = new BitSet();
    private Server server;

    private ScaleBench(Options options, int groups) {
        this.options = options;
        this.groups = groups;
        this.members = options.number("members", 250);
    }

    static void run(Options options) throws Exception {
        Report.machine();
        List<Cost> costs = new ArrayList<>();
        for (String size : options.text("groups", "1000,1000000").split(",")) {
            ScaleBench bench = new ScaleBench(options, Integer.parseInt(size));
            try {
                costs.add(bench.measure());
            } finally {
                bench.threads.shutdownNow();
            }
        }
        if (costs.size() > 1) {
            compare(costs.get(0), costs.get(costs.size() - 1));
        }
    }

    /** What was measured in each round with one number of groups. */
    private record Cost(List<Double> idlePercent, List<Double> eventMicros, List<Double> touchNanos) {}

    private static void compare(Cost few, Cost many) {
        Report.section("scale, most groups beside fewest");
        double idle = Report.median(few.idlePercent);
        double event = Report.median(few.eventMicros);
        double touch = Report.median(few.touchNanos);
        System.out.printf("%nMost groups beside fewest:%n");
        Report.line("more CPU while nothing happens", many.idlePercent.stream().map(p -> p - idle).toList(), 1, "% of a core");
        Report.line("CPU an event ÷", many.eventMicros.stream().map(micros -> micros / event).toList(), 2, "");
        Report.line("the map of groups ÷", many.touchNanos.stream().map(nanos -> nanos / touch).toList(), 2, "");
    }

    private Cost measure() throws Exception {
        int days = options.number("days", 8);
        System.out.printf("%n%,d groups × %d members, quiet for %d days:%n", groups, members, days);
        Report.section("scale, " + String.format("%,d", groups) + " groups");
        Path directory = Files.createTempDirectory("grouppulse-load-");
        long begun = System.nanoTime();
        new LargeStore(directory.resolve("data"), groups, members, days).write();
        System.out.printf("  written by the product's engine and store: %,d MB in %.0f s%n",
                bytesOf(directory) / 1_000_000, (System.nanoTime() - begun) / 1e9);
        List<String> jvm = List.of(options.text("jvm", "-Xmx13g").split(" "));
        begun = System.nanoTime();
        try (Server started = Server.start(jvm, Map.of(), directory)) {
            server = started;
            one("ready after the start", (System.nanoTime() - begun) / 1e9, 1, "s");
            requireAll();
            List<Double> idle = quiet();
            Cost cost = busy(idle);
            queries();
            hotGroup();
            one("ready again after kill -9", server.killAndRestart(), 1, "s");
            requireAll();
            return cost;
        }
    }

    private static void one(String name, double value, int digits, String unit) {
        Report.line(name, List.of(value), digits, unit);
    }

    private static long bytesOf(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Ready is who knows all groups. */
    private void requireAll() throws IOException, InterruptedException {
        String root = server.get("/api/v1/orgs").body();
        if (!root.contains("\"groups\":{\"total\":" + groups + ",")) {
            throw new IOException("not all groups are there: " + root.substring(0, Math.min(500, root.length())));
        }
    }

    /** What they cost while nothing happens. */
    private List<Double> quiet() throws Exception {
        Thread.sleep(options.number("settle", 15) * 1_000L);
        double live = server.liveBytes();
        one("live heap and direct buffers", live / (1 << 20), 0, "MiB");
        one("the same, a group with its memberships", live / groups, 0, "bytes");
        one("resident memory", server.residentMiB(), 0, "MiB");
        List<Double> idle = new ArrayList<>();
        for (int round = 0; round < options.number("rounds", 5); round++) {
            double before = server.cpuSeconds();
            long begun = System.nanoTime();
            Thread.sleep(options.number("seconds", 5) * 1_000L);
            idle.add((server.cpuSeconds() - before) / ((System.nanoTime() - begun) / 1e9) * 100);
        }
        Report.line("CPU while nothing happens", idle, 1, "% of a core");
        return idle;
    }

    /** What an event costs. */
    private Cost busy(List<Double> idle) throws Exception {
        closed(options.number("warmup", 200));
        List<Double> costs = new ArrayList<>();
        List<Double> woken = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int round = 0; round < options.number("rounds", 5); round++) {
            int before = told.cardinality();
            costs.add(closed(options.number("bodies", 60)));
            woken.add((told.cardinality() - before) * 100.0 / ((options.number("bodies", 60) + 1) * BODY_EVENTS));
            memory.add(MemoryTouch.nanosAnEvent(groups));
        }
        Report.line("server CPU", costs, 2, "µs/event");
        Report.line("of the events, those that wake a group", woken, 1, "%");
        Report.line("a map of groups, 8 cache lines touched", memory, 0, "ns/event");
        return new Cost(idle, costs, memory);
    }

    /** Sends so many bodies as fast as they are taken and waits until they are applied; CPU microseconds an event. */
    private double closed(int count) throws Exception {
        double before = server.cpuSeconds();
        AtomicInteger next = new AtomicInteger();
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            running.add(onConnection(connection -> {
                while (next.getAndIncrement() < count) {
                    post(connection, "/api/v1/events", body(BODY_EVENTS, 0));
                }
            }));
        }
        for (Future<Void> task : running) {
            await(task);
        }
        await(onConnection(connection -> post(connection, "/api/v1/events?wait=applied", body(BODY_EVENTS, 0))));
        return (server.cpuSeconds() - before) / ((count + 1.0) * BODY_EVENTS) * 1e6;
    }

    /** How long each kind of question takes while events come in at a constant rate, asked in turn. */
    private void queries() throws Exception {
        Map<String, List<Double>> p50 = new LinkedHashMap<>();
        Map<String, List<Double>> p99 = new LinkedHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        Future<Void> load = load(over, new AtomicInteger());
        for (int round = 0; round < options.number("rounds", 5); round++) {
            for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                Histogram times = new Histogram(LONGEST_MICROS, 3);
                long end = System.nanoTime() + MOST_NANOS;
                for (int i = 0; i < options.number("queries", 100) && System.nanoTime() < end; i++) {
                    Thread.sleep(10);
                    long begun = System.nanoTime();
                    if (server.get(query.getValue()).statusCode() != 200) {
                        throw new IOException(query.getValue() + " failed");
                    }
                    times.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - begun) / 1_000));
                }
                put(p50, query.getKey(), times.getValueAtPercentile(50) / 1e3);
                put(p99, query.getKey(), times.getValueAtPercentile(99) / 1e3);
            }
        }
        over.set(true);
        await(load);
        for (String query : QUERIES.keySet()) {
            Report.line(query + " p50", p50.get(query), 1, "ms");
            Report.line(query + " p99", p99.get(query), 1, "ms");
        }
    }

    private static void put(Map<String, List<Double>> lists, String name, double value) {
        lists.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    /** How long an event of some group takes to be applied, with the same load without and with a group that has a tenth of it. */
    private void hotGroup() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger hotPercent = new AtomicInteger();
        Future<Void> load = load(over, hotPercent);
        List<Double> calm = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        try (Connection connection = new Connection(server.port())) {
            for (int round = 0; round < options.number("rounds", 5); round++) {
                hotPercent.set(0);
                calm.add(appliedP99(connection));
                hotPercent.set(10);
                beside.add(appliedP99(connection));
            }
        }
        over.set(true);
        await(load);
        Report.line("applied p99, no hot group", calm, 1, "ms");
        Report.line("applied p99, one with 10 % of all events", beside, 1, "ms");
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < calm.size(); i++) {
            ratios.add(beside.get(i) / calm.get(i));
        }
        Report.line("beside the hot group ÷ without", ratios, 2, "");
    }

    private double appliedP99(Connection connection) throws Exception {
        Thread.sleep(1_000);
        Histogram times = new Histogram(LONGEST_MICROS, 3);
        long end = System.nanoTime() + MOST_NANOS;
        for (int i = 0; i < options.number("queries", 100) && System.nanoTime() < end; i++) {
            Thread.sleep(10);
            byte[] body = body(1, 0);
            long begun = System.nanoTime();
            post(connection, "/api/v1/events?wait=applied", body);
            times.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - begun) / 1_000));
        }
        return times.getValueAtPercentile(99) / 1e3;
    }

    /** Events at a constant rate until it is over; so many of a hundred are of one group. */
    private Future<Void> load(AtomicBoolean over, AtomicInteger hotPercent) {
        int events = options.number("rate", 2_000) / SENDS_A_SECOND;
        return onConnection(connection -> {
            long due = System.nanoTime();
            while (!over.get()) {
                post(connection, "/api/v1/events", body(events, hotPercent.get()));
                due += 1_000_000_000L / SENDS_A_SECOND;
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            }
        });
    }

    /** Popularity falls with the rank: as many events for the first ten groups as for the next ninety, and so on. */
    private byte[] body(int events, int hotPercent) {
        int body = bodies.getAndIncrement();
        SplittableRandom random = new SplittableRandom(body);
        StringBuilder lines = new StringBuilder(events * 130);
        long now = System.currentTimeMillis();
        for (int i = 0; i < events; i++) {
            boolean hot = random.nextInt(100) < hotPercent;
            int group = hot ? 0 : (int) Math.min(groups - 1, Math.exp(random.nextDouble() * Math.log(groups)));
            synchronized (told) {
                told.set(group);
            }
            boolean paid = random.nextInt(20) == 0;
            lines.append("{\"id\":\"s-").append(body).append('-').append(i).append("\",\"type\":\"");
            lines.append(paid ? "order.paid" : "message.sent").append("\",\"ts\":").append(now);
            lines.append(",\"group\":\"").append(LargeStore.id(group)).append("\",\"member\":\"");
            lines.append(LargeStore.member(group, random.nextInt(Math.max(1, members))));
            if (paid) {
                lines.append("\",\"order\":\"o-").append(body).append('-').append(i).append("\",\"amount\":1990}\n");
            } else {
                lines.append("\"}\n");
            }
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A body for which the server has no room is offered again. */
    private static void post(Connection connection, String path, byte[] body) throws Exception {
        Connection.Answer answer = connection.post(path, body, 0, body.length);
        while (answer.status() == 429 || answer.status() == 503) {
            Thread.sleep(20);
            answer = connection.post(path, body, 0, body.length);
        }
        if (answer.status() != 200) {
            throw new IOException("HTTP " + answer.status() + ": " + answer.body());
        }
    }

    private interface Work {
        void with(Connection connection) throws Exception;
    }

    private Future<Void> onConnection(Work work) {
        Callable<Void> task = () -> {
            try (Connection connection = new Connection(server.port())) {
                work.with(connection);
            }
            return null;
        };
        return threads.submit(task);
    }

    private static void await(Future<Void> task) throws Exception {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
