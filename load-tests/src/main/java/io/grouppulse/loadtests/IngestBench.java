package io.grouppulse.loadtests;

import io.grouppulse.domain.event.GroupProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Durable NDJSON over HTTP into a server of its own. Closed loop: how many events a second, and what one costs the
 * server's CPU beside a bare Jackson parse of the same bytes. Open loop at a constant rate: how long until an event is
 * seen at a screen; an event's time is the moment it was due, so a server that stalls is charged for all who waited.
 */
final class IngestBench {
    private static final int BODY_EVENTS = 1_000;
    private static final int LINGER_MILLIS = 10;
    private static final List<String> SCREEN = List.of(
            "{\"op\":\"subscribe\",\"topic\":\"org:\",\"every\":50}",
            "{\"op\":\"subscribe\",\"topic\":\"orders:\",\"every\":50}");

    private final Options options;
    private final Server server;
    private final Sale sale;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private IngestBench(Options options, Server server, Sale sale) {
        this.options = options;
        this.server = server;
        this.sale = sale;
    }

    static void run(Options options) throws Exception {
        Report.machine();
        int groups = options.number("groups", 10_000);
        Sale sale = Sale.simulate(groups, options.number("members", 300), options.number("minutes", 6), 7);
        System.out.printf(
                "%,d events of %,d groups in memory, %.0f bytes each on the wire%n",
                sale.lines(), groups, (double) sale.bytes().length / sale.lines());
        List<String> jvm = List.of(options.text("jvm", "-Xmx2g").split(" "));
        try (Server server = Server.start(jvm)) {
            new IngestBench(options, server, sale).measure();
        }
    }

    /** What one closed round showed. */
    private record Closed(double perSecond, double cpuMicros, double parseMicros, double allocated) {}

    /** What one open round showed. */
    private record Open(double asked, double perSecond, double cpuMicros, Histogram feed, Histogram ack, long skipped) {}

    private void measure() throws Exception {
        register();
        int perRound = options.number("events", 250_000);
        int rounds = options.number("rounds", 3);
        int seconds = options.number("seconds", 8);
        List<Integer> percents =
                Arrays.stream(options.text("rates", "10,50").split(",")).map(Integer::valueOf).toList();
        Closed warm = closed(options.number("warmup", 400_000));
        System.out.printf("warmed up: %,.0f events/s, %.2f µs/event%n", warm.perSecond, warm.cpuMicros);
        List<Closed> closed = new ArrayList<>();
        Map<Integer, List<Open>> open = new LinkedHashMap<>();
        try (FeedListener feed = new FeedListener(server.port());
                FanoutClients others = FanoutClients.connect(
                        server.port(), "/feed", "grouppulse.v1", options.number("subscribers", 0), SCREEN)) {
            for (int round = 1; round <= rounds; round++) {
                closed.add(closed(perRound));
                Closed last = closed.get(round - 1);
                System.out.printf("round %d: %,.0f events/s, %.2f µs, parse %.2f µs%n",
                        round, last.perSecond, last.cpuMicros, last.parseMicros);
                double most = Report.median(closed.stream().map(Closed::perSecond).toList());
                for (int percent : seconds == 0 ? List.<Integer>of() : percents) {
                    Open one = open(feed, options.number("rate" + percent, (int) (most * percent / 100)), seconds);
                    System.out.printf("  at %d %%: p99 %d ms%n", percent, one.feed.getValueAtPercentile(99));
                    open.computeIfAbsent(percent, p -> new ArrayList<>()).add(one);
                }
            }
            report(closed);
            System.out.printf("  other screens: %,d, updates they were sent: %,d%n",
                    options.number("subscribers", 0), others.texts());
        }
        open.forEach((percent, some) -> open("Open loop at " + percent + " % of it", some));
    }

    private void report(List<Closed> closed) throws IOException {
        System.out.printf("%nClosed loop, %d connections, bodies of %,d events, median (least – most):%n",
                options.number("connections", 4), BODY_EVENTS);
        Report.section("ingest");
        Report.line("accepted and applied", closed.stream().map(Closed::perSecond).toList(), 0, "events/s");
        Report.line("server CPU", closed.stream().map(Closed::cpuMicros).toList(), 2, "µs/event");
        Report.line("bare Jackson parse of the same bytes", closed.stream().map(Closed::parseMicros).toList(), 2, "µs/event");
        Report.line("ratio", closed.stream().map(c -> c.cpuMicros / c.parseMicros).toList(), 1, "");
        Report.line("server heap allocation", closed.stream().map(Closed::allocated).toList(), 0, "bytes/event");
        System.out.printf("  the server's just-in-time compiler so far, not counted: %.1f CPU s%n", server.compilerSeconds());
        System.out.printf("  server resident memory at the end: %,d MiB%n", server.residentMiB());
    }

    private static void open(String title, List<Open> rounds) {
        System.out.printf("%n%s, events leave every %d ms, a screen at every=50:%n", title, LINGER_MILLIS);
        Report.section(title);
        Report.line("asked for", rounds.stream().map(Open::asked).toList(), 0, "events/s");
        Report.line("accepted", rounds.stream().map(Open::perSecond).toList(), 0, "events/s");
        Report.line("server CPU", rounds.stream().map(Open::cpuMicros).toList(), 2, "µs/event");
        long orders = rounds.stream().mapToLong(open -> open.feed.getTotalCount()).sum();
        // Nothing seen is no latency of 0 ms.
        double[] percentiles = orders == 0 ? new double[0] : new double[] {50, 99, 99.9};
        for (double percentile : percentiles) {
            Report.line("event → feed p" + text(percentile), at(rounds.stream().map(Open::feed).toList(), percentile), 0, "ms");
        }
        for (double percentile : new double[] {50, 99}) {
            Report.line("event → durable answer p" + text(percentile), at(rounds.stream().map(Open::ack).toList(), percentile), 0, "ms");
        }
        long skipped = rounds.stream().mapToLong(Open::skipped).sum();
        System.out.printf("  paid orders seen: %,d, skipped: %,d%n", orders, skipped);
    }

    private static String text(double percentile) {
        return percentile == (long) percentile ? Long.toString((long) percentile) : Double.toString(percentile);
    }

    private static List<Double> at(List<Histogram> histograms, double percentile) {
        return histograms.stream().map(h -> (double) h.getValueAtPercentile(percentile)).toList();
    }

    /** Names the groups and their places in the organisation, as a registry would. */
    private void register() throws Exception {
        List<GroupProfile> profiles = sale.profiles();
        AtomicInteger index = new AtomicInteger();
        onConnections(8, connection -> {
            for (int i = index.getAndIncrement(); i < profiles.size(); i = index.getAndIncrement()) {
                GroupProfile profile = profiles.get(i);
                String orgs = profile.orgs().stream().map(org -> "\"" + org + "\"").collect(Collectors.joining(","));
                byte[] body = ("{\"name\":\"" + profile.name() + "\",\"orgs\":[" + orgs + "],\"capacity\":500}")
                        .getBytes(StandardCharsets.UTF_8);
                Connection.Answer answer = connection.send(
                        "PUT", "/api/v1/groups/" + profile.group(), "application/json", body, 0, body.length);
                if (answer.status() >= 300) {
                    throw new IOException("HTTP " + answer.status() + ": " + answer.body());
                }
            }
            return null;
        });
    }

    /** Sends the next lines as fast as the server takes them, until all are durable and applied. */
    private Closed closed(int events) throws Exception {
        Sale part = sale.take(events);
        int bodies = events / BODY_EVENTS - 1;
        AtomicInteger body = new AtomicInteger();
        double allocatedBefore = server.allocatedBytes();
        double cpuBefore = server.cpuSeconds();
        long started = System.nanoTime();
        onConnections(options.number("connections", 4), connection -> {
            for (int i = body.getAndIncrement(); i < bodies; i = body.getAndIncrement()) {
                post(connection, "/api/v1/events", part, i * BODY_EVENTS);
            }
            return null;
        });
        // The last body goes to every shard, after all others: once it is applied, everything is.
        onConnections(1, connection -> {
            post(connection, "/api/v1/events?wait=applied", part, bodies * BODY_EVENTS);
            return null;
        });
        double elapsed = (System.nanoTime() - started) / 1e9;
        double cpu = server.cpuSeconds() - cpuBefore;
        double allocated = server.allocatedBytes() - allocatedBefore;
        int sent = (bodies + 1) * BODY_EVENTS;
        double parse = BareParse.cpuSeconds(part.bytes(), 0, part.start(sent));
        return new Closed(sent / elapsed, cpu / sent * 1e6, parse / sent * 1e6, allocated / sent);
    }

    /** A body that the server has no room for is offered again, from where the server stopped. */
    static void post(Connection connection, String path, Sale part, int line) throws Exception {
        int at = line;
        while (at < line + BODY_EVENTS) {
            int start = part.start(at);
            Connection.Answer answer =
                    connection.post(path, part.bytes(), start, part.start(line + BODY_EVENTS) - start);
            at += answer.accepted();
            if (answer.status() == 429 || answer.status() == 503) {
                Thread.sleep(20);
            } else if (answer.status() != 200 || at != line + BODY_EVENTS) {
                throw new IOException("HTTP " + answer.status() + ": " + answer.body());
            }
        }
    }

    /** Sends the next lines at a constant rate, each with the time at which it was due. */
    private Open open(FeedListener feed, double perSecond, int seconds) throws Exception {
        int batches = seconds * 1_000 / LINGER_MILLIS;
        int events = (int) (perSecond * seconds);
        Sale part = sale.take(events);
        AtomicInteger batch = new AtomicInteger();
        AtomicLong accepted = new AtomicLong();
        Histogram acks = new ConcurrentHistogram(60_000, 3);
        Thread.sleep(1_500);
        feed.begin();
        double cpuBefore = server.cpuSeconds();
        long start = System.currentTimeMillis();
        onConnections(options.number("open-connections", 16), connection -> {
            for (int b = batch.getAndIncrement(); b < batches; b = batch.getAndIncrement()) {
                int first = (int) ((long) events * b / batches);
                int end = (int) ((long) events * (b + 1) / batches);
                long due = start + (long) b * LINGER_MILLIS;
                ByteArrayOutputStream body = new ByteArrayOutputStream((end - first) * 192);
                for (int line = first; line < end; line++) {
                    part.copyAt(line, due + (long) (line - first) * LINGER_MILLIS / (end - first), body);
                }
                long early = due + LINGER_MILLIS - System.currentTimeMillis();
                if (early > 0) {
                    Thread.sleep(early);
                }
                byte[] bytes = body.toByteArray();
                Connection.Answer answer = connection.post("/api/v1/events", bytes, 0, bytes.length);
                accepted.addAndGet(answer.accepted());
                acks.recordValue(Math.min(60_000, System.currentTimeMillis() - due));
            }
            return null;
        });
        double elapsed = (System.currentTimeMillis() - start) / 1e3;
        Thread.sleep(500);
        double cpu = server.cpuSeconds() - cpuBefore;
        return new Open(
                perSecond, accepted.get() / elapsed, cpu / events * 1e6, feed.end(), acks, feed.skipped());
    }

    private interface Work {
        Void with(Connection connection) throws Exception;
    }

    private void onConnections(int connections, Work work) throws Exception {
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Callable<Void> task = () -> {
                try (Connection connection = new Connection(server.port())) {
                    return work.with(connection);
                }
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
    }
}
