package io.grouppulse.domain.org;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first few of many in an order. One that is not among them costs a comparison. */
public final class Foremost<T> {
    private final int most;
    private final Comparator<? super T> order;
    private final PriorityQueue<T> lastFirst;

    public Foremost(int most, Comparator<? super T> order) {
        this.most = most;
        this.order = order;
        this.lastFirst = new PriorityQueue<>(order.reversed());
    }

    public void add(T one) {
        if (lastFirst.size() < most) {
            lastFirst.add(one);
        } else if (most > 0 && order.compare(one, lastFirst.element()) < 0) {
            lastFirst.remove();
            lastFirst.add(one);
        }
    }

    /** In their order. */
    public List<T> read() {
        List<T> few = new ArrayList<>(lastFirst);
        few.sort(order);
        return few;
    }
}
