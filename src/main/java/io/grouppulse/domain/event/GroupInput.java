package io.grouppulse.domain.event;

/** Whatever moves the state of a shard: events, the registry's commands, and what attribution tells between shards. */
public sealed interface GroupInput
        permits GroupEvent, GroupProfile, GroupRoster, GroupRemoval, MemberErasure, MemberTrace, AttributedOrder {

    /** Id of the group; empty for an order that names none. */
    String group();
}
