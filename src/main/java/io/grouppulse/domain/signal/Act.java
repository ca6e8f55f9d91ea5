package io.grouppulse.domain.signal;

import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.event.GroupEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a member did in a group as another shard found out: an event of an order that named no group itself. It counts as
 * if it had named this one, until it is taken back.
 *
 * @param customer whether it counts as a customer's act
 */
public record Act(
        EventType type,
        long ts,
        int member,
        boolean customer,
        @Nullable String share,
        @Nullable String channel,
        @Nullable String item) {

    public static Act of(GroupEvent event, int member, boolean customer) {
        return new Act(event.type(), event.ts(), member, customer, event.share(), event.channel(), event.item());
    }

    /** The same act of one who turned out to be no customer. */
    public Act ofNoCustomer() {
        return new Act(type, ts, member, false, share, channel, item);
    }
}
