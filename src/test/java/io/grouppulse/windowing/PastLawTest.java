package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.people.Breadth;
import io.grouppulse.domain.people.Cohort;
import io.grouppulse.domain.people.DayBounds;
import io.grouppulse.domain.people.Growth;
import io.grouppulse.domain.people.Joins;
import io.grouppulse.domain.people.MembershipLife;
import io.grouppulse.domain.people.Presence;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.EventBuilder;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is remembered of the last days, and the people measures computed from it, over histories of many days, shuffled,
 * duplicated, sharded and crashed, held against plain loops over the set of events.
 */
class PastLawTest {
    private static final int DAYS_KEPT = 4;
    private static final GroupSettings SETTINGS = remembering(DAYS_KEPT);
    private static final DayBounds BOUNDS = new DayBounds(SETTINGS.zone());
    private static final long DAY = 86_400_000;
    private static final List<Integer> AGES = List.of(1, 2);

    private long stayed;
    private long active;
    private long disappointed;
    private long thrice;
    private long claimBuyers;

    @Test
    void past_shuffledDuplicatedShardedAndCrashed_equalsTheBatchComputation() {
        int crashes = 0;
        for (long seed = 0; seed < 150; seed++) {
            int shards = List.of(1, 4, 16).get((int) (seed % 3));
            SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
            SplittableRandom random = new SplittableRandom(seed);
            Set<GroupEvent> accepted = new HashSet<>();
            for (List<GroupEvent> batch : Disorder.batches(arrivals(seed), 20, seed)) {
                system.take(batch);
                accepted.addAll(batch);
                if (random.nextInt(5) == 0) {
                    compare(system.read(), new Oracle(accepted, system.t()), "seed=" + seed, random);
                }
            }
            crashes += system.crashes();
        }
        assertThat(crashes).isPositive();
        assertThat(stayed).isPositive();
        assertThat(active).isPositive();
        assertThat(claimBuyers).as("buyers with a gift").isPositive();
        assertThat(thrice).as("active in three parts of a day").isPositive();
        assertThat(disappointed).as("invited and left within a day").isPositive();
    }

    /** Real days of a channel that people enter and leave; presence in it is not clean, as in life. */
    @Test
    void past_ofARealChannel_equalsTheBatchComputation() {
        List<GroupEvent> channel = Datasets.ubuntuDisentangle().subList(0, 2_500);
        SimulatedShards system = new SimulatedShards(4, SETTINGS, PlantedBug.NONE, 9);
        Disorder.batches(Disorder.shuffle(channel, SETTINGS.lateness(), 10, 9), 200, 9)
                .forEach(system::take);

        compare(system.read(), new Oracle(new HashSet<>(channel), system.t()), "real", new SplittableRandom(9));
        assertThat(stayed).isPositive();
        assertThat(active).isPositive();
    }

    private void compare(EngineMeasures engines, Oracle oracle, String what, SplittableRandom random) {
        long horizon = BOUNDS.startOf(oracle.today().minusDays(DAYS_KEPT - 1));
        long moment = random.nextLong(horizon, oracle.t + 1);
        Presence presence = new Presence();
        MembershipLife life = new MembershipLife(AGES.size());
        for (GroupState group : engines.groups()) {
            String as = what + " " + group.group();
            assertThat(group.past().rememberedFrom()).as(as).isLessThanOrEqualTo(horizon);
            assertThat(acts(group, horizon)).as(as).isEqualTo(oracle.acts(group.group(), horizon));
            Set<String> members = new TreeSet<>();
            group.past().membersAt(moment).stream().mapToObj(group::memberId).forEach(members::add);
            assertThat(members).as("%s at %d", as, moment).isEqualTo(oracle.membersAt(group.group(), moment));
            presence.addGroup(
                    group.past(),
                    BOUNDS.startOf(oracle.today().minusDays(2)),
                    BOUNDS.startOf(oracle.today()),
                    BOUNDS.endOf(oracle.today()),
                    group::memberId);
            for (long since : new long[] {Breadth.START, moment}) {
                BreadthReading breadth = Breadth.of(
                        group.past(),
                        SETTINGS.zone(),
                        since,
                        oracle.t + 1,
                        group.past().membersAt(oracle.t));
                assertThat(breadth).as(as).isEqualTo(oracle.breadth(group.group(), since));
                thrice += breadth.thriceDaily();
            }
            long from = Math.max(horizon, moment - DAY);
            Growth growth = Growth.of(group.past(), group.sales(from, Long.MAX_VALUE), from, oracle.t + 1);
            assertThat(growth).as(as).isEqualTo(oracle.growth(group.group(), from));
            claimBuyers += growth.buyers();
            life.addGroup(
                    group.past(), BOUNDS, oracle.today(), AGES, oracle.t, capacity(group.group()), group::memberId);
        }
        assertThat(presence.day().count()).as(what).isEqualTo(oracle.people(0));
        assertThat(presence.week().count()).as(what).isEqualTo(oracle.people(2));
        assertThat(life.members()).as(what).isEqualTo(oracle.members());
        assertThat(life.joins().byInviter()).as(what).isEqualTo(oracle.invites());
        assertThat(life.joins().joins()).as(what).isEqualTo(oracle.joins());
        assertThat(life.joins().leaves()).as(what).isEqualTo(oracle.leaves());
        assertThat(life.joins().byChannel()).as(what).isEqualTo(oracle.byChannel());
        assertThat(life.joins().invitations()).as(what).containsExactlyInAnyOrderElementsOf(oracle.invitations());
        assertThat(List.of(life.membersOfLimited(), life.capacity())).as(what).isEqualTo(oracle.fill());
        for (int i = 0; i < AGES.size(); i++) {
            Cohort cohort = life.cohorts().get(i);
            assertThat(cohort).as("%s age %d", what, AGES.get(i)).isEqualTo(oracle.cohort(AGES.get(i)));
            stayed += cohort.stayed();
            active += cohort.active();
        }
        Joins.Invites invites = life.joins().invites();
        disappointed += invites.invites() - invites.stayed();
    }

    /** Unknown for the groups with an even last character. */
    private static int capacity(String group) {
        return group.charAt(group.length() - 1) % 2 == 0 ? 0 : 9;
    }

    private static Map<String, Integer> acts(GroupState group, long from) {
        Map<String, Integer> acts = new TreeMap<>();
        group.past().forEach(from, Long.MAX_VALUE, (type, ts, member, trait) -> {
            if (type.isInteraction()) {
                acts.merge(type + "/" + ts + "/" + group.memberId(member) + "/" + trait.share(), 1, Integer::sum);
            }
        });
        return acts;
    }

    private static List<GroupEvent> arrivals(long seed) {
        long noon = RandomHistory.MIDNIGHT + DAY / 2;
        RandomHistory.Shape shape = new RandomHistory.Shape(200, 3, 8, noon - 4 * DAY, noon + 3 * DAY);
        List<GroupEvent> history = RandomHistory.of(seed, OracleSettings.defaults(), shape);
        return Disorder.shuffle(overChannels(history), SETTINGS.lateness(), 10, seed);
    }

    /** The same events, with joins that come over two channels or say none. */
    private static List<GroupEvent> overChannels(List<GroupEvent> history) {
        List<GroupEvent> told = new ArrayList<>();
        for (GroupEvent event : history) {
            @Nullable String channel = switch (told.size() % 3) {
                case 0 -> "sms";
                case 1 -> null;
                default -> event.channel();
            };
            told.add(
                    event.type() == EventType.MEMBER_JOINED
                            ? EventBuilder.event(event.type(), event.ts(), event.id())
                                    .source(event.source())
                                    .group(event.group())
                                    .member(event.member())
                                    .role(event.role())
                                    .inviter(Objects.requireNonNull(event.inviter()))
                                    .channel(channel)
                                    .build()
                            : event);
        }
        return told;
    }

    private static GroupSettings remembering(int days) {
        GroupSettings usual = GroupSettings.defaults();
        return new GroupSettings(
                usual.zone(),
                usual.windows(),
                usual.lateness(),
                usual.dedupTtl(),
                usual.conversionWindow(),
                usual.attributionClick(),
                usual.attributionView(),
                usual.historyRetention(),
                usual.orderRetention(),
                days);
    }

    /** The same, by the definitions, from the set of all events so far. */
    private record Oracle(Set<GroupEvent> events, long t) {
        LocalDate today() {
            return dayOf(t);
        }

        private static LocalDate dayOf(long ts) {
            return Instant.ofEpochMilli(ts).atZone(SETTINGS.zone()).toLocalDate();
        }

        private List<GroupEvent> of(String group, Predicate<GroupEvent> kind) {
            return events.stream()
                    .filter(event -> event.group().equals(group) && event.member() != null)
                    .filter(kind)
                    .toList();
        }

        private Set<String> groups() {
            Set<String> groups = new TreeSet<>();
            events.forEach(event -> groups.add(event.group()));
            groups.remove("");
            return groups;
        }

        private boolean isAct(GroupEvent event) {
            return event.type().isInteraction()
                    && isCustomer(event)
                    && (event.type() != EventType.MESSAGE_SENT || !isTakenBack(event));
        }

        private static boolean isCustomer(GroupEvent event) {
            return event.role() == null || event.role() == Role.CUSTOMER;
        }

        private boolean isTakenBack(GroupEvent message) {
            return events.stream()
                    .anyMatch(revoked -> revoked.type() == EventType.MESSAGE_REVOKED
                            && revoked.group().equals(message.group())
                            && revoked.source().equals(message.source())
                            && message.id().equals(revoked.target())
                            && revoked.ts() >= message.ts()
                            && revoked.ts() <= message.ts() + 120_000);
        }

        Map<String, Integer> acts(String group, long from) {
            Map<String, Integer> acts = new TreeMap<>();
            for (GroupEvent event : of(group, this::isAct)) {
                if (event.ts() >= from) {
                    acts.merge(
                            event.type() + "/" + event.ts() + "/" + event.member() + "/" + event.share(),
                            1,
                            Integer::sum);
                }
            }
            return acts;
        }

        Set<String> membersAt(String group, long moment) {
            Map<String, Long> seen = new HashMap<>();
            Map<String, Long> left = new HashMap<>();
            for (GroupEvent event : of(group, event -> event.ts() <= moment)) {
                if (event.type() == EventType.MEMBER_LEFT) {
                    left.merge(event.member(), event.ts(), Math::max);
                } else if (isCustomer(event)) {
                    seen.merge(event.member(), event.ts(), Math::max);
                }
            }
            seen.entrySet().removeIf(m -> left.getOrDefault(m.getKey(), Long.MIN_VALUE) >= m.getValue());
            return new TreeSet<>(seen.keySet());
        }

        Growth growth(String group, long from) {
            Map<String, Long> claims = new HashMap<>();
            Set<String> buyers = new HashSet<>();
            for (GroupEvent act : of(group, event -> isCustomer(event) && event.ts() >= from && event.ts() <= t)) {
                if (act.type() == EventType.COUPON_CLAIMED || act.type() == EventType.REDPACKET_CLAIMED) {
                    claims.merge(Objects.requireNonNull(act.member()), act.ts(), Math::min);
                }
            }
            for (NaiveLedger.Payment payment : new NaiveLedger(List.copyOf(events)).payments(from, Long.MAX_VALUE)) {
                if (payment.group().equals(group)
                        && payment.byCustomer()
                        && payment.ts() >= claims.getOrDefault(payment.member(), Long.MAX_VALUE)) {
                    buyers.add(payment.member());
                }
            }
            return new Growth(
                    membersAt(group, from - 1).size(), membersAt(group, t).size(), claims.size(), buyers.size());
        }

        BreadthReading breadth(String group, long since) {
            Map<String, Long> messages = new HashMap<>();
            Map<List<Object>, Set<Integer>> parts = new HashMap<>();
            for (GroupEvent act : of(group, event -> isAct(event) && event.ts() >= since && event.ts() <= t)) {
                String who = Objects.requireNonNull(act.member());
                parts.computeIfAbsent(List.of(who, dayOf(act.ts())), key -> new HashSet<>())
                        .add(Instant.ofEpochMilli(act.ts())
                                        .atZone(SETTINGS.zone())
                                        .getHour()
                                / 4);
                if (act.type() == EventType.MESSAGE_SENT) {
                    messages.merge(who, 1L, Long::sum);
                }
            }
            Set<Object> thrice = new HashSet<>();
            parts.forEach((key, some) -> {
                if (some.size() >= 3) {
                    thrice.add(key.get(0));
                }
            });
            Set<String> lurkers = membersAt(group, t);
            lurkers.removeAll(messages.keySet());
            return new BreadthReading(
                    messages.values().stream().mapToLong(m -> m).sum(),
                    messages.values().stream().mapToLong(m -> m * m).sum(),
                    messages.values().stream()
                            .sorted(Comparator.reverseOrder())
                            .limit(3)
                            .toList(),
                    lurkers.size(),
                    thrice.size());
        }

        long members() {
            return groups().stream()
                    .mapToLong(group -> membersAt(group, t).size())
                    .sum();
        }

        long people(int daysBack) {
            Set<String> people = new HashSet<>();
            for (String group : groups()) {
                of(group, this::isAct).stream()
                        .filter(event -> !dayOf(event.ts()).isBefore(today().minusDays(daysBack))
                                && !dayOf(event.ts()).isAfter(today()))
                        .forEach(event -> people.add(event.member()));
            }
            return people.size();
        }

        private List<GroupEvent> joinsOf(String group, LocalDate day) {
            return of(
                    group,
                    event -> event.type() == EventType.MEMBER_JOINED
                            && isCustomer(event)
                            && dayOf(event.ts()).equals(day));
        }

        long joins() {
            return groups().stream()
                    .mapToLong(group -> joinsOf(group, today()).size())
                    .sum();
        }

        long leaves() {
            return events.stream()
                    .filter(event -> event.type() == EventType.MEMBER_LEFT
                            && dayOf(event.ts()).equals(today()))
                    .count();
        }

        Map<String, Long> byChannel() {
            Map<String, Long> byChannel = new HashMap<>();
            for (String group : groups()) {
                joinsOf(group, today())
                        .forEach(join ->
                                byChannel.merge(join.channel() == null ? "unknown" : join.channel(), 1L, Long::sum));
            }
            return byChannel;
        }

        /** Members of the groups with a known capacity, and what these may have together. */
        List<Long> fill() {
            long in = 0;
            long places = 0;
            for (String group : groups()) {
                places += capacity(group);
                in += capacity(group) > 0 ? membersAt(group, t).size() : 0;
            }
            return List.of(in, places);
        }

        List<Joins.Invitation> invitations() {
            List<Joins.Invitation> invitations = new ArrayList<>();
            for (String group : groups()) {
                for (GroupEvent join : joinsOf(group, today())) {
                    String member = Objects.requireNonNull(join.member());
                    if (join.inviter() != null && !join.inviter().equals(member)) {
                        List<GroupEvent> gone = of(
                                group,
                                event -> event.type() == EventType.MEMBER_LEFT
                                        && member.equals(event.member())
                                        && event.ts() >= join.ts()
                                        && event.ts() < join.ts() + DAY);
                        invitations.add(new Joins.Invitation(member, join.inviter(), join.ts(), gone.isEmpty()));
                    }
                }
            }
            return invitations;
        }

        Map<String, Joins.Invites> invites() {
            Map<String, long[]> sums = new HashMap<>();
            for (Joins.Invitation invitation : invitations()) {
                long[] sum = sums.computeIfAbsent(invitation.inviter(), inviter -> new long[2]);
                sum[0]++;
                sum[1] += invitation.stayed() ? 1 : 0;
            }
            Map<String, Joins.Invites> invites = new HashMap<>();
            sums.forEach((inviter, sum) -> invites.put(inviter, new Joins.Invites(sum[0], sum[1])));
            return invites;
        }

        Cohort cohort(int age) {
            long joined = 0;
            long stayed = 0;
            long active = 0;
            for (String group : groups()) {
                Set<String> cohort = new HashSet<>();
                joinsOf(group, today().minusDays(age)).forEach(join -> cohort.add(join.member()));
                Set<String> later = new HashSet<>();
                of(group, this::isAct).stream()
                        .filter(event -> dayOf(event.ts()).equals(today()))
                        .forEach(event -> later.add(event.member()));
                joined += cohort.size();
                stayed += cohort.stream().filter(membersAt(group, t)::contains).count();
                active += cohort.stream().filter(later::contains).count();
            }
            return new Cohort(joined, stayed, active);
        }
    }
}
