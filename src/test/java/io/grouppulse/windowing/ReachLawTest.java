package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Messages.StimulusResponse;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.bus.Messages.TouchTrait;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.reach.Conversion;
import io.grouppulse.domain.reach.Response;
import io.grouppulse.domain.reach.SaleFactors;
import io.grouppulse.domain.reach.ShareReach;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.stimulus.Stimulus;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.NaiveLedger.Payment;
import io.grouppulse.oracle.NaiveMeasures;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom touches and shares reached, held against plain loops over the definitions. */
class ReachLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final long A = SETTINGS.conversionWindow();
    private static final long STEP = 300_000;
    private static final long SPAN = 40 * 60_000;
    private static final int SEEDS = 40;

    private long converted;
    private long guided;
    private long openers;
    private long leaves;
    private long after;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void reach_shuffledDuplicatedShardedAndCrashed_equalsTheBatchComputation(int shards) {
        for (int i = 0; i < SEEDS; i++) {
            long seed = i * 43L + shards;
            RandomHistory.Shape small = RandomHistory.Shape.small(seed);
            List<GroupEvent> history = RandomHistory.of(
                    seed, OracleSettings.defaults(), new RandomHistory.Shape(250, 2, 4, small.start(), small.end()));
            SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
            Disorder.batches(Disorder.shuffle(history, SETTINGS.lateness(), 10, seed), 20, seed)
                    .forEach(system::take);
            compare(system.read(), new Batch(history), system.t(), seed);
        }
        assertThat(converted).isPositive();
        assertThat(guided).isPositive();
        assertThat(openers).isPositive();
        assertThat(leaves).isPositive();
        assertThat(after).isPositive();
    }

    @Test
    void reach_ofRealSessions_equalsTheBatchComputation() {
        List<GroupEvent> sessions = Datasets.otto();
        SimulatedShards system = new SimulatedShards(4, SETTINGS, PlantedBug.NONE, 8);
        Disorder.batches(Disorder.shuffle(sessions, SETTINGS.lateness(), 10, 8), 20, 8)
                .forEach(system::take);
        Batch batch = new Batch(sessions);
        EngineMeasures engines = system.read();
        Stretch days = new Stretch(system.t() - 5 * 86_400_000L, system.t() + 1);
        for (TouchTrait trait : TouchTrait.values()) {
            Map<String, Conversion> actual = engines.conversions(trait, days, system.t());
            assertThat(actual).as("%s", trait).isEqualTo(batch.conversions(trait, days, system.t()));
            converted +=
                    actual.values().stream().mapToLong(Conversion::converted).sum();
        }
        assertThat(converted).isPositive();
        assertThat(engines.factors(days)).isEqualTo(batch.factors(days));
    }

    private void compare(EngineMeasures engines, Batch batch, long t, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long from = t - random.nextLong(24 * 3_600_000L);
        Stretch stretch =
                new Stretch(from, random.nextBoolean() ? Long.MAX_VALUE : from + random.nextLong(t - from + 1) + 1);
        for (TouchTrait trait : TouchTrait.values()) {
            Map<String, Conversion> actual = engines.conversions(trait, stretch, t);
            assertThat(actual).as("seed=%d %s", seed, trait).isEqualTo(batch.conversions(trait, stretch, t));
            converted +=
                    actual.values().stream().mapToLong(Conversion::converted).sum();
        }
        Stretch past = new Stretch(from, Math.min(stretch.to(), t + 1));
        assertThat(engines.factors(past)).as("seed=%d", seed).isEqualTo(batch.factors(past));
        Set<StimulusResponse> responses = engines.responses(past, SPAN);
        assertThat(responses).as("seed=%d", seed).isEqualTo(batch.responses(past));
        after += responses.stream().mapToLong(one -> one.after().interactions()).sum();
        Map<String, ShareReach> shares = engines.reach(stretch);
        assertThat(shares).as("seed=%d", seed).isEqualTo(batch.reach(stretch));
        guided += shares.values().stream().mapToLong(ShareReach::orders).sum();
        openers += shares.values().stream().mapToLong(ShareReach::openers).sum();
        leaves += shares.values().stream().mapToLong(ShareReach::leaves).sum();
    }

    /** The same, by the definitions, from the set of all events. */
    private record Batch(List<GroupEvent> events, List<Payment> payments) {
        Batch(List<GroupEvent> events) {
            this(distinct(events), new NaiveLedger(events).payments(Long.MIN_VALUE, Long.MAX_VALUE));
        }

        private static List<GroupEvent> distinct(List<GroupEvent> events) {
            Set<List<String>> seen = new HashSet<>();
            return events.stream()
                    .filter(event -> seen.add(List.of(event.group(), event.source(), event.id())))
                    .toList();
        }

        private static boolean isCustomers(GroupEvent event) {
            return event.member() != null && (event.role() == null || event.role() == Role.CUSTOMER);
        }

        Map<String, Conversion> conversions(TouchTrait trait, Stretch stretch, long t) {
            Map<String, Map<List<String>, List<Long>>> rows = new TreeMap<>();
            for (GroupEvent event : events) {
                if (event.type().isTouch() && isCustomers(event) && isIn(event.ts(), stretch)) {
                    rows.computeIfAbsent(key(trait, event), k -> new TreeMap<>(Comparator.comparing(Object::toString)))
                            .computeIfAbsent(
                                    List.of(event.group(), Objects.requireNonNull(event.member())),
                                    who -> new ArrayList<>())
                            .add(event.ts());
                }
            }
            Map<String, Conversion> conversions = new TreeMap<>();
            rows.forEach((key, byMember) -> {
                Conversion sum = Conversion.NONE;
                for (Map.Entry<List<String>, List<Long>> who : byMember.entrySet()) {
                    List<Long> matured = who.getValue().stream()
                            .filter(touch -> touch + A <= t)
                            .toList();
                    List<Long> within = new ArrayList<>();
                    for (long reach = STEP; reach <= A; reach += STEP) {
                        within.add(pays(trait, key, who.getKey(), who.getValue(), reach));
                    }
                    sum = sum.plus(new Conversion(
                            1,
                            pays(trait, key, who.getKey(), who.getValue(), A),
                            matured.isEmpty() ? 0 : 1,
                            pays(trait, key, who.getKey(), matured, A),
                            within));
                }
                conversions.put(key, sum);
            });
            return conversions;
        }

        private long pays(TouchTrait trait, String key, List<String> who, List<Long> touches, long reach) {
            for (long touch : touches) {
                for (Payment payment : payments) {
                    boolean its = List.of(payment.group(), payment.member()).equals(who) && payment.byCustomer();
                    boolean fits = trait != TouchTrait.ITEM || key.equals(payment.item() == null ? "" : payment.item());
                    if (its && fits && payment.ts() >= touch && payment.ts() <= touch + reach) {
                        return 1;
                    }
                }
            }
            return 0;
        }

        private static String key(TouchTrait trait, GroupEvent event) {
            @Nullable String key = switch (trait) {
                case ALL -> "";
                case COHORT -> Long.toString(event.ts() / STEP * STEP);
                case CHANNEL -> event.channel() == null ? "unknown" : event.channel();
                case SHARE -> event.share();
                case ITEM -> event.item();
            };
            return key == null ? "" : key;
        }

        private static boolean isIn(long ts, Stretch stretch) {
            return ts >= stretch.from() && ts < stretch.to();
        }

        private Set<String> groups() {
            Set<String> groups = new TreeSet<>();
            events.forEach(event -> groups.add(event.group()));
            return groups;
        }

        SaleFactors factors(Stretch stretch) {
            SaleFactors sum = SaleFactors.NONE;
            for (String group : groups()) {
                List<Payment> paid = payments(group, stretch);
                long members = new NaiveMeasures(
                                OracleSettings.defaults(), of(group, event -> event.ts() < stretch.to()))
                        .members(stretch.to() - 1)
                        .getOrDefault(group, 0L);
                sum = sum.plus(new SaleFactors(
                        members,
                        people(group, stretch, EventType::isTouch),
                        people(group, stretch, type -> type == EventType.CART_ADDED),
                        people(group, stretch, type -> type == EventType.ORDER_CREATED || type == EventType.ORDER_PAID),
                        paid.stream().map(Payment::member).distinct().count(),
                        paid.size(),
                        paid.stream().mapToLong(Payment::money).sum()));
            }
            return sum;
        }

        private List<Payment> payments(String group, Stretch stretch) {
            return payments.stream()
                    .filter(payment -> payment.group().equals(group) && isIn(payment.ts(), stretch))
                    .toList();
        }

        private List<GroupEvent> acts(String group, Stretch stretch, Predicate<EventType> wanted) {
            return of(
                    group,
                    event -> isCustomers(event)
                            && isIn(event.ts(), stretch)
                            && wanted.test(event.type())
                            && !isTakenBack(event));
        }

        private long people(String group, Stretch stretch, Predicate<EventType> wanted) {
            return acts(group, stretch, wanted).stream()
                    .map(GroupEvent::member)
                    .distinct()
                    .count();
        }

        private boolean isTakenBack(GroupEvent message) {
            return message.type() == EventType.MESSAGE_SENT
                    && events.stream()
                            .anyMatch(revoked -> revoked.type() == EventType.MESSAGE_REVOKED
                                    && revoked.group().equals(message.group())
                                    && revoked.source().equals(message.source())
                                    && message.id().equals(revoked.target())
                                    && revoked.ts() >= message.ts()
                                    && revoked.ts() <= message.ts() + 120_000);
        }

        Set<StimulusResponse> responses(Stretch stretch) {
            Set<StimulusResponse> responses = new HashSet<>();
            for (GroupEvent act : events) {
                if (act.type().isStimulus() && isIn(act.ts(), stretch)) {
                    responses.add(new StimulusResponse(
                            act.group(),
                            new Stimulus(act.ts(), act.type(), act.id(), act.share(), act.item()),
                            response(act.group(), new Stretch(act.ts() - SPAN, act.ts())),
                            response(act.group(), new Stretch(act.ts(), act.ts() + SPAN))));
                }
            }
            return responses;
        }

        private Response response(String group, Stretch stretch) {
            List<Payment> paid = payments(group, stretch);
            return new Response(
                    acts(group, stretch, EventType::isInteraction).size(),
                    people(group, stretch, EventType::isInteraction),
                    paid.size(),
                    paid.stream().mapToLong(Payment::money).sum());
        }

        Map<String, ShareReach> reach(Stretch stretch) {
            Map<String, ShareReach> reach = new TreeMap<>();
            Set<List<String>> posted = new HashSet<>();
            for (GroupEvent event : events) {
                if (event.type() == EventType.SHARE_POSTED && event.share() != null && isIn(event.ts(), stretch)) {
                    posted.add(List.of(event.group(), event.share()));
                }
            }
            posted.forEach(one -> reach.merge(one.get(1), reach(one.get(0), one.get(1), stretch), ShareReach::plus));
            return reach;
        }

        private ShareReach reach(String group, String share, Stretch stretch) {
            List<GroupEvent> posts = of(
                    group,
                    event -> event.type() == EventType.SHARE_POSTED
                            && share.equals(event.share())
                            && isIn(event.ts(), stretch));
            long first = posts.stream().mapToLong(GroupEvent::ts).min().orElseThrow();
            Set<String> openers = new TreeSet<>();
            of(
                            group,
                            event -> event.type() == EventType.SHARE_OPENED
                                    && isCustomers(event)
                                    && share.equals(event.share())
                                    && event.ts() >= first)
                    .forEach(event -> openers.add(Objects.requireNonNull(event.member())));
            long left = of(
                            group,
                            event -> event.type() == EventType.MEMBER_LEFT
                                    && posts.stream()
                                            .anyMatch(post ->
                                                    event.ts() >= post.ts() && event.ts() < post.ts() + 30 * 60_000))
                    .size();
            List<Payment> since = payments.stream()
                    .filter(payment -> payment.group().equals(group) && payment.ts() >= first)
                    .toList();
            List<Payment> guided = since.stream()
                    .filter(payment -> share.equals(payment.share()))
                    .toList();
            Set<@Nullable String> items = new HashSet<>();
            posts.forEach(post -> items.add(post.item()));
            items.remove(null);
            if (items.isEmpty()) {
                guided.forEach(payment -> items.add(payment.item()));
            }
            List<Payment> ofItems = since.stream()
                    .filter(payment -> payment.item() != null && items.contains(payment.item()))
                    .toList();
            List<GroupEvent> before = of(group, event -> event.ts() <= first);
            long members = new NaiveMeasures(OracleSettings.defaults(), before)
                    .members(first)
                    .getOrDefault(group, 0L);
            return new ShareReach(
                    posts.size(),
                    1,
                    openers.size(),
                    members,
                    left,
                    guided.size(),
                    guided.stream().mapToLong(Payment::money).sum(),
                    ofItems.size(),
                    ofItems.stream().mapToLong(Payment::money).sum());
        }

        private List<GroupEvent> of(String group, Predicate<GroupEvent> kind) {
            return events.stream()
                    .filter(event -> event.group().equals(group))
                    .filter(kind)
                    .toList();
        }
    }
}
