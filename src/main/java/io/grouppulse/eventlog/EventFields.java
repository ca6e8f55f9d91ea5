package io.grouppulse.eventlog;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the events of one entry: a mask says which are there, and what an event shares with the one before it
 * is left out.
 */
final class EventFields {
    private static final int MEMBER = 1;
    private static final int ROLE = 1 << 1;
    private static final int ORDER = 1 << 2;
    private static final int AMOUNT = 1 << 3;
    private static final int ITEM = 1 << 4;
    private static final int QUANTITY = 1 << 5;
    private static final int SAME_SOURCE = 1 << 6;
    private static final int SAME_GROUP = 1 << 7;
    private static final int SHARE = 1 << 8;
    private static final int INVITER = 1 << 9;
    private static final int CHANNEL = 1 << 10;
    private static final int CAMPAIGN = 1 << 11;
    private static final int REASON = 1 << 12;
    private static final int TARGET = 1 << 13;
    private static final int CHAIN = 1 << 14;
    private static final int ALL = (1 << 15) - 1;

    private String source = "";
    private String group = "";
    private long ts;

    void write(GroupEvent event, ByteSink out) {
        out.varint(mask(event));
        out.octet(WireCodes.of(event.type()));
        out.text(event.id());
        out.signed(event.ts() - ts);
        textUnless(event.source().equals(source), event.source(), out);
        textUnless(event.group().equals(group), event.group(), out);
        writeOptional(event, out);
        remember(event);
    }

    GroupEvent read(ByteSource in) {
        int mask = in.int32();
        if ((mask & ~ALL) != 0) {
            throw in.damaged("unknown fields");
        }
        var type = WireCodes.type(in);
        String id = in.text();
        ts += in.signed();
        source = has(mask, SAME_SOURCE) ? source : in.text();
        group = has(mask, SAME_GROUP) ? group : in.text();
        return new GroupEvent(
                source,
                id,
                type,
                ts,
                group,
                text(mask, MEMBER, in),
                role(mask, in),
                text(mask, ORDER, in),
                has(mask, AMOUNT) ? in.signed() : GroupEvent.NO_AMOUNT,
                text(mask, ITEM, in),
                has(mask, QUANTITY) ? in.signed32() : 0,
                text(mask, SHARE, in),
                text(mask, INVITER, in),
                text(mask, CHANNEL, in),
                text(mask, CAMPAIGN, in),
                text(mask, REASON, in),
                text(mask, TARGET, in),
                has(mask, CHAIN) ? chain(in) : null);
    }

    private int mask(GroupEvent event) {
        return bit(MEMBER, event.member() != null)
                | bit(ROLE, event.role() != null)
                | bit(ORDER, event.order() != null)
                | bit(AMOUNT, event.hasAmount())
                | bit(ITEM, event.item() != null)
                | bit(QUANTITY, event.quantity() != 0)
                | bit(SAME_SOURCE, event.source().equals(source))
                | bit(SAME_GROUP, event.group().equals(group))
                | bit(SHARE, event.share() != null)
                | bit(INVITER, event.inviter() != null)
                | bit(CHANNEL, event.channel() != null)
                | bit(CAMPAIGN, event.campaign() != null)
                | bit(REASON, event.reason() != null)
                | bit(TARGET, event.target() != null)
                | bit(CHAIN, event.chain() != null);
    }

    private static void writeOptional(GroupEvent event, ByteSink out) {
        text(event.member(), out);
        if (event.role() != null) {
            out.octet(WireCodes.of(event.role()));
        }
        text(event.order(), out);
        if (event.hasAmount()) {
            out.signed(event.amount());
        }
        text(event.item(), out);
        if (event.quantity() != 0) {
            out.signed(event.quantity());
        }
        text(event.share(), out);
        text(event.inviter(), out);
        text(event.channel(), out);
        text(event.campaign(), out);
        text(event.reason(), out);
        text(event.target(), out);
        if (event.chain() != null) {
            chain(event.chain(), out);
        }
    }

    private void remember(GroupEvent event) {
        source = event.source();
        group = event.group();
        ts = event.ts();
    }

    private static void chain(ChainPost chain, ByteSink out) {
        out.fixed64(chain.head());
        out.varint(chain.lines().size());
        for (long line : chain.lines()) {
            out.fixed64(line);
        }
    }

    private static ChainPost chain(ByteSource in) {
        long head = in.fixed64();
        int count = in.count();
        List<Long> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(in.fixed64());
        }
        return new ChainPost(head, lines);
    }

    private static @Nullable Role role(int mask, ByteSource in) {
        return has(mask, ROLE) ? WireCodes.role(in) : null;
    }

    private static @Nullable String text(int mask, int bit, ByteSource in) {
        return has(mask, bit) ? in.text() : null;
    }

    private static void text(@Nullable String value, ByteSink out) {
        if (value != null) {
            out.text(value);
        }
    }

    private static void textUnless(boolean known, String value, ByteSink out) {
        if (!known) {
            out.text(value);
        }
    }

    private static boolean has(int mask, int bit) {
        return (mask & bit) != 0;
    }

    private static int bit(int bit, boolean set) {
        return set ? bit : 0;
    }
}
