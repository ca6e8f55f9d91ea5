package io.grouppulse.eventlog;

import io.grouppulse.domain.event.AttributedOrder;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.domain.event.GroupProfile;
import io.grouppulse.domain.event.GroupRemoval;
import io.grouppulse.domain.event.GroupRoster;
import io.grouppulse.domain.event.MemberErasure;
import io.grouppulse.domain.event.MemberTrace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The compact, versioned binary form of an entry's inputs, the same in every log. */
public final class EventCodec {
    private static final int VERSION = 1;
    private static final int EXPECTED_BYTES = 64;

    private static final int EVENT = 1;
    private static final int PROFILE = 2;
    private static final int ROSTER = 3;
    private static final int REMOVAL = 4;
    private static final int TRACE = 5;
    private static final int ATTRIBUTED = 6;
    private static final int ERASURE = 7;

    private static final int NAME = 1;
    private static final int OWNER = 2;
    private static final int SHARE = 1;
    private static final int ORDER = 2;

    private EventCodec() {}

    public static byte[] encode(List<GroupInput> inputs) {
        ByteSink out = new ByteSink(64 + inputs.size() * EXPECTED_BYTES);
        EventFields events = new EventFields();
        out.octet(VERSION);
        out.varint(inputs.size());
        for (GroupInput input : inputs) {
            write(input, events, out);
        }
        return out.toBytes();
    }

    /** The inputs that were encoded; fails with a {@link LogDamagedException} on any other bytes. */
    public static List<GroupInput> decode(byte[] bytes) {
        ByteSource in = new ByteSource(bytes);
        int version = in.octet();
        if (version != VERSION) {
            throw in.damaged("its format has version " + version + ", this program reads " + VERSION);
        }
        EventFields events = new EventFields();
        int count = in.count();
        List<GroupInput> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            inputs.add(read(events, in));
        }
        in.requireEnd();
        return inputs;
    }

    private static void write(GroupInput input, EventFields events, ByteSink out) {
        if (input instanceof GroupEvent event) {
            out.octet(EVENT);
            events.write(event, out);
        } else if (input instanceof GroupProfile profile) {
            out.octet(PROFILE);
            write(profile, out);
        } else if (input instanceof GroupRoster roster) {
            out.octet(ROSTER);
            write(roster, out);
        } else if (input instanceof GroupRemoval removal) {
            out.octet(REMOVAL);
            out.text(removal.group());
        } else if (input instanceof MemberErasure erasure) {
            out.octet(ERASURE);
            out.text(erasure.member());
            out.text(erasure.substitute());
        } else if (input instanceof MemberTrace trace) {
            out.octet(TRACE);
            write(trace, out);
        } else if (input instanceof AttributedOrder order) {
            out.octet(ATTRIBUTED);
            write(order, events, out);
        }
    }

    private static GroupInput read(EventFields events, ByteSource in) {
        int kind = in.octet();
        return switch (kind) {
            case EVENT -> events.read(in);
            case PROFILE -> profile(in);
            case ROSTER -> roster(in);
            case REMOVAL -> new GroupRemoval(in.text());
            case ERASURE -> new MemberErasure(in.text(), in.text());
            case TRACE -> trace(in);
            case ATTRIBUTED -> attributed(events, in);
            default -> throw in.damaged("no input has the kind " + kind);
        };
    }

    private static void write(GroupProfile profile, ByteSink out) {
        out.text(profile.group());
        out.octet((profile.name() != null ? NAME : 0) | (profile.owner() != null ? OWNER : 0));
        text(profile.name(), out);
        texts(profile.orgs(), out);
        out.signed(profile.capacity());
        texts(profile.tags(), out);
        text(profile.owner(), out);
    }

    private static GroupProfile profile(ByteSource in) {
        String group = in.text();
        int mask = in.octet();
        String name = (mask & NAME) != 0 ? in.text() : null;
        List<String> orgs = texts(in);
        int capacity = in.signed32();
        List<String> tags = texts(in);
        String owner = (mask & OWNER) != 0 ? in.text() : null;
        return new GroupProfile(group, name, orgs, capacity, tags, owner);
    }

    private static void write(GroupRoster roster, ByteSink out) {
        out.text(roster.group());
        out.signed(roster.ts());
        out.signed(roster.version());
        out.varint(roster.members().size());
        for (GroupRoster.Entry entry : roster.members()) {
            out.octet(WireCodes.of(entry.role()));
            out.text(entry.member());
        }
    }

    private static GroupRoster roster(ByteSource in) {
        String group = in.text();
        long ts = in.signed();
        long version = in.signed();
        int count = in.count();
        List<GroupRoster.Entry> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            var role = WireCodes.role(in);
            members.add(new GroupRoster.Entry(in.text(), role));
        }
        return new GroupRoster(group, ts, version, members);
    }

    private static void write(MemberTrace trace, ByteSink out) {
        out.octet((trace.share() != null ? SHARE : 0) | (trace.order() != null ? ORDER : 0));
        out.octet(WireCodes.of(trace.type()));
        out.text(trace.source());
        out.text(trace.id());
        out.signed(trace.ts());
        out.text(trace.group());
        out.text(trace.member());
        text(trace.share(), out);
        text(trace.order(), out);
    }

    private static MemberTrace trace(ByteSource in) {
        int mask = in.octet();
        var type = WireCodes.type(in);
        String source = in.text();
        String id = in.text();
        long ts = in.signed();
        String group = in.text();
        String member = in.text();
        String share = (mask & SHARE) != 0 ? in.text() : null;
        String order = (mask & ORDER) != 0 ? in.text() : null;
        return new MemberTrace(source, id, type, ts, group, member, share, order);
    }

    private static void write(AttributedOrder order, EventFields events, ByteSink out) {
        out.text(order.group());
        out.text(order.member());
        out.text(order.source());
        out.text(order.order());
        out.varint(order.version());
        out.varint(order.events().size());
        order.events().forEach(event -> events.write(event, out));
    }

    private static AttributedOrder attributed(EventFields events, ByteSource in) {
        String group = in.text();
        String member = in.text();
        String source = in.text();
        String order = in.text();
        long version = in.varint();
        int count = in.count();
        List<GroupEvent> told = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            told.add(events.read(in));
        }
        return new AttributedOrder(group, member, source, order, version, told);
    }

    private static void text(@Nullable String value, ByteSink out) {
        if (value != null) {
            out.text(value);
        }
    }

    private static void texts(List<String> values, ByteSink out) {
        out.varint(values.size());
        values.forEach(out::text);
    }

    private static List<String> texts(ByteSource in) {
        int count = in.count();
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.text());
        }
        return values;
    }
}
