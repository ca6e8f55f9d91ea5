package io.grouppulse.oracle;

import io.grouppulse.domain.event.ChainPost;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import io.grouppulse.domain.event.Role;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes an event for a test with no more words than the test is about; a builder is used once. */
public final class EventBuilder {

    private final EventType type;
    private final long ts;
    private final String id;
    private String source = "api";
    private String group = "g";
    private @Nullable String member;
    private @Nullable Role role;
    private @Nullable String order;
    private long amount = GroupEvent.NO_AMOUNT;
    private @Nullable String item;
    private int quantity;
    private @Nullable String share;
    private @Nullable String inviter;
    private @Nullable String channel;
    private @Nullable String campaign;
    private @Nullable String reason;
    private @Nullable String target;
    private @Nullable ChainPost chain;

    private EventBuilder(EventType type, long ts, String id) {
        this.type = type;
        this.ts = ts;
        this.id = id;
    }

    /** An event of source {@code api} in group {@code g}. */
    public static EventBuilder event(EventType type, long ts, String id) {
        return new EventBuilder(type, ts, id);
    }

    public EventBuilder source(String value) {
        source = value;
        return this;
    }

    public EventBuilder group(String value) {
        group = value;
        return this;
    }

    public EventBuilder member(@Nullable String value) {
        member = value;
        return this;
    }

    public EventBuilder role(@Nullable Role value) {
        role = value;
        return this;
    }

    public EventBuilder order(String value) {
        order = value;
        return this;
    }

    public EventBuilder amount(long value) {
        amount = value;
        return this;
    }

    public EventBuilder item(String value, int count) {
        item = value;
        quantity = count;
        return this;
    }

    public EventBuilder share(String value) {
        share = value;
        return this;
    }

    public EventBuilder inviter(@Nullable String value) {
        inviter = value;
        return this;
    }

    public EventBuilder channel(@Nullable String value) {
        channel = value;
        return this;
    }

    public EventBuilder campaign(String value) {
        campaign = value;
        return this;
    }

    public EventBuilder reason(String value) {
        reason = value;
        return this;
    }

    public EventBuilder target(String value) {
        target = value;
        return this;
    }

    public EventBuilder chain(long head, Long... lines) {
        chain = new ChainPost(head, Arrays.asList(lines));
        return this;
    }

    public GroupEvent build() {
        return new GroupEvent(
                source, id, type, ts, group, member, role, order, amount, item, quantity, share, inviter, channel,
                campaign, reason, target, chain);
    }
}
