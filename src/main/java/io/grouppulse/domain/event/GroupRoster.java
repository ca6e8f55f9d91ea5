package io.grouppulse.domain.event;

import java.util.List;

/**
 * The exact membership of a group at one moment; later joins and leaves apply on top.
 *
 * @param ts the moment, epoch milliseconds
 * @param version rises with each roster of a group; an older one than the newest applied is ignored
 */
public record GroupRoster(String group, long ts, long version, List<Entry> members) implements GroupInput {
    public GroupRoster {
        members = List.copyOf(members);
    }

    /** One member on a roster; its role wins over what events say. */
    public record Entry(String member, Role role) {}
}
