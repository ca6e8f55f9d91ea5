package io.grouppulse.windowing;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.ShardMap;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.MeasureDiff;
import io.grouppulse.oracle.NaiveMeasures;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Several workers that own shards by lease and epoch, a store that fails over to a replica that lags, and a producer that
 * sends again what was not answered. A seed decides every step; the same seed takes the same steps.
 */
final class FaultSimulation {
    private static final OracleSettings ORACLE = OracleSettings.defaults();
    private static final long MINUTE = 60_000;
    private static final int SHARDS = 2;
    private static final long LEASE = 60;
    private static final long LONGEST_PAUSE = 150;
    private static final int MOST_MISSING = 8;
    private static final int TIDY_UP_ROUNDS = 60;

    private final PlantedFault bug;
    private final SplittableRandom random;
    private final GroupSettings settings;
    private final ShardMap shardMap = new ShardMap(SHARDS);
    private final List<ReplicatedStore> stores = new ArrayList<>();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final Deque<List<GroupEvent>> toSend = new ArrayDeque<>();
    private final Set<GroupEvent> acknowledged = new HashSet<>();
    private final TreeMap<String, Integer> faults = new TreeMap<>();
    private long time;
    private long t = Long.MIN_VALUE;
    private long trace;

    private FaultSimulation(long seed, PlantedFault bug) {
        this.bug = bug;
        this.random = new SplittableRandom(seed);
        this.settings = settings(bug == PlantedFault.DEDUPLICATION_TOO_SHORT ? 1 : 24 * 60 * MINUTE);
        List<GroupEvent> history = RandomHistory.of(
                seed,
                ORACLE,
                new RandomHistory.Shape(
                        70, 3, 5, RandomHistory.MIDNIGHT - 40 * MINUTE, RandomHistory.MIDNIGHT + 40 * MINUTE));
        toSend.addAll(Disorder.batches(Disorder.shuffle(history, 10 * MINUTE, 10, seed), 5, seed));
        for (int shard = 0; shard < SHARDS; shard++) {
            stores.add(new ReplicatedStore(bug));
        }
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            workers.add(new SimulatedWorker("w" + i, stores, settings, bug, this::note));
        }
    }

    private static GroupSettings settings(long dedupTtl) {
        GroupSettings usual = GroupSettings.defaults();
        return new GroupSettings(
                usual.zone(),
                usual.windows(),
                6 * 60 * MINUTE,
                dedupTtl,
                usual.conversionWindow(),
                usual.attributionClick(),
                usual.attributionView(),
                usual.historyRetention(),
                usual.orderRetention(),
                usual.activityDays());
    }

    /**
     * What came of a seed.
     *
     * @param violation empty if every number is right
     * @param trace a hash of every step and of every number
     * @param faults how often which harm was done
     */
    record Result(String violation, long trace, Map<String, Integer> faults) {}

    static Result run(long seed, PlantedFault bug) {
        FaultSimulation simulation = new FaultSimulation(seed, bug);
        String violation;
        try {
            simulation.live();
            violation = simulation.check();
        } catch (IllegalStateException e) {
            violation = "stuck: " + e.getMessage();
        }
        simulation.note("violation " + violation);
        return new Result(violation, simulation.trace, simulation.faults);
    }

    private void note(String step) {
        trace = trace * 31 + step.hashCode();
    }

    private void harm(String what) {
        faults.merge(what, 1, Integer::sum);
        note(what);
    }

    private void live() {
        while (!toSend.isEmpty()) {
            time += 1 + random.nextInt(5);
            SimulatedWorker worker = workers.get(random.nextInt(workers.size()));
            int chance = random.nextInt(100);
            if (chance < 22) {
                send();
            } else if (chance < 50) {
                worker.turn(time, LEASE);
            } else if (chance < 62) {
                worker.beginSave(random.nextInt(SHARDS), time);
            } else if (chance < 74) {
                worker.deliverSave(random.nextInt(5) == 0, random.nextBoolean());
            } else if (chance < 84) {
                stores.get(random.nextInt(SHARDS)).replicate();
            } else {
                hurt(worker);
            }
        }
        for (int i = 0; i < TIDY_UP_ROUNDS; i++) {
            time += LEASE / 4;
            stores.forEach(ReplicatedStore::replicate);
            workers.forEach(worker -> worker.turn(time, LEASE));
        }
    }

    private void hurt(SimulatedWorker worker) {
        switch (random.nextInt(5)) {
            case 0 -> {
                harm("crash");
                worker.crash();
            }
            case 1 -> {
                harm("pause");
                worker.pauseUntil(time + random.nextLong(LONGEST_PAUSE));
            }
            case 2, 3 -> {
                harm("fail-over");
                stores.get(random.nextInt(SHARDS)).failOver(random.nextInt(MOST_MISSING));
            }
            default -> {
                harm("trim");
                worker.release(random.nextInt(SHARDS));
            }
        }
    }

    /** The producer's turn: what was not answered is sent again later, or given up. */
    private void send() {
        List<GroupEvent> batch = toSend.removeFirst();
        int chance = random.nextInt(10);
        boolean isLostOnTheWay = chance == 0;
        if (!isLostOnTheWay) {
            append(batch);
        } else {
            harm("request lost");
        }
        boolean isReplicated = random.nextInt(4) != 0;
        if (isReplicated && !isLostOnTheWay) {
            stores.forEach(ReplicatedStore::replicate);
        }
        boolean isAnswered = chance < 8 && (isReplicated || bug == PlantedFault.ACK_BEFORE_REPLICATION);
        if (bug == PlantedFault.ACK_BEFORE_APPEND ? chance < 8 : isAnswered && !isLostOnTheWay) {
            acknowledged.addAll(batch);
        } else {
            harm("not answered");
            if (random.nextInt(4) != 0) {
                toSend.addLast(batch);
            }
        }
        if (random.nextInt(8) == 0) {
            harm("sent twice");
            append(batch);
        }
    }

    private void append(List<GroupEvent> batch) {
        Map<Integer, List<GroupInput>> byShard = new TreeMap<>();
        batch.forEach(event -> byShard.computeIfAbsent(shardMap.shardOf(event.group()), shard -> new ArrayList<>())
                .add(event));
        byShard.forEach((shard, inputs) -> stores.get(shard).append(new LogEntry(shard, 0, time, t, inputs)));
        batch.forEach(event -> t = Math.max(t, event.ts()));
        note("append " + batch.size());
    }

    /** All that was acknowledged is in the log, and the numbers are those of what is in the log. */
    private String check() {
        List<GroupEvent> inLog = stores.stream()
                .flatMap(store -> store.everything().stream())
                .map(GroupEvent.class::cast)
                .toList();
        Set<GroupEvent> missing = new HashSet<>(acknowledged);
        inLog.forEach(missing::remove);
        if (!missing.isEmpty()) {
            return missing.size() + " acknowledged events are not in the log";
        }
        List<ShardEngine> engines = new ArrayList<>();
        Map<String, GroupReading> readings = new TreeMap<>();
        // T never goes back, also if the event that it came from was lost: what came after it says when it came.
        long at = Math.max(
                inLog.stream().mapToLong(GroupEvent::ts).max().orElse(0),
                stores.stream().mapToLong(ReplicatedStore::latestT).max().orElse(0));
        for (int shard = 0; shard < SHARDS; shard++) {
            ShardEngine engine = owned(shard);
            engines.add(engine);
            engine.tick(at).changed().forEach(reading -> readings.put(reading.group(), reading));
        }
        long toMinute = Math.floorDiv(at, MINUTE) * MINUTE + MINUTE;
        MeasureDiff diff = MeasureDiff.ofAll();
        diff.everything(
                at,
                toMinute - settings.historyRetention(),
                toMinute,
                new NaiveMeasures(ORACLE, inLog),
                new EngineMeasures(settings, engines, readings));
        note(readings.keySet() + " " + at);
        readings.values().forEach(reading -> note(reading.members() + " members"));
        return diff.report();
    }

    private ShardEngine owned(int shard) {
        List<ShardEngine> owners = workers.stream()
                .filter(worker -> worker.owns(shard))
                .map(worker -> worker.engine(shard))
                .toList();
        if (owners.size() != 1) {
            throw new IllegalStateException("shard " + shard + " has " + owners.size() + " owners");
        }
        return owners.get(0);
    }
}
