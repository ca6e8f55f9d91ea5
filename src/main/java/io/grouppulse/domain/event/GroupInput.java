package io.grouppulse.domain.event;

/** Whatever moves the state of one group: events, and the registry's commands about it. */
public sealed interface GroupInput permits GroupEvent, GroupProfile, GroupRoster, GroupRemoval {

    /** Id of the group; empty for an order that names none. */
    String group();
}
