package io.grouppulse.loadtests;

import com.hazelcast.jet.aggregate.AggregateOperation1;
import com.hazelcast.jet.aggregate.AggregateOperation;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** An accumulator for Jet that can deduct: each member with how often it acted, so that the distinct ones stay exact. */
final class WindowSums implements Serializable {
    private static final long serialVersionUID = 1;

    private final HashMap<String, int[]> actsOfMember = new HashMap<>(4);
    private long acts;
    private long orders;
    private long amount;

    /** Combines and deducts, so that Jet keeps one running window a group instead of adding up all its slices. */
    static AggregateOperation1<PeerEvent, WindowSums, Answers.Answer> operation() {
        return AggregateOperation.withCreate(WindowSums::new)
                .<PeerEvent>andAccumulate(WindowSums::add)
                .andCombine(WindowSums::combine)
                .andDeduct(WindowSums::deduct)
                .andExportFinish(WindowSums::answer);
    }

    private void add(PeerEvent event) {
        acts++;
        actsOfMember.computeIfAbsent(event.member, id -> new int[1])[0]++;
        if (event.paid) {
            orders++;
            amount += event.amount;
        }
    }

    private void combine(WindowSums other) {
        acts += other.acts;
        orders += other.orders;
        amount += other.amount;
        for (Map.Entry<String, int[]> entry : other.actsOfMember.entrySet()) {
            actsOfMember.computeIfAbsent(entry.getKey(), id -> new int[1])[0] += entry.getValue()[0];
        }
    }

    private void deduct(WindowSums other) {
        acts -= other.acts;
        orders -= other.orders;
        amount -= other.amount;
        for (Map.Entry<String, int[]> entry : other.actsOfMember.entrySet()) {
            int[] count = actsOfMember.get(entry.getKey());
            count[0] -= entry.getValue()[0];
            if (count[0] == 0) {
                actsOfMember.remove(entry.getKey());
            }
        }
    }

    private Answers.Answer answer() {
        return new Answers.Answer(acts, actsOfMember.size(), orders, amount);
    }

    /** Jet drops a group whose sums are equal to those of nothing. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WindowSums sums && sums.acts == acts && sums.acts == 0;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
