package io.grouppulse.domain.event;

import org.jspecify.annotations.Nullable;

/**
 * What a member did in a group, as the shard of the member hears of it: a touch, or an event of an order that names the
 * group. It counts nowhere; orders that name no group are attributed by it.
 *
 * @param share the share that was opened, or that the order names
 * @param order on orders only
 */
public record MemberTrace(
        String source,
        String id,
        EventType type,
        long ts,
        String group,
        String member,
        @Nullable String share,
        @Nullable String order)
        implements GroupInput {

    /** The trace that an event leaves, or null if it leaves none. */
    public static @Nullable MemberTrace of(GroupEvent event) {
        String member = event.member();
        if (event.group().isEmpty()
                || member == null
                || !(event.type().isTouch() || event.type().isOrder())) {
            return null;
        }
        return new MemberTrace(
                event.source(),
                event.id(),
                event.type(),
                event.ts(),
                event.group(),
                member,
                event.share(),
                event.order());
    }
}
