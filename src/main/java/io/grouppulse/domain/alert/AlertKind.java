package io.grouppulse.domain.alert;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an alert is about. */
public enum AlertKind {
    /** A group is past the deadline by which it should have said something; its subject is the group. */
    GROUP_SILENT,
    /** All groups of an organisation node are silent together; its subject is the path of the node. */
    ORG_SILENT,
    /** A source sends no heartbeat, or lags; its subject is the source. */
    SOURCE_DOWN,
    /** A campaign is behind its target or behind the campaign it is compared with; its subject is the campaign. */
    SALE_BEHIND;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null if no kind has this name. */
    public static @Nullable AlertKind ofWireName(String name) {
        for (AlertKind kind : values()) {
            if (kind.wireName().equals(name)) {
                return kind;
            }
        }
        return null;
    }
}
