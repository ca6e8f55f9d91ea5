package io.grouppulse.domain.attribution;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.MemberTrace;
import io.grouppulse.domain.event.Role;
import io.grouppulse.domain.saved.SavedReader;
import io.grouppulse.domain.saved.SavedStateException;
import io.grouppulse.domain.saved.SavedWriter;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member's trail as bytes. */
final class SavedTrail {
    private static final int VERSION = 1;

    private SavedTrail() {}

    static byte[] save(MemberTrail trail) {
        SavedWriter out = new SavedWriter();
        out.number(VERSION);
        out.number(trail.touches.size());
        for (Touch touch : trail.touches) {
            out.number(touch.ts());
            out.text(touch.group());
            out.text(touch.share());
        }
        List<OpenOrder> orders = trail.orders.values().stream()
                .flatMap(of -> of.values().stream())
                .toList();
        out.number(orders.size());
        for (OpenOrder order : orders) {
            out.text(order.source);
            out.text(order.order);
            save(out, order);
        }
        return out.toBytes();
    }

    /** @throws SavedStateException if the bytes are not what {@link #save} wrote */
    static MemberTrail restore(String member, byte[] record) {
        SavedReader in = new SavedReader(record);
        long version = in.number();
        if (version != VERSION) {
            throw new SavedStateException("format version " + version + ", this program knows " + VERSION);
        }
        MemberTrail trail = new MemberTrail();
        int touches = in.size();
        for (int i = 0; i < touches; i++) {
            trail.touches.add(new Touch(in.number(), in.text(), in.text()));
        }
        int orders = in.size();
        for (int i = 0; i < orders; i++) {
            restore(in, trail.order(in.text(), in.text()), member);
        }
        in.end();
        return trail;
    }

    private static void save(SavedWriter out, OpenOrder order) {
        out.number(order.names.size());
        for (MemberTrace name : order.names) {
            out.text(name.id());
            out.text(name.type().wireName());
            out.number(name.ts());
            out.text(name.group());
            out.text(name.share());
        }
        out.number(order.events.size());
        order.events.forEach(event -> save(out, event));
        Decision decision = order.decision();
        out.flag(decision != null);
        if (decision != null) {
            out.text(decision.part().name());
            out.text(decision.group());
        }
    }

    private static void restore(SavedReader in, OpenOrder order, String member) {
        int names = in.size();
        for (int i = 0; i < names; i++) {
            order.names.add(new MemberTrace(
                    order.source, in.text(), type(in), in.number(), in.text(), member, in.textOrNull(), order.order));
        }
        int events = in.size();
        for (int i = 0; i < events; i++) {
            order.events.add(restoreEvent(in, order, member));
        }
        if (in.flag()) {
            order.decided(new Decision(constant(Part.class, in.text()), in.text()));
        }
    }

    private static void save(SavedWriter out, GroupEvent event) {
        out.text(event.id());
        out.text(event.type().wireName());
        out.number(event.ts());
        Role role = event.role();
        out.text(role == null ? null : role.name());
        out.number(event.amount());
        out.text(event.item());
        out.number(event.quantity());
        out.text(event.share());
        out.text(event.channel());
        out.text(event.campaign());
    }

    private static GroupEvent restoreEvent(SavedReader in, OpenOrder order, String member) {
        String id = in.text();
        EventType type = type(in);
        long ts = in.number();
        @Nullable String role = in.textOrNull();
        return new GroupEvent(
                order.source,
                id,
                type,
                ts,
                "",
                member,
                role == null ? null : constant(Role.class, role),
                order.order,
                in.number(),
                in.textOrNull(),
                in.index(),
                in.textOrNull(),
                null,
                in.textOrNull(),
                in.textOrNull(),
                null,
                null,
                null);
    }

    private static EventType type(SavedReader in) {
        String name = in.text();
        EventType type = EventType.ofWireName(name);
        if (type == null) {
            throw new SavedStateException("no event type '" + name + "'");
        }
        return type;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new SavedStateException("no " + type.getSimpleName() + " '" + name + "'");
        }
    }

    static void save(SavedWriter out, Counts counts) {
        for (Column column : Column.values()) {
            out.number(counts.get(column));
        }
    }

    static Counts restoreCounts(SavedReader in) {
        long[] values = new long[Column.COUNT];
        for (int column = 0; column < values.length; column++) {
            values[column] = in.number();
        }
        return Counts.copyOf(values);
    }
}
