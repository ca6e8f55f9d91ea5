package io.grouppulse.domain.group;

import static io.grouppulse.domain.group.RandomGroups.newGroup;
import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who is in a group when rosters and events tell of it, and who counts as a customer. */
class RosterTest {
    private static final long T0 = 1_794_240_000_000L;
    private static final String STAFF = "m5";
    private static final List<EventType> SIGNS = List.of(
            EventType.MEMBER_JOINED,
            EventType.MESSAGE_SENT,
            EventType.PRODUCT_VIEWED,
            EventType.ORDER_PAID,
            EventType.MESSAGE_REVOKED);

    @Test
    void members_ofRostersAndEventsInAnyOrder_equalTheDefinition() {
        for (long seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<GroupEvent> events = new ArrayList<>();
            List<GroupRoster> rosters = new ArrayList<>();
            GroupState group = newGroup();
            long now = T0;
            for (int step = 0; step < 25; step++) {
                now += random.nextLong(3);
                if (random.nextInt(6) == 0) {
                    GroupRoster roster = roster(random, now, rosters.size());
                    rosters.add(roster);
                    group.enrol(roster, now);
                } else {
                    GroupEvent event = comingOrGoing(random, now - random.nextLong(12), step);
                    events.add(event);
                    group.apply(event, now, now);
                }
                assertThat(group.read().members())
                        .as("seed=%d step=%d", seed, step)
                        .isEqualTo(membersByDefinition(events, rosters));
            }
        }
    }

    private static GroupRoster roster(SplittableRandom random, long ts, int known) {
        List<GroupRoster.Entry> entries = new ArrayList<>();
        for (int member = 0; member < 6; member++) {
            if (random.nextBoolean()) {
                String id = "m" + member;
                entries.add(new GroupRoster.Entry(id, id.equals(STAFF) ? Role.STAFF : Role.CUSTOMER));
            }
        }
        long version = random.nextInt(4) == 0 ? random.nextInt(known + 1) : known + 1;
        return new GroupRoster("g0", ts, version, entries);
    }

    private static GroupEvent comingOrGoing(SplittableRandom random, long ts, int step) {
        EventType type = random.nextInt(3) == 0 ? EventType.MEMBER_LEFT : SIGNS.get(random.nextInt(SIGNS.size()));
        return event(type, ts, "e" + step)
                .group("g0")
                .member("m" + random.nextInt(7))
                .order("o" + step)
                .build();
    }

    /** Seen, on a roster or by an event, later than it left or a roster did not list it; rosters in force only. */
    private static long membersByDefinition(List<GroupEvent> events, List<GroupRoster> rosters) {
        List<GroupRoster> inForce = inForce(rosters);
        Set<String> all = new HashSet<>();
        events.forEach(event -> all.add(String.valueOf(event.member())));
        inForce.forEach(roster -> roster.members().forEach(entry -> all.add(entry.member())));
        return all.stream()
                .filter(member -> !isOnRosterAsStaff(member, inForce) && isIn(member, events, inForce))
                .count();
    }

    private static List<GroupRoster> inForce(List<GroupRoster> rosters) {
        List<GroupRoster> inForce = new ArrayList<>();
        for (GroupRoster roster : rosters) {
            boolean isNewer = inForce.stream()
                    .allMatch(other -> roster.version() > other.version()
                            || (roster.version() == other.version() && roster.ts() > other.ts()));
            if (isNewer) {
                inForce.add(roster);
            }
        }
        return inForce;
    }

    private static boolean isOnRosterAsStaff(String member, List<GroupRoster> inForce) {
        return member.equals(STAFF) && inForce.stream().anyMatch(roster -> lists(roster, member));
    }

    private static boolean isIn(String member, List<GroupEvent> events, List<GroupRoster> inForce) {
        long seen = Long.MIN_VALUE;
        long left = Long.MIN_VALUE;
        for (GroupEvent event : events) {
            if (member.equals(event.member())) {
                boolean isLeave = event.type() == EventType.MEMBER_LEFT;
                seen = isLeave ? seen : Math.max(seen, event.ts());
                left = isLeave ? Math.max(left, event.ts()) : left;
            }
        }
        for (GroupRoster roster : inForce) {
            seen = lists(roster, member) ? Math.max(seen, roster.ts()) : seen;
            left = lists(roster, member) ? left : Math.max(left, roster.ts());
        }
        return seen > left;
    }

    private static boolean lists(GroupRoster roster, String member) {
        return roster.members().stream().anyMatch(entry -> entry.member().equals(member));
    }

    @Test
    void staffOnARoster_whoActedBefore_countsNowhereAsACustomer() {
        GroupState group = newGroup();
        applyDayOf("m1", group);
        applyDayOf("m2", group);

        group.enrol(roster(2, "m1", Role.CUSTOMER, "m2", Role.STAFF), T0 + 10_000);

        GroupReading reading = group.read();
        assertThat(reading.members()).isEqualTo(1);
        assertCustomers(reading, 1);
        Counts window = reading.windows().get(1);
        assertThat(window.get(Column.MESSAGES)).isEqualTo(2);
        assertThat(window.get(Column.INTERACTIONS)).isEqualTo(10);
        assertThat(window.get(Column.BUYERS)).isEqualTo(2);
    }

    @Test
    void staffOnARoster_whoActsAfterwards_countsNowhereAsACustomer() {
        GroupState group = newGroup();
        group.enrol(roster(1, "m1", Role.CUSTOMER, "m2", Role.STAFF), T0);
        applyDayOf("m1", group);
        applyDayOf("m2", group);

        assertThat(group.read().members()).isEqualTo(1);
        assertCustomers(group.read(), 1);
    }

    @Test
    void staffOnARoster_whosePaymentTurnsOutEarlier_doesNotComeBack() {
        GroupState group = newGroup();
        applyDayOf("m2", group);
        group.apply(act("m2", EventType.ORDER_PAID, 6, "second"), T0, T0 + 10_000);
        group.enrol(roster(1, "m1", Role.CUSTOMER, "m2", Role.STAFF), T0 + 10_000);

        group.apply(act("m2", EventType.ORDER_PAID, 2, "second"), T0, T0 + 10_000);

        assertCustomers(group.read(), 0);
    }

    private static void assertCustomers(GroupReading reading, long expected) {
        for (Counts counts : List.of(reading.windows().get(1), reading.windows().get(3), reading.today())) {
            for (Column column : List.of(
                    Column.SPEAKERS,
                    Column.ACTIVE,
                    Column.TOUCHED,
                    Column.CARTED,
                    Column.ORDERED,
                    Column.PAID,
                    Column.CONVERTED)) {
                assertThat(counts.get(column)).as(column.name()).isEqualTo(expected);
            }
        }
    }

    private static void applyDayOf(String member, GroupState group) {
        group.apply(act(member, EventType.MESSAGE_SENT, 1, "first"), T0, T0 + 10_000);
        group.apply(act(member, EventType.PRODUCT_VIEWED, 2, "first"), T0, T0 + 10_000);
        group.apply(act(member, EventType.CART_ADDED, 3, "first"), T0, T0 + 10_000);
        group.apply(act(member, EventType.ORDER_CREATED, 4, "first"), T0, T0 + 10_000);
        group.apply(act(member, EventType.ORDER_PAID, 5, "first"), T0, T0 + 10_000);
    }

    private static GroupEvent act(String member, EventType type, int second, String order) {
        return event(type, T0 + second * 1_000L, member + type + second)
                .group("g0")
                .member(member)
                .order(member + order)
                .build();
    }

    private static GroupRoster roster(long version, String first, Role firstRole, String second, Role secondRole) {
        return new GroupRoster(
                "g0",
                T0,
                version,
                List.of(new GroupRoster.Entry(first, firstRole), new GroupRoster.Entry(second, secondRole)));
    }
}
