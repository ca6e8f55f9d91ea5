package io.grouppulse.loadtests;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.windowing.ShardEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The same events in memory and the same answer from GroupPulse's engine, a bare loop, Hazelcast Jet and Apache Flink, in
 * turn in one process: of each group every second, over a sliding window, acts, distinct members, paid orders and money.
 * What is compared is the process's CPU time an event, garbage collection included, just-in-time compilation not.
 */
public final class PeersBench {
    static final long DISORDER = 2_000;

    private static final int BATCH = 250;
    private static final long SECOND = 1_000;
    private static final GroupSettings SETTINGS = GroupSettings.defaults();

    private final JetPeer jet;
    private final List<List<GroupInput>> batches;
    private final PeerEvent[] events;
    private final List<String> groups;
    private final int width;
    private final int window;
    private final long first;
    private final long last;
    private final long[] compared;
    private final Map<String, BareWindow.Answer> latest = new LinkedHashMap<>();
    private final Map<String, List<Double>> costs = new LinkedHashMap<>();

    private PeersBench(JetPeer jet, int groups, int members, int count, int rate, int width) {
        this.jet = jet;
        long start = System.currentTimeMillis() / 86_400_000 * 86_400_000 + 3_600_000;
        Workload workload = new Workload(groups, members, start, rate, 11);
        this.batches = workload.next(count, BATCH);
        this.groups = workload.groups();
        this.width = width;
        this.window = width == 60 ? 0 : 1;
        this.first = Math.floorDiv(start, SECOND);
        this.last = Math.floorDiv(workload.now(), SECOND) + 1;
        this.events = batches.stream().flatMap(List::stream).map(PeersBench::peer).toArray(PeerEvent[]::new);
        // windows that end after the last event: all contenders have seen everything in them
        this.compared = new long[] {last + 1, last + width / 4, last + width / 2, last + width - 5};
        for (int i = 0; i < compared.length; i++) {
            compared[i] *= SECOND;
        }
    }

    private static PeerEvent peer(GroupInput input) {
        GroupEvent event = (GroupEvent) input;
        boolean paid = event.type() == EventType.ORDER_PAID;
        return new PeerEvent(event.group(), event.member(), event.ts(), paid, paid ? event.amount() : 0);
    }

    public static void run(Options options) throws Exception {
        Report.machine();
        try (JetPeer jet = new JetPeer()) {
            for (int width : new int[] {60, 300}) {
                tuned(options, jet, width);
                plain(options, jet, width);
            }
        }
    }

    private static void tuned(Options options, JetPeer jet, int width) throws Exception {
        PeersBench bench = new PeersBench(
                jet,
                options.number("groups", 2_000),
                options.number("members", 300),
                options.number("events", 200_000),
                options.number("rate", 4_000),
                width);
        bench.compare("tuned", options, List.of(
                new Contender("GroupPulse, all measures", bench::groupPulse),
                new Contender("GroupPulse, panes alone", bench::panes),
                new Contender("bare loop", bench::bare),
                new Contender("Jet, an aggregate that deducts", bench::jetTuned),
                new Contender("Flink, a process function by hand", bench::flinkByHand)));
    }

    private static void plain(Options options, JetPeer jet, int width) throws Exception {
        PeersBench bench = new PeersBench(
                jet,
                options.number("plain-groups", 100),
                options.number("members", 300),
                options.number("plain-events", 20_000),
                options.number("plain-rate", 200),
                width);
        bench.compare("library windows", options, List.of(
                new Contender("GroupPulse, all measures", bench::groupPulse),
                new Contender("GroupPulse, panes alone", bench::panes),
                new Contender("Jet, the manual's sliding window", bench::jetPlain),
                new Contender("Flink, the manual's sliding window", bench::flinkPlain)));
    }

    /** Answers the question for all events; returns the CPU seconds that took. */
    private interface Work {
        double run() throws Exception;
    }

    private record Contender(String name, Work work) {}

    private void compare(String title, Options options, List<Contender> contenders) throws Exception {
        System.out.printf("%n%d s by 1 s, %s: %,d groups, %,d events, %d s of them and %d s until all windows are empty%n",
                width, title, groups.size(), events.length, last - first, width);
        int warmup = options.number("warmup", 2);
        for (int round = 0; round < warmup + options.number("rounds", 5); round++) {
            Map<String, Answers.Answer> expected = null;
            for (Contender contender : contenders) {
                Answers.begin(compared);
                System.gc();
                double micros = contender.work.run() / events.length * 1e6;
                Map<String, Answers.Answer> told = answers();
                requireEqual(contender.name, expected == null ? told : expected, told);
                expected = told;
                if (round >= warmup) {
                    costs.computeIfAbsent(contender.name, name -> new ArrayList<>()).add(micros);
                }
            }
        }
        Report.section(width + " s by 1 s, " + title);
        for (Contender contender : contenders) {
            Report.line(contender.name, costs.get(contender.name), 2, "µs/event");
        }
        for (Contender ours : contenders.subList(0, 2)) {
            for (Contender peer : contenders.subList(2, contenders.size())) {
                Report.line(peer.name + " ÷ " + ours.name.substring(12), ratios(peer, ours), 2, "");
            }
        }
    }

    private List<Double> ratios(Contender peer, Contender ours) {
        List<Double> theirs = costs.get(peer.name);
        List<Double> own = costs.get(ours.name);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < theirs.size(); i++) {
            ratios.add(theirs.get(i) / own.get(i));
        }
        return ratios;
    }

    /** What is kept of each group's windows, by group and end. */
    private Map<String, Answers.Answer> answers() {
        Map<String, Answers.Answer> answers = new LinkedHashMap<>();
        for (String group : groups) {
            for (long end : compared) {
                answers.put(group + " until " + end, Answers.of(group, end));
            }
        }
        return answers;
    }

    private static void requireEqual(String name, Map<String, Answers.Answer> expected, Map<String, Answers.Answer> told) {
        expected.forEach((what, answer) -> {
            if (!answer.equals(told.get(what))) {
                throw new IllegalStateException(name + " says " + told.get(what) + " of " + what + ", not " + answer);
            }
        });
        if (told.values().stream().noneMatch(answer -> answer.members() > 1)) {
            throw new IllegalStateException(name + ": nothing to compare");
        }
    }

    private double groupPulse() throws Exception {
        ShardEngine engine = new ShardEngine(SETTINGS, false);
        long[] position = {0};
        return cpuSeconds(
                (batch, now) -> engine.apply(new LogEntry(0, ++position[0], now, now, batch)),
                second -> tellChanged(second, changed -> engine.tick(second * SECOND).changed()
                        .forEach(reading -> changed.accept(reading.group(), answer(reading)))));
    }

    private BareWindow.Answer answer(GroupReading reading) {
        Counts counts = reading.windows().get(window);
        return new BareWindow.Answer(
                counts.get(Column.INTERACTIONS),
                counts.get(Column.ACTIVE),
                counts.get(Column.ORDERS_PAID),
                counts.get(Column.GMV_PAID));
    }

    private double panes() throws Exception {
        DomainWindow panes = new DomainWindow(width);
        return cpuSeconds(
                (batch, now) -> batch.forEach(input -> panes.add((GroupEvent) input, now)),
                second -> tellChanged(second, changed -> panes.forEachChanged(second * SECOND, changed)));
    }

    private double bare() throws Exception {
        BareWindow bare = new BareWindow(width);
        return cpuSeconds(
                (batch, now) -> batch.forEach(input -> bare.add((GroupEvent) input, now)),
                second -> bare.forEach(second * SECOND, (group, answer) -> tell(group, second, answer)));
    }

    /** Takes one batch at T. */
    private interface Taker {
        void take(List<GroupInput> batch, long now);
    }

    /** Tells all events in order, and asks once in each second of event time until every window is empty. */
    private double cpuSeconds(Taker taker, LongConsumer asker) throws IOException {
        double before = ProcessCpu.seconds();
        latest.clear();
        long now = first * SECOND;
        for (List<GroupInput> batch : batches) {
            taker.take(batch, now);
            long next = ((GroupEvent) batch.get(batch.size() - 1)).ts();
            for (long second = now / SECOND + 1; second <= next / SECOND; second++) {
                asker.accept(second);
            }
            now = Math.max(now, next);
        }
        for (long second = now / SECOND + 1; second <= last + width; second++) {
            asker.accept(second);
        }
        return ProcessCpu.seconds() - before;
    }

    /** What is not told again is still as it was last told: of the windows that are compared, everything is. */
    private void tellChanged(long second, Consumer<BiConsumer<String, BareWindow.Answer>> ask) {
        ask.accept((group, answer) -> {
            latest.put(group, answer);
            tell(group, second, answer);
        });
        if (Arrays.stream(compared).anyMatch(end -> end == (second + 1) * SECOND)) {
            latest.forEach((group, answer) -> tell(group, second, answer));
        }
    }

    private static void tell(String group, long second, BareWindow.Answer answer) {
        Answers.tell(
                group, (second + 1) * SECOND, answer.acts(), answer.members(), answer.orders(), answer.amount());
    }

    private double jetTuned() throws Exception {
        return jet.run(events, width, WindowSums.operation());
    }

    private double jetPlain() throws Exception {
        return jet.run(events, width, JetPeer.ownParts());
    }

    private double flinkByHand() throws Exception {
        return FlinkPeer.byHand(events, width);
    }

    private double flinkPlain() throws Exception {
        return FlinkPeer.windowed(events, width);
    }
}
