package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.silence.SilenceWatch;
import io.grouppulse.domain.org.silence.SourcesSeen;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.silence.SilenceSettings;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.EventBuilder;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Silence, shuffled, duplicated, revoked, sharded and crashed, held against plain loops over the events. */
class SilenceLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final SilenceSettings SILENCE = new SilenceSettings(SETTINGS.zone(), SETTINGS.settling(), 0.25);
    private static final long HOUR = 3_600_000;
    private static final long START = 1_794_240_000_000L;
    private static final long DAYS = 40;

    @Test
    void silence_shuffledDuplicatedShardedAndCrashed_equalsTheBatchComputation() {
        Map<ActivityState, Integer> seen = new HashMap<>();
        for (long seed = 0; seed < 12; seed++) {
            int shards = List.of(1, 4, 16).get((int) (seed % 3));
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
            SilenceWatch watch = newWatch();
            Map<String, GroupReading> told = new TreeMap<>();
            List<GroupEvent> accepted = new ArrayList<>();
            List<GroupEvent> arrivals = Disorder.shuffle(history(seed), SETTINGS.lateness(), 10, seed);
            for (List<GroupEvent> batch : Disorder.batches(arrivals, 20, seed)) {
                system.take(batch);
                accepted.addAll(batch);
                if (random.nextInt(12) == 0) {
                    Map<String, GroupReading> readings = system.read().readings();
                    SilenceWatch judge = random.nextInt(10) == 0 ? newWatch() : watch;
                    readings.values().forEach(judge::take);
                    judge.judge(system.t()).forEach(reading -> told.put(reading.group(), reading));
                    watch = judge;
                    assertEqualsNaive(told, accepted, system.t(), seed);
                    told.values().forEach(reading -> seen.merge(reading.state(), 1, Integer::sum));
                }
            }
        }
        assertThat(seen).containsKeys(ActivityState.QUIET, ActivityState.SILENT, ActivityState.DEAD);
    }

    private static SilenceWatch newWatch() {
        return new SilenceWatch(SILENCE, () -> SourcesSeen.NONE, false);
    }

    /** Groups of different pace, with nights, bursts, pauses, silences that end, and one that does not. */
    private static List<GroupEvent> history(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 7);
        List<GroupEvent> events = new ArrayList<>();
        for (int g = 0; g < 4; g++) {
            double perHour = List.of(2.0, 0.4, 0.1, 0.6).get(g);
            long pause = START + random.nextLong(10, DAYS - 12) * 24 * HOUR;
            long end = g == 3 ? START + 20 * 24 * HOUR : START + DAYS * 24 * HOUR;
            long ts = START;
            while (ts < end) {
                ts += (long) (-Math.log(1 - random.nextDouble()) / perHour * HOUR);
                boolean night = (ts / HOUR + 8) % 24 < 7;
                boolean paused = ts > pause && ts < pause + 3 * 24 * HOUR;
                if (ts < end && !paused && (!night || random.nextInt(30) == 0)) {
                    say(events, "g" + g, ts, random);
                }
            }
        }
        return events;
    }

    private static void say(List<GroupEvent> events, String group, long ts, SplittableRandom random) {
        String id = group + "-" + events.size();
        events.add(EventBuilder.event(EventType.MESSAGE_SENT, ts, id)
                .group(group)
                .member("m" + random.nextInt(9))
                .build());
        if (random.nextInt(10) == 0) {
            events.add(EventBuilder.event(EventType.MESSAGE_REVOKED, ts + random.nextLong(120_001), id + "r")
                    .group(group)
                    .target(id)
                    .build());
        }
    }

    private static void assertEqualsNaive(
            Map<String, GroupReading> told, List<GroupEvent> accepted, long t, long seed) {
        Map<String, List<Long>> times = standing(accepted);
        Map<String, TreeSet<Long>> hours = new TreeMap<>();
        times.forEach((group, list) -> {
            TreeSet<Long> set = new TreeSet<>();
            list.forEach(ts -> set.add(Math.floorDiv(ts, HOUR)));
            hours.put(group, set);
        });
        told.forEach((group, reading) -> {
            List<Long> list = times.getOrDefault(group, List.of());
            if (list.isEmpty()) {
                assertThat(reading.silence().deadline()).isEqualTo(Long.MAX_VALUE);
                return;
            }
            NaiveSilence naive =
                    new NaiveSilence(list, Objects.requireNonNull(hours.get(group)), hours.values(), SILENCE, t);
            String place = "seed=%d group=%s t=%d".formatted(seed, group, t);
            if (reading.state() == ActivityState.DEAD) {
                assertThat(t - naive.last()).as(place).isGreaterThanOrEqualTo(7 * 24 * HOUR);
                return;
            }
            assertThat(reading.silence().since()).as(place).isEqualTo(naive.last());
            assertThat((double) reading.silence().deadline()).as(place).isCloseTo(naive.deadline(), within(5.0));
            assertThat(reading.silence().probability()).as(place).isCloseTo(naive.probability(), within(1e-6));
            assertThat(reading.silence().expected()).as(place).isCloseTo(naive.expected(), within(1e-6));
            if (Math.abs(t - naive.deadline()) > 5 && Math.abs(t - naive.quietAt()) > 5) {
                assertThat(reading.state() == ActivityState.SILENT).as(place).isEqualTo(naive.isSilent());
                boolean quiet = reading.state() == ActivityState.QUIET;
                assertThat(quiet).as(place).isEqualTo(!naive.isSilent() && t >= naive.quietAt());
            }
        });
    }

    /** The times of each group's messages that were not taken back, in order. */
    private static Map<String, List<Long>> standing(Collection<GroupEvent> accepted) {
        Set<String> revoked = new HashSet<>();
        for (GroupEvent event : accepted) {
            if (event.type() == EventType.MESSAGE_REVOKED && event.target() != null) {
                revoked.add(event.target());
            }
        }
        Map<String, List<Long>> times = new TreeMap<>();
        for (GroupEvent event : new HashSet<>(accepted)) {
            if (event.type() == EventType.MESSAGE_SENT && !revoked.contains(event.id())) {
                times.computeIfAbsent(event.group(), g -> new ArrayList<>()).add(event.ts());
            }
        }
        times.values().forEach(list -> list.sort(null));
        return times;
    }
}
