package io.grouppulse.domain.signal.orderrain;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An order of which a part names the group and parts were attributed to it, one a member. */
final class OrderParts {
    private final Order named;
    private final TreeMap<Integer, Attributed> attributed = new TreeMap<>();
    private long newest;

    private record Attributed(long version, Order order, List<Act> acts) {}

    /** @param named what names the group; events that do are to be given to it from now on */
    OrderParts(Order named) {
        this.named = named;
        this.newest = named.newest();
    }

    Order named() {
        return named;
    }

    /** Whether a member's part is newer than what is known of it. */
    boolean isNew(int member, long version) {
        Attributed known = attributed.get(member);
        return known == null || known.version < version;
    }

    /**
     * Puts a member's part in the place of its older version.
     *
     * @param acts what the part consists of
     * @return what the older version consisted of
     */
    List<Act> put(int member, long version, Order order, List<Act> acts) {
        Attributed known = attributed.put(member, new Attributed(version, order, List.copyOf(acts)));
        newest = Math.max(newest, order.newest());
        return known == null ? List.of() : known.acts;
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
        attributed.computeIfPresent(
                member,
                (who, part) -> new Attributed(
                        part.version,
                        part.order,
                        part.acts.stream().map(Act::ofNoCustomer).toList()));
    }

    void save(SavedWriter out) {
        named.save(out);
        out.number(newest);
        out.number(attributed.size());
        for (Map.Entry<Integer, Attributed> part : attributed.entrySet()) {
            out.number(part.getKey());
            out.number(part.getValue().version);
            part.getValue().order.save(out);
            saveActs(out, part.getValue().acts);
        }
    }

    static OrderParts restore(SavedReader in) {
        OrderParts parts = new OrderParts(Order.restore(in));
        parts.newest = in.number();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            int member = in.index();
            parts.attributed.put(member, new Attributed(in.number(), Order.restore(in), restoreActs(in, member)));
        }
        return parts;
    }

    private static void saveActs(SavedWriter out, List<Act> acts) {
        out.number(acts.size());
        for (Act act : acts) {
            out.text(act.type().wireName());
            out.number(act.ts());
            out.flag(act.customer());
            out.text(act.share());
            out.text(act.channel());
            out.text(act.item());
        }
    }

    private static List<Act> restoreActs(SavedReader in, int member) {
        List<Act> acts = new ArrayList<>();
        int count = in.size();
        for (int i = 0; i < count; i++) {
            String name = in.text();
            EventType type = EventType.ofWireName(name);
            if (type == null) {
                throw new SavedStateException("no event type '" + name + "'");
            }
            acts.add(new Act(type, in.number(), member, in.flag(), in.textOrNull(), in.textOrNull(), in.textOrNull()));
        }
        return acts;
    }
}
