package io.grouppulse.windowing;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.SleepingGroup;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.eventlog.LogEntry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A shard that leaves its quiet groups asleep when it is recovered says what one says that wakes them all. */
class RestoredAsleepTest {
    private static final long NOON = 1_790_000_000_000L;
    private static final long DAY = 86_400_000;
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
