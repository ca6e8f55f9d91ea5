package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The breadth of today's talk, shuffled, duplicated, revoked and crashed, held against plain loops over the events. */
class BreadthLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final long HOUR = 3_600_000;

    @Test
    void breadth_shuffledDuplicatedShardedAndCrashed_equalsTheBatchComputation() {
        long thrice = 0;
        long lurkers = 0;
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedShards system = new SimulatedShards(3, SETTINGS, PlantedBug.NONE, seed);
            List<GroupEvent> accepted = new ArrayList<>();
            for (List<GroupEvent> batch : Disorder.batches(arrivals(seed), 20, seed)) {
                system.take(batch);
                accepted.addAll(batch);
                if (random.nextInt(4) == 0) {
                    Map<String, BreadthReading> told = told(system);
                    assertThat(told).as("seed=%d", seed).isEqualTo(naive(accepted, system.t()));
                    thrice += told.values().stream()
                            .mapToLong(BreadthReading::thriceDaily)
                            .sum();
                    lurkers += told.values().stream()
                            .mapToLong(BreadthReading::lurkers)
                            .sum();
                }
            }
        }
        assertThat(thrice).isPositive();
        assertThat(lurkers).isPositive();
    }

    /** A day of a real channel: people come, talk and go. */
    @Test
    void breadth_ofARealChannel_equalsTheBatchComputation() {
        List<GroupEvent> channel = Datasets.ubuntuDisentangle().subList(0, 3_000);
        SimulatedShards system = new SimulatedShards(3, SETTINGS, PlantedBug.NONE, 5);
        Disorder.batches(Disorder.shuffle(channel, SETTINGS.lateness(), 10, 5), 200, 5)
                .forEach(system::take);

        Map<String, BreadthReading> told = told(system);

        assertThat(told).isEqualTo(naive(channel, system.t()));
        assertThat(told.values()).anyMatch(breadth -> breadth.lurkers() > 0 && breadth.effectiveSpeakers() != null);
    }

    private static List<GroupEvent> arrivals(long seed) {
        long midnight = RandomHistory.MIDNIGHT;
        RandomHistory.Shape shape = seed % 2 == 0
                ? RandomHistory.Shape.small(seed)
                : new RandomHistory.Shape(250, 2, 6, midnight - 5 * HOUR, midnight + 23 * HOUR);
        List<GroupEvent> history = RandomHistory.of(seed, OracleSettings.defaults(), shape);
        return Disorder.shuffle(history, SETTINGS.lateness(), 10, seed);
    }

    private static Map<String, BreadthReading> told(SimulatedShards system) {
        Map<String, BreadthReading> told = new HashMap<>();
        system.read().readings().forEach((group, reading) -> told.put(group, reading.breadth()));
        told.remove("");
        return told;
    }

    private static Map<String, BreadthReading> naive(List<GroupEvent> accepted, long t) {
        Map<String, List<GroupEvent>> byGroup = new HashMap<>();
        for (GroupEvent event : new HashSet<>(accepted)) {
            byGroup.computeIfAbsent(event.group(), g -> new ArrayList<>()).add(event);
        }
        byGroup.remove("");
        Map<String, BreadthReading> all = new HashMap<>();
        byGroup.forEach((group, events) -> all.put(group, naiveOfGroup(events, t)));
        return all;
    }

    private static BreadthReading naiveOfGroup(List<GroupEvent> events, long t) {
        Map<String, Long> messages = new HashMap<>();
        Map<String, Set<Integer>> parts = new HashMap<>();
        for (GroupEvent event : events) {
            boolean counts = isCustomer(event) && event.type().isInteraction() && !isTakenBack(event, events);
            if (counts && local(event.ts()).toLocalDate().equals(local(t).toLocalDate())) {
                parts.computeIfAbsent(event.member(), m -> new HashSet<>())
                        .add(local(event.ts()).getHour() / 4);
                if (event.type() == EventType.MESSAGE_SENT) {
                    messages.merge(event.member(), 1L, Long::sum);
                }
            }
        }
        return new BreadthReading(
                messages.values().stream().mapToLong(m -> m).sum(),
                messages.values().stream().mapToLong(m -> m * m).sum(),
                messages.values().stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(3)
                        .toList(),
                members(events).stream().filter(m -> !messages.containsKey(m)).count(),
                parts.values().stream().filter(p -> p.size() >= 3).count());
    }

    private static Set<String> members(List<GroupEvent> events) {
        Map<String, Long> seen = new HashMap<>();
        Map<String, Long> left = new HashMap<>();
        for (GroupEvent event : events) {
            if (event.member() != null && event.type() == EventType.MEMBER_LEFT) {
                left.merge(event.member(), event.ts(), Math::max);
            } else if (event.member() != null && isCustomer(event)) {
                seen.merge(event.member(), event.ts(), Math::max);
            }
        }
        seen.entrySet().removeIf(m -> left.getOrDefault(m.getKey(), Long.MIN_VALUE) >= m.getValue());
        return seen.keySet();
    }

    private static boolean isCustomer(GroupEvent event) {
        return event.member() != null && (event.role() == null || event.role() == Role.CUSTOMER);
    }

    private static boolean isTakenBack(GroupEvent message, List<GroupEvent> events) {
        return message.type() == EventType.MESSAGE_SENT
                && events.stream()
                        .anyMatch(revoked -> revoked.type() == EventType.MESSAGE_REVOKED
                                && revoked.source().equals(message.source())
                                && message.id().equals(revoked.target())
                                && revoked.ts() >= message.ts()
                                && revoked.ts() <= message.ts() + 120_000);
    }

    private static LocalDateTime local(long ts) {
        return Instant.ofEpochMilli(ts).atZone(SETTINGS.zone()).toLocalDateTime();
    }
}
