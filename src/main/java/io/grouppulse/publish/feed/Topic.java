package io.grouppulse.publish.feed;

import io.grouppulse.publish.Scope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be subscribed to. {@code name} is the organisation path, the group id, the scope, or empty. */
record Topic(Kind kind, String name) {
    enum Kind {
        ORG,
        GROUP,
        ORDERS,
        RAIN,
        CAMPAIGN,
        SOURCES
    }

    /**
     * Reads {@code org:bbg/hunan}, {@code group:g1}, {@code orders:bbg}, {@code rain:org:bbg}, {@code rain:group:g1},
     * {@code campaign:c1}, {@code sources}; null if it is none of them.
     */
    static @Nullable Topic parse(String text) {
        if (text.equals("sources")) {
            return new Topic(Kind.SOURCES, "");
        }
        for (Kind kind : new Kind[] {Kind.ORG, Kind.GROUP, Kind.ORDERS, Kind.RAIN, Kind.CAMPAIGN}) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
            if (text.startsWith(prefix)) {
                String name = text.substring(prefix.length());
                return isName(kind, name) ? new Topic(kind, name) : null;
            }
        }
        return null;
    }

    private static boolean isName(Kind kind, String name) {
        return switch (kind) {
            case GROUP, CAMPAIGN -> !name.isEmpty();
            case RAIN -> Scope.parse(name) != null;
            case ORG, ORDERS, SOURCES -> true;
        };
    }

    @Override
    public String toString() {
        String prefix = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.SOURCES ? prefix : prefix + ":" + name;
    }
}
