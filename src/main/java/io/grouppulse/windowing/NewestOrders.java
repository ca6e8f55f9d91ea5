package io.grouppulse.windowing;

import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The newest thousand orders paid in a shard, and which orders nobody has read yet. An order that is among them already
 * is no news: a replay of the log shows what was saved once more.
 */
final class NewestOrders {
    static final int KEPT = 1_000;

    private final TreeSet<PaidOrder> newest = new TreeSet<>(PaidOrder.NEWEST_FIRST);
    private final List<PaidOrder> fresh = new ArrayList<>();
    private final List<PaidOrder> withdrawn = new ArrayList<>();

    void add(PaidOrder order) {
        if (newest.add(order)) {
            fresh.add(order);
        }
        if (newest.size() > KEPT) {
            newest.pollLast();
        }
    }

    /** Puts what is now known of an order in the place of what was shown of it; null if it is no paid order any more. */
    void replace(String group, String source, String order, @Nullable PaidOrder now) {
        if (now != null && newest.contains(now)) {
            return;
        }
        for (PaidOrder shown : List.copyOf(newest)) {
            if (shown.order().equals(order)
                    && shown.source().equals(source)
                    && shown.group().equals(group)) {
                newest.remove(shown);
                fresh.remove(shown);
                withdrawn.add(shown);
            }
        }
        if (now != null) {
            add(now);
        }
    }

    /** Nobody has read any of them. */
    void showAgain() {
        fresh.clear();
        fresh.addAll(newest.descendingSet());
    }

    /** Takes a member's orders off the list; they count as before. */
    void forget(String member) {
        for (PaidOrder shown : List.copyOf(newest)) {
            if (member.equals(shown.member())) {
                newest.remove(shown);
                fresh.remove(shown);
                withdrawn.add(shown);
            }
        }
    }

    /** Orders that were shown and count there no more. */
    List<PaidOrder> drainWithdrawn() {
        List<PaidOrder> drained = List.copyOf(withdrawn);
        withdrawn.clear();
        return drained;
    }

    List<PaidOrder> drainFresh() {
        List<PaidOrder> drained = List.copyOf(fresh);
        fresh.clear();
        return drained;
    }

    byte[] save() {
        SavedWriter out = new SavedWriter();
        out.number(newest.size());
        for (PaidOrder order : newest) {
            out.number(order.ts());
            out.text(order.group());
            out.text(order.source());
            out.text(order.order());
            out.text(order.member());
            out.number(order.amount());
            out.text(order.item());
            out.text(order.share());
            out.text(order.channel());
        }
        return out.toBytes();
    }

    void restore(byte[] bytes) {
        SavedReader in = new SavedReader(bytes);
        int count = in.size();
        for (int i = 0; i < count; i++) {
            add(new PaidOrder(
                    in.number(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.textOrNull(),
                    in.number(),
                    in.textOrNull(),
                    in.textOrNull(),
                    in.textOrNull()));
        }
    }
}
