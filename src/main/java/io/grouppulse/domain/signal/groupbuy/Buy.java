package io.grouppulse.domain.signal.groupbuy;

import io.grouppulse.domain.event.EventType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One group-buy: when it was opened, who is in, and how it ended. */
final class Buy {
    private final String item;
    private final long openedAt;
    private final BitSet people = new BitSet();
    private @Nullable EventType outcome;

    private Buy(BuyAct opening) {
        this.item = opening.item();
        this.openedAt = opening.ts();
        this.people.set(opening.member());
    }

    /**
     * Puts acts together. Of several buys of an item that are open at once, joins and outcomes belong to the oldest.
     *
     * @param acts in the order of {@link BuyAct#IN_TIME}
     */
    static List<Buy> of(Iterable<BuyAct> acts) {
        List<Buy> all = new ArrayList<>();
        Map<String, Deque<Buy>> open = new HashMap<>();
        for (BuyAct act : acts) {
            Deque<Buy> ofItem = open.computeIfAbsent(act.item(), item -> new ArrayDeque<>());
            if (act.type() == EventType.GROUPBUY_OPENED) {
                Buy opened = new Buy(act);
                all.add(opened);
                ofItem.add(opened);
            } else if (!ofItem.isEmpty() && act.isOutcome()) {
                ofItem.remove().outcome = act.type();
            } else if (!ofItem.isEmpty()) {
                ofItem.element().people.set(act.member());
            }
        }
        return all;
    }

    /** For each item, what became of the buys that were opened in {@code from <= ts < to}. */
    static Map<String, BuySum> sums(List<Buy> all, long from, long to) {
        Map<String, Integer> sizes = new HashMap<>();
        for (Buy buy : all) {
            if (buy.outcome == EventType.GROUPBUY_FORMED) {
                sizes.merge(buy.item, buy.people.cardinality(), Math::min);
            }
        }
        Map<String, BuySum> sums = new HashMap<>();
        for (Buy buy : all) {
            if (buy.openedAt >= from && buy.openedAt < to) {
                sums.merge(buy.item, buy.sum(sizes.getOrDefault(buy.item, 0)), BuySum::plus);
            }
        }
        return sums;
    }

    private BuySum sum(int size) {
        int in = people.cardinality();
        boolean formed = outcome == EventType.GROUPBUY_FORMED;
        return new BuySum(
                1,
                in - 1,
                formed ? 1 : 0,
                outcome == EventType.GROUPBUY_FAILED ? 1 : 0,
                !formed && in == size - 1 ? 1 : 0);
    }
}
