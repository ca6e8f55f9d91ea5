package io.grouppulse.windowing;

import static io.grouppulse.oracle.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.groupbuy.BuySum;
import io.grouppulse.oracle.Disorder;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group-buys end the same whatever the order of arrival; held against a walk through the sorted events. */
class GroupBuyLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final List<EventType> TYPES = List.of(
            EventType.GROUPBUY_OPENED,
            EventType.GROUPBUY_JOINED,
            EventType.GROUPBUY_JOINED,
            EventType.GROUPBUY_FORMED,
            EventType.GROUPBUY_FAILED);

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void groupBuys_shuffledDuplicatedShardedAndCrashed_endAsInTheBatch(int shards) {
        BuySum seen = BuySum.NONE;
        for (int i = 0; i < 60; i++) {
            long seed = i * 47L + shards;
            List<GroupEvent> history = history(seed);
            SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
            Disorder.batches(Disorder.shuffle(history, SETTINGS.lateness(), 10, seed), 20, seed)
                    .forEach(system::take);
            long from = RandomHistory.MIDNIGHT + 60_000;
            Map<String, BuySum> actual = system.read().groupBuys(new Stretch(from, from + 1_200_000));
            assertThat(actual).as("seed=%d", seed).isEqualTo(batch(history, from, from + 1_200_000));
            seen = actual.values().stream().reduce(seen, BuySum::plus);
        }
        assertThat(seen.formed()).isPositive();
        assertThat(seen.failed()).isPositive();
        assertThat(seen.open()).isPositive();
        assertThat(seen.oneShort()).isPositive();
    }

    private static List<GroupEvent> history(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<GroupEvent> events = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            EventType type = TYPES.get(random.nextInt(TYPES.size()));
            long ts = RandomHistory.MIDNIGHT + random.nextLong(100) * 15_000;
            events.add(event(type, ts, "e" + i)
                    .group("g" + random.nextInt(3))
                    .member(type.needsMember() ? "m" + random.nextInt(5) : null)
                    .item("sku" + random.nextInt(2), 1)
                    .build());
        }
        events.sort(Comparator.comparingLong(GroupEvent::ts));
        return events;
    }

    private static Map<String, BuySum> batch(List<GroupEvent> events, long from, long to) {
        Map<List<String>, List<GroupEvent>> byGroupAndItem = new TreeMap<>(Comparator.comparing(Object::toString));
        for (GroupEvent event : events) {
            byGroupAndItem
                    .computeIfAbsent(
                            List.of(event.group(), Objects.requireNonNull(event.item())), key -> new ArrayList<>())
                    .add(event);
        }
        Map<String, BuySum> sums = new TreeMap<>();
        byGroupAndItem.forEach((key, some) -> sums.merge(key.get(1), ofOne(some, from, to), BuySum::plus));
        sums.values().removeIf(BuySum.NONE::equals);
        return sums;
    }

    private record Bought(long openedAt, Set<String> people, List<EventType> outcome) {}

    private static BuySum ofOne(List<GroupEvent> events, long from, long to) {
        List<Bought> all = new ArrayList<>();
        events.stream()
                .sorted(Comparator.comparingLong(GroupEvent::ts)
                        .thenComparing(GroupEvent::type)
                        .thenComparingLong(event -> io.grouppulse.domain.event.EventKey.of(event.source(), event.id())))
                .forEach(event -> {
                    if (event.type() == EventType.GROUPBUY_OPENED) {
                        all.add(new Bought(
                                event.ts(),
                                new HashSet<>(Set.of(Objects.requireNonNull(event.member()))),
                                new ArrayList<>()));
                        return;
                    }
                    for (Bought buy : all) {
                        if (buy.outcome.isEmpty()) {
                            if (event.type() == EventType.GROUPBUY_JOINED) {
                                buy.people.add(Objects.requireNonNull(event.member()));
                            } else {
                                buy.outcome.add(event.type());
                            }
                            return;
                        }
                    }
                });
        int size = all.stream()
                .filter(buy -> buy.outcome.contains(EventType.GROUPBUY_FORMED))
                .mapToInt(buy -> buy.people.size())
                .min()
                .orElse(0);
        BuySum sum = BuySum.NONE;
        for (Bought buy : all) {
            if (buy.openedAt >= from && buy.openedAt < to) {
                boolean formed = buy.outcome.contains(EventType.GROUPBUY_FORMED);
                boolean failed = buy.outcome.contains(EventType.GROUPBUY_FAILED);
                boolean isShort = !formed && buy.people.size() == size - 1;
                sum = sum.plus(new BuySum(1, buy.people.size() - 1, formed ? 1 : 0, failed ? 1 : 0, isShort ? 1 : 0));
            }
        }
        return sum;
    }
}
