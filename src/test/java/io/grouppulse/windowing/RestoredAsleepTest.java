package io.grouppulse.windowing;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.group.ActivityState;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
import io.grouppulse.domain.group.SleepingGroup;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A shard that leaves its quiet groups asleep when it is recovered says what one says that wakes them all. */
class RestoredAsleepTest {
    private static final long NOON = 1_790_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long NOW = NOON + 4 * DAY;

    @Test
    void quietGroups_restoredAsleep_sayTheSameAsAwake() {
        Map<String, byte[]> saved = saved();
        ShardEngine awake = engine();
        awake.restore(2, saved);
        ShardEngine asleep = engine();
        asleep.restore(2, saved, NOW);

        assertThat(awake.known("quiet")).isInstanceOf(GroupState.class);
        assertThat(asleep.known("quiet")).isInstanceOf(SleepingGroup.class);
        assertThat(asleep.known("busy")).isInstanceOf(GroupState.class);
        assertThat(asleep.t()).isEqualTo(awake.t());
        for (ShardEngine engine : List.of(awake, asleep)) {
            engine.apply(entry(3, NOW, message(NOW - 1_000, "quiet", "e3"), message(NOON, "quiet", "e1")));
        }
        assertThat(readings(asleep, NOW)).isEqualTo(readings(awake, NOW));
        assertThat(readings(asleep, NOW + DAY)).isEqualTo(readings(awake, NOW + DAY));
    }

    @Test
    void groupRestoredAsleep_isSavedWholeAgain() {
        ShardEngine first = engine();
        first.restore(2, saved(), NOW);
        first.apply(entry(3, NOW, message(NOW - 1_000, "quiet", "e3")));
        ShardEngine second = engine();
        second.restore(3, saved(first), NOW);

        assertThat(readings(second, NOW)).isEqualTo(readings(first, NOW));
    }

    /** Whatever was saved when, and however long nothing happened: what was restored asleep is what was never restarted. */
    @Test
    void groups_restoredAsleep_thenAskedOrWoken_areThoseNeverRestarted() {
        int settled = 0;
        int stale = 0;
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ShardEngine engine = engine();
            Map<String, byte[]> store = new HashMap<>();
            long position = live(engine, store, seed);
            long quiet = engine.t() + DAY / 2 + random.nextLong(random.nextBoolean() ? 4 * DAY : 50 * DAY);
            for (long now = engine.t(); now < quiet; now += HOUR + random.nextLong(DAY)) {
                engine.tick(now);
                if (random.nextBoolean()) {
                    save(engine, store);
                }
            }
            engine.tick(quiet);
            ShardEngine restored = engine();
            restored.restore(engine.position(), store, quiet);
            for (KnownGroup group : restored.known()) {
                settled +=
                        group instanceof SleepingGroup && engine.known(group.group()) instanceof SleepingGroup ? 1 : 0;
                stale += group instanceof SleepingGroup ? 0 : 1;
            }
            if (random.nextBoolean()) {
                assertSame(restored, engine, quiet, seed);
            }
            long later = quiet + random.nextLong(3 * DAY);
            LogEntry entry =
                    entry(position + 1, later, message(later - 5, "g1", "woken"), message(quiet, "g0", "again"));
            restored.apply(entry);
            engine.apply(entry);
            assertSame(restored, engine, later, seed);
            assertSame(restored, engine, later + HOUR, seed);
            assertSame(restored, engine, later + 5 * DAY, seed);
            assertSame(restored, engine, later + 45 * DAY, seed);
        }
        assertThat(settled).as("restored asleep").isGreaterThan(40);
        assertThat(stale).as("restored awake").isPositive();
    }

    @Test
    void groupsRestoredAsleep_areNotReadAgain_untilSomethingIsDue() {
        ShardEngine first = engine();
        first.restore(2, saved(), NOON + 8 * DAY);
        first.tick(NOON + 8 * DAY);
        Map<String, byte[]> asleep = new HashMap<>();
        save(first, asleep);
        ShardEngine second = engine();
        second.restore(2, asleep, NOON + 8 * DAY + HOUR);
        KnownGroup kept = second.known("quiet");

        assertThat(second.tick(NOON + 8 * DAY + HOUR).changed()).hasSize(2);
        assertThat(second.known("quiet")).as("the bytes that were saved").isSameAs(kept);
        assertThat(second.saving().hasUnsaved()).isFalse();
        second.tick(NOON + 60 * DAY);
        assertThat(second.known("quiet")).as("its past is forgotten").isNotSameAs(kept);
        assertThat(second.saving().hasUnsaved()).isTrue();
    }

    /** Deadlines are kept to the second, rounded up: by them alone it would be found dead only with the next one. */
    @Test
    void groupRestoredAsleep_inWhichSomethingIsDueBeforeTheSecondIsOver_isReadAgain() {
        ShardEngine first = engine();
        first.restore(2, saved());
        first.apply(entry(3, NOW, message(NOW - 1, "quiet", "e3")));
        first.tick(NOW);
        first.tick(NOW + 5 * DAY);
        Map<String, byte[]> saved = saved(first);
        long dies = NOW - 1 + 7 * DAY;
        ShardEngine awake = engine();
        awake.restore(3, saved);
        ShardEngine asleep = engine();
        asleep.restore(3, saved, dies);

        assertThat(asleep.known("quiet")).isInstanceOf(SleepingGroup.class);
        List<GroupReading> told = readings(asleep, dies);
        assertThat(told).isEqualTo(readings(awake, dies));
        assertThat(told).extracting(GroupReading::state).containsOnly(ActivityState.DEAD);
    }

    /** Lets it live through a history, saved now and then as it goes; returns its position. */
    private static long live(ShardEngine engine, Map<String, byte[]> store, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<GroupEvent> arrivals = Disorder.shuffle(
                RandomHistory.of(seed, OracleSettings.defaults()),
                GroupSettings.defaults().lateness(),
                10,
                seed);
        long position = 0;
        for (List<GroupEvent> batch : Disorder.batches(arrivals, 9, seed)) {
            long now = Math.max(
                    engine.t(), batch.stream().mapToLong(GroupEvent::ts).max().orElseThrow());
            engine.apply(new LogEntry(0, ++position, now, now, List.copyOf(batch)));
            if (random.nextInt(4) == 0) {
                engine.tick(now);
                save(engine, store);
            }
        }
        save(engine, store);
        return position;
    }

    private static void save(ShardEngine engine, Map<String, byte[]> store) {
        ShardSaving.Round round = engine.saving().begin(engine.position());
        while (round.writeSome(1)) {
            // all of it
        }
        round.records().forEach((key, bytes) -> {
            if (bytes == null) {
                store.remove(key);
            } else {
                store.put(key, bytes);
            }
        });
    }

    /** In what a tick reads and in what a question finds. */
    private static void assertSame(ShardEngine restored, ShardEngine engine, long now, long seed) {
        assertThat(readings(restored, now))
                .as("seed=%d", seed)
                .usingRecursiveComparison()
                .ignoringFields("rememberedIds", "silence")
                .isEqualTo(readings(engine, now));
        for (GroupState group : engine.groups()) {
            GroupState twin = Objects.requireNonNull(restored.group(group.group()));
            assertThat(told(twin, now)).as("seed=%d", seed).isEqualTo(told(group, now));
        }
    }

    private static List<Object> told(GroupState group, long now) {
        List<Object> told = new ArrayList<>();
        told.add(group.nextDue());
        told.add(group.maySleep());
        told.add(Set.copyOf(group.sales(Long.MIN_VALUE, Long.MAX_VALUE)));
        told.add(group.stimuli(Long.MIN_VALUE, Long.MAX_VALUE));
        told.add(group.groupBuys(Long.MIN_VALUE, Long.MAX_VALUE));
        told.add(group.past().membersAt(now));
        List<String> past = new ArrayList<>();
        group.past()
                .forEach(
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        (type, ts, member, trait) -> past.add(type + " " + ts + " " + group.idOf(member)));
        past.sort(Comparator.naturalOrder());
        told.add(past);
        return told;
    }

    private static List<GroupReading> readings(ShardEngine engine, long now) {
        engine.noteAllChanged();
        return engine.tick(now).changed().stream()
                .sorted(Comparator.comparing(GroupReading::group))
                .toList();
    }

    private static Map<String, byte[]> saved() {
        ShardEngine engine = engine();
        GroupInput roster = new GroupRoster(
                "quiet",
                NOON,
                1,
                List.of(
                        new GroupRoster.Entry("m", Role.CUSTOMER),
                        new GroupRoster.Entry("n", Role.CUSTOMER),
                        new GroupRoster.Entry("boss", Role.STAFF)));
        engine.apply(entry(1, NOON, roster, message(NOON - 5, "quiet", "e1"), message(NOON - 5, "busy", "e1")));
        engine.tick(NOON);
        engine.apply(entry(2, NOON + 3 * DAY, message(NOON + 3 * DAY, "busy", "e2")));
        engine.tick(NOON + 3 * DAY);
        return saved(engine);
    }

    private static Map<String, byte[]> saved(ShardEngine engine) {
        engine.groups().forEach(group -> engine.saving().noteChange(group.group()));
        ShardSaving.Round round = engine.saving().begin(engine.position());
        while (round.writeSome(1)) {
            // all of it
        }
        Map<String, byte[]> records = new HashMap<>();
        round.records().forEach((key, bytes) -> {
            if (bytes != null) {
                records.put(key, bytes);
            }
        });
        return records;
    }

    private static ShardEngine engine() {
        return new ShardEngine(GroupSettings.defaults(), false);
    }

    private static LogEntry entry(long position, long now, GroupInput... inputs) {
        return new LogEntry(0, position, now, now, List.of(inputs));
    }

    private static GroupInput message(long ts, String group, String id) {
        return event(EventType.MESSAGE_SENT, ts, id).group(group).member("m").build();
    }
}
