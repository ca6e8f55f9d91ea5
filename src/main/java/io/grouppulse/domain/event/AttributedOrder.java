package io.grouppulse.domain.event;

import java.util.List;

/**
 * All that a member's order that names no group consists of, told to the group it was attributed to. It replaces what was
 * told under a lower version, and changes nothing after a higher one; so it may be told twice and in any order.
 *
 * @param group the group it counts in
 * @param version position, in the log of the member's shard, of the entry that made it so
 * @param events its transitions, which name no group themselves; none when the order went elsewhere
 */
public record AttributedOrder(
        String group, String member, String source, String order, long version, List<GroupEvent> events)
        implements GroupInput {
    public AttributedOrder {
        events = List.copyOf(events);
    }
}
