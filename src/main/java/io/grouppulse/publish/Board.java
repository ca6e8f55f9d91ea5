package io.grouppulse.publish;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which ranking of which scope over which window.
 *
 * @param window the name of a configured window, or {@code today}
 */
public record Board(Kind kind, Scope scope, String window) {
    /** What is ranked. */
    public enum Kind {
        GROUPS,
        ITEMS,
        SHARES,
        CHANNELS,
        REFERRERS;

        /** As paths and topics name it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind with this name, or null if there is none. */
        public static @Nullable Kind ofWireName(String name) {
            for (Kind kind : values()) {
                if (kind.wireName().equals(name)) {
                    return kind;
                }
            }
            return null;
        }
    }

    private static final List<String> OF_ORDERS =
            List.of("gmvPaid", "ordersPaid", "gmvNet", "buyers", "ordersCreated", "gmvCreated", "refunds", "unpriced");

    private static final List<String> OF_REFERRERS = List.of("stayed", "invites");

    /** The measures by which such a board can be ranked, the default first. */
    public static List<String> measures(Kind kind) {
        return kind == Kind.REFERRERS ? OF_REFERRERS : OF_ORDERS;
    }

    /** Reads {@code items:org:bbg:5m}, as the feed names a board; null if the text is none. */
    public static @Nullable Board parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first < 0 || last <= first) {
            return null;
        }
        Kind kind = Kind.ofWireName(text.substring(0, first));
        Scope scope = Scope.parse(text.substring(first + 1, last));
        return kind == null || scope == null || !isRanked(kind, scope)
                ? null
                : new Board(kind, scope, text.substring(last + 1));
    }

    /** Groups are ranked within a node, not within a group. */
    public static boolean isRanked(Kind kind, Scope scope) {
        return kind != Kind.GROUPS || scope.group() == null;
    }
}
