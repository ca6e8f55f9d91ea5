package io.grouppulse.faults;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.faults.Fault.Injected;
import io.grouppulse.faults.Ledger.Verdict;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.oracle.RandomHistory.Shape;
import io.grouppulse.testing.Deadline;
import io.grouppulse.testing.MonitorApi;
import io.grouppulse.testing.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Some faults, one after another, on fresh servers and an empty store. */
final class Round {
    private static final int DUPLICATE_PERCENT = 10;
    static final int SHARDS = 4;
    /** Far less than the monitors' lateness, so that what has to be sent again much later is still in time. */
    private static final long LATENESS = 120_000;

    private static final long HALF = 3 * 3_600_000L;
    private static final Duration BEFORE_A_LOSS = Duration.ofSeconds(3);
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(90);

    /**
     * How a round is run.
     *
     * @param events at least so many
     * @param batch the most events of a request
     * @param pace the shortest time between two requests while a fault lasts
     * @param slow what the monitors said is printed when a recovery takes longer
     */
    record Plan(
            RedisSite.Kind site,
            int nodes,
            List<Fault> faults,
            int events,
            int groups,
            int batch,
            Duration pace,
            RedisSite.Setup setup,
            String ack,
            Duration slow,
            long seed) {
        /** Whether any fault of a server may lose what was acknowledged at any time before. */
        boolean mayLose() {
            return !ack.isEmpty() || !setup.equals(RedisSite.Setup.USUAL);
        }
    }

    private final Plan plan;
    private final Table table;

    Round(Plan plan, Table table) {
        this.plan = plan;
        this.table = table;
    }

    /** Runs it in a directory that is empty. */
    void run(Path directory) throws Exception {
        List<List<GroupEvent>> batches = batches();
        try (RedisSite site = start(directory);
                Fleet fleet = new Fleet(options(site));
                Ledger ledger = new Ledger();
                PacketFilter filter = new PacketFilter();
                Producer producer = new Producer(fleet, ledger, batches, plan.pace)) {
            fleet.scale(plan.nodes);
            Scene scene = new Scene(site, fleet, producer, ledger, filter, new SplittableRandom(plan.seed));
            int count = plan.faults.size();
            for (int i = 0; i < count; i++) {
                producer.allow((int) ((long) batches.size() * (i + 1) / count));
                one(plan.faults.get(i), scene, ledger);
            }
        }
    }

    private void one(Fault fault, Scene scene, Ledger ledger) throws Exception {
        Fleet fleet = scene.fleet();
        long sent = fleet.sentEvents();
        long acknowledged = ledger.acknowledged();
        scene.producer().probe();
        if (plan.mayLose()) {
            // So that there is something to lose that is neither all there is nor only the last request.
            Deadline.pause(BEFORE_A_LOSS);
        }
        Injected injected = fault.inject(scene);
        scene.producer().probe();
        Duration recovery = Duration.ofNanos(System.nanoTime() - injected.since());
        injected.healing().heal();
        scene.site().makeWhole();
        fleet.awaitAll();
        List<List<GroupEvent>> perhapsLost = plan.mayLose() ? ledger.all() : injected.perhapsLost();
        long lost = resend(perhapsLost, scene, ledger);
        scene.producer().drain();
        scene.producer().probe();
        Verdict verdict = answered(fleet, ledger::compare);
        Table.Result result = new Table.Result(
                fleet.sentEvents() - sent,
                ledger.acknowledged() - acknowledged,
                recovery,
                lost,
                perhapsLost.stream().mapToLong(List::size).sum(),
                verdict);
        table.add(fault, result);
        if (result.isWrong() || recovery.compareTo(plan.slow) > 0) {
            // Their files go when the round ends; without them nobody finds the cause.
            System.err.println(fault.id() + " of " + plan.site + ": the monitors said\n" + fleet.said());
        }
    }

    /** Counts what the fault lost of what it may, and makes up for it as a producer that keeps its last events can. */
    private static long resend(List<List<GroupEvent>> perhapsLost, Scene scene, Ledger ledger) throws Exception {
        if (perhapsLost.isEmpty()) {
            return 0;
        }
        try (Producer.Quiet quiet = scene.producer().quiet()) {
            long lost = answered(scene.fleet(), ledger::missing);
            for (List<GroupEvent> batch : perhapsLost) {
                quiet.sendAgain(batch);
            }
            return lost;
        }
    }

    private interface Question<A> {
        A ask(MonitorApi api) throws Exception;
    }

    /**
     * Asks again until a monitor answers: one may still recover from what was healed last, or end because a Redis that came
     * back without its lease was claimed by another one first.
     */
    private static <A> A answered(Fleet fleet, Question<A> question) throws Exception {
        Deadline deadline = Deadline.in(RECOVERY_LIMIT);
        while (true) {
            try {
                return question.ask(new MonitorApi(fleet.serving().baseUrl()));
            } catch (IllegalStateException | IOException e) {
                if (deadline.isOver()) {
                    throw e;
                }
                Deadline.pause(Duration.ofMillis(200));
            }
        }
    }

    private RedisSite start(Path directory) throws Exception {
        return switch (plan.site) {
            case ONE -> OneRedis.start(directory, new RedisSite.Addresses(), plan.setup);
            case SENTINEL -> SentinelSite.start(directory, new RedisSite.Addresses(), plan.setup);
            case CLUSTER -> ClusterSite.start(directory, new RedisSite.Addresses(), plan.setup);
        };
    }

    private ServerOptions options(RedisSite site) {
        ServerOptions usual = ServerOptions.replays();
        return (plan.faults.contains(Fault.CLOCK_JUMP) ? usual.withOwnClock() : usual)
                .with("store", site.store())
                .with("ingest.ack", plan.ack.isEmpty() ? site.ack() : plan.ack)
                .with("shards", SHARDS)
                .with("snapshot.interval", "1s")
                .with("lateness", "12h")
                .with("dedup.ttl", "24h");
    }

    private List<List<GroupEvent>> batches() {
        Shape shape =
                new Shape(plan.events, plan.groups, 40, RandomHistory.MIDNIGHT - HALF, RandomHistory.MIDNIGHT + HALF);
        List<GroupEvent> events = RandomHistory.of(plan.seed, OracleSettings.defaults(), shape).stream()
                .filter(event -> event.type() != EventType.SOURCE_HEARTBEAT)
                .toList();
        return Disorder.batches(
                Disorder.shuffle(events, LATENESS, DUPLICATE_PERCENT, plan.seed), plan.batch, plan.seed);
    }
}
