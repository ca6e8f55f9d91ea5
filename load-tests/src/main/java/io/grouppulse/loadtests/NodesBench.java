package io.grouppulse.loadtests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Events accepted and applied for each CPU second of all monitors together, when one, two or three of them share a Redis
 * Cluster. All fleets are up from the first to the last round and take their turns in each, so that no round has what the others have not.
 */
final class NodesBench {
    private static final int BODY_EVENTS = 1_000;
    private static final int STARTS = 3;

    private final Options options;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private NodesBench(Options options) {
        this.options = options;
    }

    static void run(Options options) throws Exception {
        Report.machine();
        NodesBench bench = new NodesBench(options);
        try {
            bench.measure();
        } finally {
            bench.threads.shutdownNow();
        }
    }

    /** What a fleet did in one turn. */
    private record Turn(double perCpuSecond, double perSecond, double redisMicros) {}

    /** Monitors that share a store, and the events they are sent. */
    private static final class Fleet implements AutoCloseable {
        private final RedisNodes redis;
        private final List<Server> servers = new ArrayList<>();
        private final Sale sale;

        Fleet(int size, List<String> jvm, Sale sale) throws IOException, InterruptedException {
            this.sale = sale;
            redis = new RedisNodes();
            try {
                for (int i = 0; i < size; i++) {
                    servers.add(start(jvm));
                }
            } catch (IOException | InterruptedException | RuntimeException e) {
                close();
                throw e;
            }
        }

        /** Who finds no Redis within ten seconds ends, as happens on a busy machine; whoever watches it starts it again. */
        private Server start(List<String> jvm) throws IOException, InterruptedException {
            for (int attempt = 1; ; attempt++) {
                try {
                    return Server.start(jvm, Map.of("GROUPPULSE_STORE", redis.address()));
                } catch (IOException e) {
                    if (attempt == STARTS) {
                        throw e;
                    }
                }
            }
        }

        double cpuSeconds() throws IOException {
            double seconds = 0;
            for (Server server : servers) {
                seconds += server.cpuSeconds();
            }
            return seconds;
        }

        @Override
        public void close() throws IOException {
            for (Server server : servers) {
                server.close();
            }
            redis.close();
        }
    }

    private void measure() throws Exception {
        int[] sizes = Arrays.stream(options.text("nodes", "1,2,3").split(",")).mapToInt(Integer::parseInt).toArray();
        int groups = options.number("groups", 2_000);
        Sale sale = Sale.simulate(groups, options.number("members", 300), options.number("minutes", 6), 7);
        List<String> jvm = List.of(options.text("jvm", "-Xmx700m").split(" "));
        Map<Integer, Fleet> fleets = new LinkedHashMap<>();
        Map<Integer, List<Turn>> turns = new LinkedHashMap<>();
        try {
            for (int size : sizes) {
                fleets.put(size, new Fleet(size, jvm, sale.copy()));
                turns.put(size, new ArrayList<>());
            }
            for (Fleet fleet : fleets.values()) {
                turn(fleet, options.number("warmup", 150_000));
            }
            for (int round = 0; round < options.number("rounds", 5); round++) {
                for (int size : sizes) {
                    turns.get(size).add(turn(fleets.get(size), options.number("events", 60_000)));
                }
            }
        } finally {
            for (Fleet fleet : fleets.values()) {
                fleet.close();
            }
        }
        report(groups, turns);
    }

    private void report(int groups, Map<Integer, List<Turn>> turns) {
        System.out.printf("%n%,d groups, a Redis Cluster of three masters, bodies of %,d events, median (least – most):%n",
                groups, BODY_EVENTS);
        Report.section("nodes");
        List<Turn> first = turns.values().iterator().next();
        turns.forEach((size, own) -> {
            String name = size + (size == 1 ? " node" : " nodes");
            Report.line(name, own.stream().map(Turn::perCpuSecond).toList(), 0, "events/CPU s");
            Report.line(name + ", on two cores with all else", own.stream().map(Turn::perSecond).toList(), 0, "events/s");
            Report.line(name + ", CPU of Redis", own.stream().map(Turn::redisMicros).toList(), 2, "µs/event");
            if (own != first) {
                List<Double> ratios = new ArrayList<>();
                for (int i = 0; i < own.size(); i++) {
                    ratios.add(own.get(i).perCpuSecond / first.get(i).perCpuSecond);
                }
                Report.line("ratio of " + name, ratios, 2, "");
            }
        });
    }

    /** Sends the next lines, to each node in turn, as fast as they are taken, until all are durable and applied. */
    private Turn turn(Fleet fleet, int events) throws Exception {
        Sale part = fleet.sale.take(events);
        int bodies = events / BODY_EVENTS - 1;
        AtomicInteger body = new AtomicInteger();
        double redisBefore = fleet.redis.cpuSeconds();
        double before = fleet.cpuSeconds();
        long started = System.nanoTime();
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < options.number("connections", 6); i++) {
            Server server = fleet.servers.get(i % fleet.servers.size());
            Callable<Void> task = () -> {
                try (Connection connection = new Connection(server.port())) {
                    for (int own = body.getAndIncrement(); own < bodies; own = body.getAndIncrement()) {
                        IngestBench.post(connection, "/api/v1/events", part, own * BODY_EVENTS);
                    }
                }
                return null;
            };
            running.add(threads.submit(task));
        }
        for (Future<Void> task : running) {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        // The last body goes to every shard, after all others: once it is applied, everything is.
        try (Connection connection = new Connection(fleet.servers.get(0).port())) {
            IngestBench.post(connection, "/api/v1/events?wait=applied", part, bodies * BODY_EVENTS);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        double sent = (bodies + 1.0) * BODY_EVENTS;
        return new Turn(
                sent / (fleet.cpuSeconds() - before),
                sent / seconds,
                (fleet.redis.cpuSeconds() - redisBefore) / sent * 1e6);
    }
}
