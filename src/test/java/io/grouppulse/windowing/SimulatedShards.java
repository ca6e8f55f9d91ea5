package io.grouppulse.windowing;

import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.event.AttributedOrder;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.KnownGroup;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.ShardMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A whole monitor without Vert.x and without files: engines, a log and a store in memory, and crashes. A seed decides
 * when state is saved, when a save is lost, and when which shard dies.
 */
final class SimulatedShards {

    /** What can be wrong with such a system; each must be found by whoever checks it. */
    enum PlantedBug {
        NONE,
        WINDOW_EDGE_OFF_BY_ONE,
        LOST_ACKNOWLEDGEMENT,
        DOUBLE_APPLY,
        LATE_EVENT_DROPPED,
        STATE_SAVED_AHEAD_OF_ITS_POSITION,
        DEDUPLICATION_TOO_SHORT,
        TRACE_LOST,
        WITHDRAWAL_LOST,
        STATE_SAVED_BEFORE_WHAT_IT_DERIVED
    }

    private final GroupSettings settings;
    private final PlantedBug bug;
    private final SplittableRandom random;
    private final SplittableRandom sleeps;
    private final ShardMap shardMap;
    private final List<SimulatedShard> shards = new ArrayList<>();
    private final Map<String, GroupReading> readings = new TreeMap<>();
    private long position;
    private long receivedAt = 1_000_000;
    private long t = Long.MIN_VALUE;
    private int crashes;

    SimulatedShards(int count, GroupSettings settings, PlantedBug bug, long seed) {
        this.settings = bug == PlantedBug.DEDUPLICATION_TOO_SHORT ? withoutMemory(settings) : settings;
        this.bug = bug;
        this.random = new SplittableRandom(seed);
        this.sleeps = new SplittableRandom(~seed);
        this.shardMap = new ShardMap(count);
        for (int shard = 0; shard < count; shard++) {
            shards.add(new SimulatedShard());
        }
    }

    private static GroupSettings withoutMemory(GroupSettings settings) {
        return new GroupSettings(
                settings.zone(),
                settings.windows(),
                settings.lateness(),
                1,
                settings.conversionWindow(),
                settings.attributionClick(),
                settings.attributionView(),
                settings.historyRetention(),
                settings.orderRetention(),
                settings.activityDays());
    }

    int crashes() {
        return crashes;
    }

    /** Takes one batch as one request would bring it; anything may happen to the shards afterwards. */
    void take(List<GroupEvent> batch) {
        receivedAt += random.nextInt(5_000);
        Map<Integer, List<GroupInput>> byShard = new TreeMap<>();
        for (GroupEvent event : batch) {
            boolean late = t != Long.MIN_VALUE && event.ts() < t - 60_000;
            if (!(bug == PlantedBug.LATE_EVENT_DROPPED && late)) {
                String key = event.group().isEmpty() ? Objects.requireNonNull(event.member()) : event.group();
                byShard.computeIfAbsent(shardMap.shardOf(key), shard -> new ArrayList<>())
                        .add(event);
                addTrace(event, byShard);
            }
        }
        long asOf = t;
        byShard.forEach((shard, inputs) -> {
            LogEntry entry = new LogEntry(shard, ++position, receivedAt, asOf, inputs);
            shards.get(shard).append(entry);
        });
        batch.forEach(event -> t = Math.max(t, event.ts()));
        for (SimulatedShard shard : shards) {
            shard.live();
        }
        for (SimulatedShard shard : shards) {
            shard.sendDerived();
        }
    }

    private void addTrace(GroupEvent event, Map<Integer, List<GroupInput>> byShard) {
        MemberTrace trace = MemberTrace.of(event);
        if (trace != null && !(bug == PlantedBug.TRACE_LOST && random.nextInt(10) == 0)) {
            byShard.computeIfAbsent(shardMap.shardOf(trace.member()), shard -> new ArrayList<>())
                    .add(trace);
        }
    }

    /** Everything as of T, the largest event time so far. */
    EngineMeasures read() {
        List<ShardEngine> engines = new ArrayList<>();
        for (SimulatedShard shard : shards) {
            long at = bug == PlantedBug.WINDOW_EDGE_OFF_BY_ONE ? t + 1_000 : t;
            ShardEngine.Readings answer = shard.engine.tick(at);
            answer.changed().forEach(reading -> readings.put(reading.group(), reading));
            shard.attribution = answer.attribution();
            engines.add(shard.engine);
        }
        return new EngineMeasures(settings, engines, readings);
    }

    long t() {
        return t;
    }

    /** What became of the orders that name no group, as of the last {@link #read}. */
    AttributionReading attribution() {
        return shards.stream()
                .map(shard -> shard.attribution)
                .reduce(AttributionReading.NONE, AttributionReading::plus);
    }

    /** One shard with its part of the log and of the store. */
    private final class SimulatedShard {
        private final List<LogEntry> log = new ArrayList<>();
        private final Map<String, byte[]> records = new HashMap<>();
        private long savedPosition;
        private final List<LogEntry> derived = new ArrayList<>();
        private AttributionReading attribution = AttributionReading.NONE;
        private ShardEngine engine = new ShardEngine(settings, true);

        void append(LogEntry entry) {
            if (bug == PlantedBug.LOST_ACKNOWLEDGEMENT && random.nextInt(20) == 0) {
                return;
            }
            log.add(entry);
            apply(entry);
            if (bug == PlantedBug.DOUBLE_APPLY && random.nextInt(20) == 0) {
                engine.apply(new LogEntry(
                        entry.shard(), ++position, entry.receivedAt(), entry.asOf(), renamed(entry.inputs())));
            }
        }

        /** What an entry derives is on its way until it is sent, and gone if the shard dies before. */
        private void apply(LogEntry entry) {
            for (AttributedOrder order : engine.apply(entry).derived()) {
                if (!(bug == PlantedBug.WITHDRAWAL_LOST && order.events().isEmpty())) {
                    int shard = shardMap.shardOf(order.group());
                    derived.add(new LogEntry(shard, 0, entry.receivedAt(), entry.asOf(), List.of(order)));
                }
            }
        }

        void sendDerived() {
            List<LogEntry> sent = List.copyOf(derived);
            derived.clear();
            sent.forEach(entry -> shards.get(entry.shard()).append(entry.at(++position)));
        }

        void live() {
            for (KnownGroup known : engine.known()) {
                if (sleeps.nextInt(12) == 0) {
                    engine.sleep(known.group());
                }
            }
            int chance = random.nextInt(20);
            if (chance < 4) {
                save(false);
            } else if (chance < 6) {
                save(true);
            }
            if (random.nextInt(25) == 0) {
                crash();
            }
        }

        private void save(boolean isLost) {
            if (bug != PlantedBug.STATE_SAVED_BEFORE_WHAT_IT_DERIVED) {
                sendDerived();
            }
            ShardSaving.Round round = engine.saving().begin(engine.position());
            boolean more = true;
            while (more) {
                more = round.writeSome(1);
            }
            if (isLost) {
                round.failed();
                return;
            }
            round.records().forEach((key, bytes) -> {
                if (bytes == null) {
                    records.remove(key);
                } else {
                    records.put(key, bytes);
                }
            });
            savedPosition = round.position();
            if (bug == PlantedBug.STATE_SAVED_AHEAD_OF_ITS_POSITION) {
                savedPosition++;
                records.clear();
            }
        }

        private void crash() {
            crashes++;
            derived.clear();
            engine = new ShardEngine(settings, true);
            engine.restore(savedPosition, Map.copyOf(records));
            log.forEach(this::apply);
        }
    }

    private static List<GroupInput> renamed(List<GroupInput> inputs) {
        UnaryOperator<GroupInput> rename = input -> input instanceof GroupEvent event ? withId(event) : input;
        return inputs.stream().map(rename).toList();
    }

    /** The same event under another id. */
    static GroupEvent withId(GroupEvent event) {
        return new GroupEvent(
                event.source(),
                event.id() + "-again",
                event.type(),
                event.ts(),
                event.group(),
                event.member(),
                event.role(),
                event.order(),
                event.amount(),
                event.item(),
                event.quantity(),
                event.share(),
                event.inviter(),
                event.channel(),
                event.campaign(),
                event.reason(),
                event.target(),
                event.chain());
    }
}
