package io.grouppulse.publish;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which ranking of which scope over which window.
 *
 * @param window the name of a configured window, or {@code today}
 * @param by the measure by which it is ranked, one of {@link #measures}
 */
public record Board(Kind kind, Scope scope, String window, String by) {
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

    /**
     * Reads {@code items:org:bbg:5m} or {@code items:org:bbg:5m:ordersPaid}, as the feed names a board; null if the text is
     * none. No window is called as a measure is.
     */
    public static @Nullable Board parse(String text) {
        int first = text.indexOf(':');
        Kind kind = first < 0 ? null : Kind.ofWireName(text.substring(0, first));
        if (kind == null) {
            return null;
        }
        int last = text.lastIndexOf(':');
        String by = text.substring(last + 1);
        if (last > first && measures(kind).contains(by)) {
            return parse(kind, text.substring(first + 1, last), by);
        }
        return parse(kind, text.substring(first + 1), measures(kind).get(0));
    }

    private static @Nullable Board parse(Kind kind, String scopeAndWindow, String by) {
        int last = scopeAndWindow.lastIndexOf(':');
        Scope scope = last < 0 ? null : Scope.parse(scopeAndWindow.substring(0, last));
        return scope == null || !isRanked(kind, scope)
                ? null
                : new Board(kind, scope, scopeAndWindow.substring(last + 1), by);
    }

    /** Groups are ranked within a node, not within a group. */
    public static boolean isRanked(Kind kind, Scope scope) {
        return kind != Kind.GROUPS || scope.group() == null;
    }
}
