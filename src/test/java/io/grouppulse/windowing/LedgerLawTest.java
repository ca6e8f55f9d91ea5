package io.grouppulse.windowing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grouppulse.bus.Messages.LedgerLine;
import io.grouppulse.bus.Messages.OrderBoard;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.orderrain.OrderEntry;
import io.grouppulse.oracle.Datasets;
import io.grouppulse.oracle.Disorder;
import io.grouppulse.oracle.NaiveLedger;
import io.grouppulse.oracle.OracleSettings;
import io.grouppulse.oracle.RandomHistory;
import io.grouppulse.windowing.SimulatedShards.PlantedBug;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ledger and the boards of orders say the same whatever the order within the lateness, the duplicates, the batches, the
 * shards and the crashes; held against a naive batch computation.
 */
class LedgerLawTest {
    private static final GroupSettings SETTINGS = GroupSettings.defaults();
    private static final int SEEDS = 150;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void ledger_shuffledDuplicatedShardedAndCrashed_equalsTheBatchComputation(int shards) {
        int crashes = 0;
        for (int i = 0; i < SEEDS; i++) {
            long seed = i * 31L + shards;
            List<GroupEvent> history = RandomHistory.of(seed, OracleSettings.defaults());
            crashes += compare(withTraits(history, seed), shards, seed);
        }
        assertThat(crashes).as("crashes survived").isGreaterThan(SEEDS / 2);
    }

    @Test
    void ledger_ofRealBaskets_equalsTheBatchComputation() {
        List<GroupEvent> baskets = Datasets.completeJourney();
        compare(baskets.subList(baskets.size() - 2_000, baskets.size()), 4, 7);
        compare(Datasets.otto(), 4, 8);
    }

    /** The same events, in which what is said of one order differs from event to event, or is not said. */
    private static List<GroupEvent> withTraits(List<GroupEvent> history, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return history.stream()
                .map(event -> event.order() == null
                        ? event
                        : new GroupEvent(
                                event.source(),
                                event.id(),
                                event.type(),
                                event.ts(),
                                event.group(),
                                event.member(),
                                event.role(),
                                event.order(),
                                event.amount(),
                                trait("sku", random),
                                event.quantity(),
                                trait("share", random),
                                event.inviter(),
                                trait("channel", random),
                                event.campaign(),
                                event.reason(),
                                event.target(),
                                event.chain()))
                .toList();
    }

    private static @Nullable String trait(String name, SplittableRandom random) {
        int number = random.nextInt(4);
        return number == 0 ? null : name + number;
    }

    private static int compare(List<GroupEvent> history, int shards, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedShards system = new SimulatedShards(shards, SETTINGS, PlantedBug.NONE, seed);
        Disorder.batches(Disorder.shuffle(history, SETTINGS.lateness(), 10, seed), 20, seed)
                .forEach(system::take);
        EngineMeasures measures = system.read();
        NaiveLedger naive = new NaiveLedger(remembered(history, system.t()));
        long last = system.t() + 1;
        long first = last - SETTINGS.orderRetention() / 2;
        for (int part = 0; part < 4; part++) {
            long from = part == 0 ? first : last - 1 - random.nextLong(3_600_000L << (2 * part));
            long to = part == 0 ? Long.MAX_VALUE : from + 1 + random.nextLong(last - from);
            assertThat(measures.ledger(from, to).stream().map(LedgerLawTest::line))
                    .as("seed %d, %d to %d", seed, from, to)
                    .containsExactlyInAnyOrderElementsOf(naive.lines(from, to));
            assertBoards(measures, naive, from, to);
        }
        return system.crashes();
    }

    /** Without the orders that are older than an order is remembered. */
    private static List<GroupEvent> remembered(List<GroupEvent> history, long t) {
        return history.stream()
                .filter(event -> event.ts() > t - SETTINGS.orderRetention())
                .toList();
    }

    static List<@Nullable Object> line(LedgerLine line) {
        OrderEntry order = line.order();
        return Arrays.asList(
                line.group(),
                order.source(),
                order.order(),
                line.member(),
                timeOrNull(order.createdAt()),
                timeOrNull(order.paidAt()),
                timeOrNull(order.cancelledAt()),
                order.item(),
                order.share(),
                order.channel(),
                order.counts().get(Column.ORDERS_CREATED),
                order.counts().get(Column.ORDERS_PAID),
                order.counts().get(Column.GMV_PAID),
                net(order.counts()));
    }

    private static @Nullable Long timeOrNull(long ts) {
        return ts == OrderEntry.NEVER ? null : ts;
    }

    private static long net(Counts counts) {
        return counts.get(Column.GMV_PAID) - counts.get(Column.REFUNDS) - counts.get(Column.CANCELLED_AFTER_PAID);
    }

    private static void assertBoards(EngineMeasures measures, NaiveLedger naive, long from, long to) {
        Map<OrderTrait, Function<GroupEvent, @Nullable String>> traits = Map.of(
                OrderTrait.GROUP, GroupEvent::group,
                OrderTrait.ITEM, GroupEvent::item,
                OrderTrait.SHARE, GroupEvent::share,
                OrderTrait.CHANNEL, GroupEvent::channel);
        traits.forEach((trait, of) -> {
            Map<String, List<Long>> board = new TreeMap<>();
            for (OrderBoard answer : measures.boards(trait, from, to)) {
                answer.sums()
                        .forEach((text, sum) -> board.merge(
                                text,
                                List.of(
                                        sum.counts().get(Column.ORDERS_PAID),
                                        sum.counts().get(Column.GMV_PAID),
                                        net(sum.counts()),
                                        sum.buyers()),
                                LedgerLawTest::plus));
            }
            assertThat(board).as("%s %d to %d", trait, from, to).isEqualTo(naive.board(of, from, to));
        });
    }

    private static List<Long> plus(List<Long> one, List<Long> other) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            sum.add(one.get(i) + other.get(i));
        }
        return sum;
    }
}
