package io.grouppulse.domain.group;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.WindowPlan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who was in a group at moments of the past, with rosters and after days were forgotten. */
class PastMembersTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final long T0 = 1_790_000_000_000L;
    private static final long DAY = 86_400_000;

    private final GroupState group = new GroupState("g1", SETTINGS, new WindowPlan(SETTINGS.windows()));
    private int nextId;

    @Test
    void roster_saysWhoWasInFromItsMomentOn() {
        act("ann", T0);
        act("bob", T0);
        enrol(T0 + 1_000, "bob", "cat");
        act("dan", T0 + 2_000);

        assertThat(membersAt(T0)).containsExactly("ann", "bob");
        assertThat(membersAt(T0 + 999)).containsExactly("ann", "bob");
        assertThat(membersAt(T0 + 1_000)).containsExactly("bob", "cat");
        assertThat(membersAt(T0 + 2_000)).containsExactly("bob", "cat", "dan");
    }

    @Test
    void membersOfForgottenDays_areStillIn() {
        act("ann", T0);
        enrol(T0 + 1_000, "bob");
        act("cat", T0 + 2_000);
        long later = T0 + 20 * DAY;
        act("dan", later);

        assertThat(group.past().rememberedFrom()).isGreaterThan(T0 + 10 * DAY);
        assertThat(membersAt(later - 1)).containsExactly("bob", "cat");
        assertThat(membersAt(later)).containsExactly("bob", "cat", "dan");
    }

    @Test
    void memberWhoTurnsOutToBeStaff_neverWasIn() {
        act("ann", T0);
        act("bob", T0);
        group.enrol(
                new GroupRoster(
                        "g1",
                        T0 + 1_000,
                        1,
                        List.of(new GroupRoster.Entry("ann", Role.CUSTOMER), new GroupRoster.Entry("bob", Role.STAFF))),
                T0 + 1_000);

        assertThat(membersAt(T0)).containsExactly("ann");
    }

    private void act(String member, long ts) {
        group.apply(
                event(EventType.REACTION_ADDED, ts, "e" + nextId++)
                        .group("g1")
                        .member(member)
                        .build(),
                ts,
                ts);
    }

    private void enrol(long ts, String... members) {
        List<GroupRoster.Entry> entries = List.of(members).stream()
                .map(member -> new GroupRoster.Entry(member, Role.CUSTOMER))
                .toList();
        group.enrol(new GroupRoster("g1", ts, 1, entries), ts);
    }

    private Set<String> membersAt(long ts) {
        Set<String> members = new TreeSet<>();
        group.past().membersAt(ts).stream().mapToObj(group::idOf).forEach(members::add);
        return members;
    }
}
