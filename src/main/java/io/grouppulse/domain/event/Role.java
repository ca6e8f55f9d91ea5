package io.grouppulse.domain.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a member is in a group. Only customers count in activeness and funnels. */
public enum Role {
    CUSTOMER,
    STAFF,
    LEADER,
    BOT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** The role with this name on the wire, or null if there is none. */
    public static @Nullable Role ofWireName(String name) {
        for (Role role : values()) {
            if (role.wireName.equals(name)) {
                return role;
            }
        }
        return null;
    }
}
