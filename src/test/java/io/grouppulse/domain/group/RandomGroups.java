package io.grouppulse.domain.group;

import static java.util.Objects.requireNonNull;

import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One group that lives through a random history, in disorder, with duplicates, profiles and rosters between. */
final class RandomGroups {
    static final GroupSettings SETTINGS = GroupSettings.defaults();
    static final WindowPlan PLAN = new WindowPlan(SETTINGS.windows());

    private final SplittableRandom random;
    private final List<GroupEvent> arrivals;
    private final boolean withRosters;
    private int next;
    private long version;

    RandomGroups(long seed, boolean withRosters) {
        this.random = new SplittableRandom(seed);
        this.withRosters = withRosters;
        List<GroupEvent> history = RandomHistory.of(seed, OracleSettings.defaults()).stream()
                .filter(event -> event.group().equals("g0"))
                .toList();
        this.arrivals = Disorder.shuffle(history, SETTINGS.lateness(), 10, seed);
    }

    static GroupState newGroup() {
        return new GroupState("g0", SETTINGS, PLAN);
    }

    boolean hasNext() {
        return next < arrivals.size();
    }

    /** What arrives next: something to be done to each twin of the group. */
    Step next() {
        GroupEvent event = arrivals.get(next++);
        int choice = withRosters ? random.nextInt(20) : 1;
        if (choice == 0) {
            GroupRoster roster = roster(event.ts());
            return (group, now) -> group.enrol(roster, now);
        } else if (choice == 2) {
            GroupProfile profile =
                    new GroupProfile("g0", "群", List.of("bbg/hunan", "retail"), 500, List.of("new"), "owner");
            return (group, now) -> group.register(profile, now);
        }
        return (group, now) -> {
            long t = Math.max(now, event.ts());
            group.apply(event, t, t);
            group.reached(group.position() + 1, t);
        };
    }

    private GroupRoster roster(long ts) {
        List<GroupRoster.Entry> entries = new ArrayList<>();
        for (int member = 0; member < 6; member++) {
            if (random.nextBoolean()) {
                entries.add(new GroupRoster.Entry("m" + member, member == 3 ? Role.STAFF : Role.CUSTOMER));
            }
        }
        return new GroupRoster("g0", ts, ++version, entries);
    }

    /** Does one thing to a group whose T is {@code now} at least. */
    interface Step {
        void doTo(GroupState group, long now);
    }

    /** Every part, as if the group had never been saved. */
    static Map<String, byte[]> saved(GroupState group) {
        SavedGroup.unsaved(group);
        Map<String, byte[]> parts = new HashMap<>();
        Map<String, byte @Nullable []> written = SavedGroup.save(group);
        written.forEach((name, bytes) -> {
            if (bytes != null) {
                parts.put(name, bytes);
            }
        });
        return parts;
    }

    static GroupState twinOf(GroupState group) {
        return SavedGroup.restore(saved(group), SETTINGS, PLAN);
    }

    static byte[] stateOf(Map<String, byte[]> parts) {
        return requireNonNull(parts.get("state"));
    }
}
