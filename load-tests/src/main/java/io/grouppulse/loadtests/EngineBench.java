package io.grouppulse.loadtests;

import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.org.silence.SilenceWatch;
import io.grouppulse.domain.org.silence.SourcesSeen;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.silence.SilenceSettings;
import io.grouppulse.eventlog.EventCodec;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.windowing.ShardEngine;
import io.grouppulse.windowing.ShardSaving;
import java.util.ArrayList;
import java.util.List;

/**
 * One shard's engine alone, one thread, events in memory: CPU time and bytes allocated for each event applied, for each
 * reading of a tick with its roll-up and the judging of silence, for each record saved, and for the log's encoding.
 */
final class EngineBench {
    private static final int BATCH = 250;
    private static final long SAVED_EVERY = 10_000;

    private final Workload workload;
    private final ShardEngine engine = new ShardEngine(GroupSettings.defaults(), false);
    private final OrgGraph graph =
            new OrgGraph(GroupSettings.defaults().windows().size());
    private final SilenceWatch silence = new SilenceWatch(
            new SilenceSettings(
                    GroupSettings.defaults().zone(), GroupSettings.defaults().settling(), 0.25),
            () -> SourcesSeen.NONE,
            true);
    private long position;
    private OrgReading read;

    private EngineBench(Workload workload) {
        this.workload = workload;
        List<GroupInput> profiles = new ArrayList<>();
        for (String group : workload.groups()) {
            String store = "mart/region-" + group.hashCode() % 7 + "/store-" + group.hashCode() % 91;
            profiles.add(new GroupProfile(group, null, List.of(store), 500, List.of(), null));
        }
        engine.apply(new LogEntry(0, ++position, workload.now(), workload.now(), profiles));
    }

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
        EngineBench bench = new EngineBench(new Workload(groups, members, start, rate, 11));
        for (int round = 0; round < options.number("warmup", 4); round++) {
            bench.round(events, rate);
        }
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < options.number("rounds", 5); round++) {
            rounds.add(bench.round(events, rate));
        }
        System.out.println("median (least – most):");
        Report.line("apply: CPU", rounds.stream().map(Round::applyNanos).toList(), 0, "ns/event");
        Report.line("apply: allocation", rounds.stream().map(Round::applyBytes).toList(), 0, "bytes/event");
        Report.line("tick every 50 ms: CPU", rounds.stream().map(Round::tickNanos).toList(), 0, "ns/reading");
        Report.line("tick: allocation", rounds.stream().map(Round::tickBytes).toList(), 0, "bytes/reading");
        Report.line("roll-up over 4 nodes: CPU", rounds.stream().map(Round::rollupNanos).toList(), 0, "ns/reading");
        Report.line("roll-up: allocation", rounds.stream().map(Round::rollupBytes).toList(), 0, "bytes/reading");
        Report.line("read the root of the roll-up: CPU", rounds.stream().map(Round::rootNanos).toList(), 0, "ns/tick");
        Report.line("judge silence: CPU", rounds.stream().map(Round::judgeNanos).toList(), 0, "ns/reading");
        Report.line("judge silence: allocation", rounds.stream().map(Round::judgeBytes).toList(), 0, "bytes/reading");
        Report.line("save: CPU", rounds.stream().map(Round::saveNanos).toList(), 0, "ns/record");
        Report.line("save: allocation", rounds.stream().map(Round::saveBytes).toList(), 0, "bytes/record");
        Report.line("readings a tick", rounds.stream().map(Round::readings).toList(), 0, "");
        Report.line("log encoding: CPU", rounds.stream().map(Round::encodeNanos).toList(), 0, "ns/event");
        Report.line("log encoding: allocation", rounds.stream().map(Round::encodeBytes).toList(), 0, "bytes/event");
    }

    private record Round(
            double applyNanos,
            double applyBytes,
            double tickNanos,
            double tickBytes,
            double rollupNanos,
            double rollupBytes,
            double rootNanos,
            double judgeNanos,
            double judgeBytes,
            double saveNanos,
            double saveBytes,
            double readings,
            double encodeNanos,
            double encodeBytes) {}

    private Round round(int events, int rate) {
        long before = workload.now();
        List<List<GroupInput>> batches = workload.next(events, BATCH);
        long now = before;
        Meter apply = new Meter();
        Meter tick = new Meter();
        Meter rollup = new Meter();
        Meter root = new Meter();
        Meter judge = new Meter();
        Meter save = new Meter();
        Meter encode = new Meter();
        long saved = 0;
        long readings = 0;
        int ticks = 0;
        double millisABatch = BATCH * 1_000.0 / rate;
        for (int i = 0; i < batches.size(); i++) {
            LogEntry entry = new LogEntry(0, ++position, now, now, batches.get(i));
            encode.start();
            EventCodec.encode(entry.inputs());
            encode.stop();
            apply.start();
            engine.apply(entry);
            apply.stop();
            long next = before + (long) ((i + 1) * millisABatch);
            if (next / 50 != now / 50) {
                tick.start();
                List<GroupReading> changed = engine.tick(next).changed();
                tick.stop();
                rollup.start();
                changed.forEach(graph::update);
                rollup.stop();
                root.start();
                read = graph.read(OrgGraph.ROOT);
                root.stop();
                judge.start();
                changed.forEach(silence::take);
                silence.judge(next);
                judge.stop();
                readings += changed.size();
                ticks++;
            }
            if (next / SAVED_EVERY != now / SAVED_EVERY || i == batches.size() - 1) {
                save.start();
                saved += save();
                save.stop();
            }
            now = next;
        }
        if (read == null) {
            throw new IllegalStateException("no root");
        }
        return new Round(
                (double) apply.nanos() / events,
                (double) apply.bytes() / events,
                (double) tick.nanos() / readings,
                (double) tick.bytes() / readings,
                (double) rollup.nanos() / readings,
                (double) rollup.bytes() / readings,
                (double) root.nanos() / ticks,
                (double) judge.nanos() / readings,
                (double) judge.bytes() / readings,
                (double) save.nanos() / saved,
                (double) save.bytes() / saved,
                (double) readings / ticks,
                (double) encode.nanos() / events,
                (double) encode.bytes() / events);
    }

    /** Writes everything that changed since the last call, as every ten seconds; returns the number of records. */
    private int save() {
        ShardSaving.Round round = engine.saving().begin(engine.position());
        boolean more = true;
        while (more) {
            more = round.writeSome(8);
        }
        return round.records().size();
    }
}
