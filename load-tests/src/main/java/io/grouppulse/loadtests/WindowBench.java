package io.grouppulse.loadtests;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.windowing.ShardEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One shard's engine beside a bare loop, on the same events in the same round, both asked once a second for every group:
 * five minutes sliding by a second, acts, distinct members, paid orders, money. The engine counts everything else too.
 */
final class WindowBench {
    private static final int BATCH = 250;
    private static final int FIVE_MINUTES = 1;
    private static final long SECOND = 1_000;

    private final Workload workload;
    private final ShardEngine engine = new ShardEngine(GroupSettings.defaults(), false);
    private final BareWindow bare = new BareWindow(300);
    private final Map<String, GroupReading> read = new HashMap<>();
    private long position;
    private long blackHole;

    private WindowBench(Workload workload) {
        this.workload = workload;
    }

    private record Round(double engineNanos, double bareNanos, double engineBytes, double bareBytes) {}

    static void run(Options options) throws Exception {
        Report.machine();
        int groups = options.number("groups", 10_000);
        int members = options.number("members", 300);
        int rate = options.number("rate", 20_000);
        int events = options.number("events", 400_000);
        System.out.printf(
                "%,d groups × %,d members, Zipf, 5 %% orders, 2 s disorder, %,d events of %,d a second in each round%n",
                groups, members, events, rate);
        long start = System.currentTimeMillis() / 86_400_000 * 86_400_000 + 3_600_000;
        WindowBench bench = new WindowBench(new Workload(groups, members, start, rate, 11));
        List<Round> rounds = new ArrayList<>();
        int warmup = options.number("warmup", 4);
        for (int round = 0; round < warmup + options.number("rounds", 5); round++) {
            Round measured = bench.round(events, rate);
            if (round >= warmup) {
                rounds.add(measured);
            }
        }
        Report.section("window");
        System.out.println("median (least – most), every group read once a second; answers are equal for every group:");
        Report.line("engine, all measures: CPU", rounds.stream().map(Round::engineNanos).toList(), 0, "ns/event");
        Report.line("bare loop, this answer alone: CPU", rounds.stream().map(Round::bareNanos).toList(), 0, "ns/event");
        Report.line("ratio", rounds.stream().map(r -> r.engineNanos / r.bareNanos).toList(), 1, "");
        Report.line("engine: allocation", rounds.stream().map(Round::engineBytes).toList(), 0, "bytes/event");
        Report.line("bare loop: allocation", rounds.stream().map(Round::bareBytes).toList(), 0, "bytes/event");
        System.out.println("  (" + bench.blackHole + ")");
    }

    private Round round(int events, int rate) {
        long before = workload.now();
        List<List<GroupInput>> batches = workload.next(events, BATCH);
        Meter ofEngine = new Meter();
        Meter ofBare = new Meter();
        double millisABatch = BATCH * 1_000.0 / rate;
        long now = before;
        for (int i = 0; i < batches.size(); i++) {
            LogEntry entry = new LogEntry(0, ++position, now, now, batches.get(i));
            ofEngine.start();
            engine.apply(entry);
            ofEngine.stop();
            ofBare.start();
            for (GroupInput input : entry.inputs()) {
                bare.add((GroupEvent) input, now);
            }
            ofBare.stop();
            long next = before + (long) ((i + 1) * millisABatch);
            if (next / SECOND != now / SECOND) {
                read(next, ofEngine, ofBare);
            }
            now = next;
        }
        read(now + SECOND, ofEngine, ofBare);
        compare();
        return new Round(
                (double) ofEngine.nanos() / events,
                (double) ofBare.nanos() / events,
                (double) ofEngine.bytes() / events,
                (double) ofBare.bytes() / events);
    }

    private void read(long now, Meter ofEngine, Meter ofBare) {
        ofEngine.start();
        List<GroupReading> changed = engine.tick(now).changed();
        ofEngine.stop();
        changed.forEach(reading -> read.put(reading.group(), reading));
        ofBare.start();
        blackHole += bare.readAll(now);
        ofBare.stop();
    }

    private void compare() {
        for (String group : workload.groups()) {
            GroupReading reading = read.get(group);
            Counts window = reading == null ? Counts.ZERO : reading.windows().get(FIVE_MINUTES);
            BareWindow.Answer said = new BareWindow.Answer(
                    window.get(Column.INTERACTIONS),
                    window.get(Column.ACTIVE),
                    window.get(Column.ORDERS_PAID),
                    window.get(Column.GMV_PAID));
            if (!said.equals(bare.answer(group))) {
                throw new IllegalStateException(group + ": the engine says " + said + ", the loop " + bare.answer(group));
            }
        }
    }
}
