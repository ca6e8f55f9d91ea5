package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskLedger;
import io.grouppulse.bus.Messages.AskOrderBoard;
import io.grouppulse.bus.Messages.Ledger;
import io.grouppulse.bus.Messages.LedgerLine;
import io.grouppulse.bus.Messages.OrderBoard;
import io.grouppulse.bus.Messages.OrderSum;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.orderrain.OrderEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the orders behind the numbers of a shard, one by one or summed by what they name. */
final class LedgerReader {
    private LedgerReader() {}

    static GroupWalk<Ledger> walk(ShardEngine engine, AskLedger ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        List<LedgerLine> lines = new ArrayList<>();
        return new GroupWalk<>(
                        groups,
                        group -> group.forEachOrder(
                                ask.from(),
                                ask.to(),
                                order -> lines.add(
                                        new LedgerLine(group.group(), group.memberId(order.member()), order))),
                        () -> new Ledger(!groups.isEmpty(), lines))
                .since(ask.from());
    }

    static GroupWalk<OrderBoard> walk(ShardEngine engine, AskOrderBoard ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        Map<String, Sum> sums = new HashMap<>();
        return new GroupWalk<>(
                        groups,
                        group -> group.forEachOrder(
                                ask.stretch().from(),
                                ask.stretch().to(),
                                order -> sums.computeIfAbsent(named(group, order, ask.trait()), text -> new Sum())
                                        .add(group, order)),
                        () -> {
                            Map<String, OrderSum> board = new HashMap<>();
                            sums.forEach((text, sum) -> board.put(text, new OrderSum(sum.counts.read(), sum.buyers)));
                            return new OrderBoard(!groups.isEmpty(), board);
                        })
                .since(ask.stretch().from());
    }

    private static String named(GroupState group, OrderEntry order, OrderTrait trait) {
        @Nullable String text = switch (trait) {
            case GROUP -> group.group();
            case ITEM -> order.item();
            case SHARE -> order.share();
            case CHANNEL -> order.channel();
        };
        return text == null ? "" : text;
    }

    /** A running sum over groups, one after the other; a member of two groups is a buyer in each. */
    private static final class Sum {
        private final Counts.Sum counts = new Counts.Sum();
        private final Set<Integer> buyersOfGroup = new HashSet<>();
        private @Nullable GroupState current;
        private long buyers;

        void add(GroupState group, OrderEntry order) {
            if (group != current) {
                current = group;
                buyersOfGroup.clear();
            }
            counts.add(order.counts());
            if (order.counts().get(Column.ORDERS_PAID) > 0 && buyersOfGroup.add(order.member())) {
                buyers++;
            }
        }
    }
}
