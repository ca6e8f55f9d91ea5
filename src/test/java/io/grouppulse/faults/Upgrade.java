package io.grouppulse.faults;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.faults.Ledger.Verdict;
import io.grouppulse.laws.EventBodies;
import io.grouppulse.laws.EventBodies.Form;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.oracle.RandomHistory.Shape;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.RunningServer;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The command {@code load-tests/run upgrade}: monitors of another build are replaced by those of this one while events are
 * sent, in files and on one Redis, as docs/operations.md says; then every measure is compared with a batch.
 */
public final class Upgrade {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final long HALF = 3 * 3_600_000L;
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final int NODES = 3;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build();

    private final String older;
    private final String newer;
    private final List<List<GroupEvent>> batches;

    private Upgrade(String older, String newer, int events) {
        this.older = older;
        this.newer = newer;
        Shape shape = new Shape(events, 6, 40, RandomHistory.MIDNIGHT - HALF, RandomHistory.MIDNIGHT + HALF);
        List<GroupEvent> history = RandomHistory.of(71, OracleSettings.defaults(), shape).stream()
                .filter(event -> event.type() != EventType.SOURCE_HEARTBEAT)
                .toList();
        batches = Disorder.batches(Disorder.shuffle(history, 120_000, 10, 71), 30, 71);
    }

    /** @param args {@code --old=JAR [--events=30000]}; ends with 1 if anything was lost, counted twice or wrong */
    public static void main(String[] args) throws Exception {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        String old = "";
        int events = 30_000;
        for (String arg : args) {
            String[] pair = arg.replaceFirst("^--", "").split("=", 2);
            if (pair.length == 2 && pair[0].equals("old") && Files.isReadable(Path.of(pair[1]))) {
                old = pair[1];
            } else if (pair.length == 2 && pair[0].equals("events") && pair[1].matches("[1-9][0-9]{2,6}")) {
                events = Integer.parseInt(pair[1]);
            } else {
                System.err.println("upgrade: '" + arg + "' is no option; expected --old=JAR or --events=30000");
                System.exit(2);
            }
        }
        if (old.isEmpty()) {
            System.err.println("upgrade: --old=JAR names the build to come from");
            System.exit(2);
        }
        Upgrade upgrade = new Upgrade(old, System.getProperty("grouppulse.jar", ""), events);
        boolean isRightInFiles = upgrade.inFiles();
        boolean isRightOnRedis = upgrade.onRedis();
        System.exit(isRightInFiles && isRightOnRedis ? 0 : 1);
    }

    /** Monitors that are started from now on are of this build. */
    private static void startFrom(String jar) {
        System.setProperty("grouppulse.jar", jar);
    }

    private static ServerOptions options() {
        return ServerOptions.replays()
                .with("shards", 4)
                .with("snapshot.interval", "1s")
                .with("lateness", "12h")
                .with("dedup.ttl", "24h");
    }

    /** One stop by SIGTERM and one by kill -9, each in the midst of what is sent. */
    private boolean inFiles() throws Exception {
        startFrom(older);
        try (RunningServer monitor = RunningServer.start(options());
                Ledger ledger = new Ledger()) {
            MonitorApi api = new MonitorApi(monitor.baseUrl());
            sendTo(api, ledger, 0, batches.size() / 3);
            monitor.kill();
            monitor.restart();
            sendTo(api, ledger, batches.size() / 3, batches.size() / 2);
            monitor.terminate(STOP_LIMIT);
            startFrom(newer);
            long begun = System.nanoTime();
            monitor.restart();
            System.out.printf(Locale.ROOT, "files: the newer one was ready after %.1f s%n", secondsSince(begun));
            sendTo(api, ledger, batches.size() / 2, batches.size());
            return isRight("files", ledger, api);
        }
    }

    private void sendTo(MonitorApi api, Ledger ledger, int from, int to) throws Exception {
        for (List<GroupEvent> batch : batches.subList(from, to)) {
            api.send(EventBodies.body(batch, Form.LINES), "");
            ledger.acknowledged(batch);
        }
    }

    private boolean onRedis() throws Exception {
        Path directory = Files.createTempDirectory("grouppulse-upgrade");
        startFrom(older);
        try (RedisSite site = OneRedis.start(directory, new RedisSite.Addresses(), RedisSite.Setup.USUAL);
                Fleet fleet = new Fleet(options().with("store", site.store()));
                Ledger ledger = new Ledger()) {
            fleet.scale(NODES);
            AtomicLong longest = new AtomicLong();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(fleet, ledger, longest));
            startFrom(newer);
            for (int i = 0; i < NODES; i++) {
                RunningServer monitor = fleet.all().get(i);
                long begun = System.nanoTime();
                requireStopped(monitor);
                monitor.launch();
                if (!Deadline.in(READY_LIMIT).until(() -> waits(monitor) || isReady(fleet, monitor))) {
                    throw new IllegalStateException("the newer monitor is not ready:\n" + monitor.said());
                }
                boolean waits = waits(monitor);
                System.out.printf(
                        Locale.ROOT,
                        "Redis: node %d %s %.1f s after its stop%n",
                        i + 1,
                        waits ? "waits for the older ones" : "was ready",
                        secondsSince(begun));
                if (waits) {
                    replaceTogether(fleet, i + 1);
                    break;
                }
            }
            if (sending.isDone()) {
                throw new IllegalStateException(
                        "everything was sent before the upgrade was over: give it more --events");
            }
            sending.get();
            System.out.printf(
                    Locale.ROOT, "Redis: no request waited for more than %.1f s for its answer%n", longest.get() / 1e9);
            return isRight("Redis", ledger, new MonitorApi(fleet.serving().baseUrl()));
        }
    }

    /** Its messages are of another kind: the older ones stop, and those of the newer build that wait take over. */
    private static void replaceTogether(Fleet fleet, int from) throws Exception {
        long begun = System.nanoTime();
        List<RunningServer> olderOnes = fleet.all().subList(from, NODES);
        for (RunningServer monitor : olderOnes) {
            requireStopped(monitor);
        }
        RunningServer serving = fleet.serving();
        System.out.printf(
                Locale.ROOT,
                "Redis: %s served %.1f s after the older ones were told to stop%n",
                serving.baseUrl(),
                secondsSince(begun));
        for (RunningServer monitor : olderOnes) {
            monitor.launch();
            monitor.awaitReady();
        }
    }

    private static void requireStopped(RunningServer monitor) throws InterruptedException {
        int code = monitor.terminate(STOP_LIMIT);
        if (code != 0) {
            throw new IllegalStateException("a monitor told to end did so with " + code + ":\n" + monitor.said());
        }
    }

    private static boolean isReady(Fleet fleet, RunningServer monitor) throws InterruptedException {
        return fleet.ready().contains(monitor);
    }

    /** What its readiness says is what an operator sees. */
    private static boolean waits(RunningServer monitor) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(monitor.baseUrl().resolve("health/ready"))
                .timeout(PROBE_LIMIT)
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body().contains("run another version");
        } catch (IOException notYet) {
            return false;
        }
    }

    private void send(Fleet fleet, Ledger ledger, AtomicLong longest) {
        try {
            for (List<GroupEvent> batch : batches) {
                long begun = System.nanoTime();
                fleet.send(batch, false);
                longest.accumulateAndGet(System.nanoTime() - begun, Math::max);
                ledger.acknowledged(batch);
                Deadline.pause(PACE);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRight(String store, Ledger ledger, MonitorApi api) throws Exception {
        Verdict verdict = ledger.compare(api);
        System.out.printf(
                Locale.ROOT,
                "%s: %,d events acknowledged, lost %d, double counted %d, wrong groups %d%s%n",
                store,
                ledger.distinct(),
                verdict.lost(),
                verdict.doubleCounted(),
                verdict.wrongGroups(),
                verdict.differences().isEmpty() ? "" : "\n" + verdict.differences());
        return verdict.equals(new Verdict(0, 0, 0, ""));
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
