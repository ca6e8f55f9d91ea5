package io.grouppulse.publish.feed;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be subscribed to. {@code name} is the organisation path, the group id, or empty. */
record Topic(Kind kind, String name) {
    enum Kind {
        ORG,
        GROUP,
        ORDERS,
        SOURCES
    }

    /** Reads {@code org:bbg/hunan}, {@code group:g1}, {@code orders:bbg}, {@code sources}; null if it is none of them. */
    static @Nullable Topic parse(String text) {
        if (text.equals("sources")) {
            return new Topic(Kind.SOURCES, "");
        }
        for (Kind kind : new Kind[] {Kind.ORG, Kind.GROUP, Kind.ORDERS}) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
            if (text.startsWith(prefix)) {
                String name = text.substring(prefix.length());
                return kind == Kind.GROUP && name.isEmpty() ? null : new Topic(kind, name);
            }
        }
        return null;
    }

    @Override
    public String toString() {
        String prefix = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.SOURCES ? prefix : prefix + ":" + name;
    }
}
