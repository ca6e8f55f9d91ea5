package io.grouppulse.domain.signal.orderrain;

import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedWriter;
import java.util.Map;
import java.util.TreeMap;

/** An order of which a part names the group and parts were attributed to it, one a member. */
final class OrderParts {
    private final Order named;
    private final TreeMap<Integer, Attributed> attributed = new TreeMap<>();
    private long newest;

    private record Attributed(long version, Order order) {}

    /** @param named what names the group; events that do are to be given to it from now on */
    OrderParts(Order named) {
        this.named = named;
        this.newest = named.newest();
    }

    Order named() {
        return named;
    }

    /** Puts a member's part in the place of its older version; false if it is no newer. */
    boolean put(int member, long version, Order order) {
        Attributed known = attributed.get(member);
        if (known != null && known.version >= version) {
            return false;
        }
        attributed.put(member, new Attributed(version, order));
        newest = Math.max(newest, order.newest());
        return true;
    }

    /** The order that the parts make together. */
    Order whole() {
        Order whole = new Order(named.source(), named.id());
        whole.add(named);
        attributed.values().forEach(part -> whole.add(part.order));
        return whole;
    }

    /** The newest transition that any part ever had: versions are remembered as long as it. */
    long newest() {
        return Math.max(newest, named.newest());
    }

    /** Takes back that anything here was a customer's, if it was this member's. */
    void exclude(int member) {
        named.exclude(member);
        attributed.values().forEach(part -> part.order.exclude(member));
    }

    void save(SavedWriter out) {
        named.save(out);
        out.number(newest);
        out.number(attributed.size());
        for (Map.Entry<Integer, Attributed> part : attributed.entrySet()) {
            out.number(part.getKey());
            out.number(part.getValue().version);
            part.getValue().order.save(out);
        }
    }

    static OrderParts restore(SavedReader in) {
        OrderParts parts = new OrderParts(Order.restore(in));
        parts.newest = in.number();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            parts.attributed.put(in.index(), new Attributed(in.number(), Order.restore(in)));
        }
        return parts;
    }
}
