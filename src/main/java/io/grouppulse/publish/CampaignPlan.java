package io.grouppulse.publish;

import io.grouppulse.access.Visibility;
import io.grouppulse.bus.Messages.Stretch;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says of a sale session.
 *
 * @param groups the groups that take part; empty for all at or below {@code org}
 * @param from epoch millis; {@code to} exclusive
 * @param targetGmv minor units, null when there is no such target
 */
public record CampaignPlan(
        String id,
        String name,
        String org,
        Set<String> groups,
        long from,
        long to,
        @Nullable Long targetGmv,
        @Nullable Long targetOrders,
        @Nullable String compareTo) {
    /** What a scope begins with that is a campaign. */
    public static final String SCOPE = Visibility.CAMPAIGN;

    public CampaignPlan {
        groups = Set.copyOf(groups);
    }

    /** The id in {@code campaign:{id}}; null if the text is no such scope. */
    public static @Nullable String idInScope(String text) {
        return text.startsWith(SCOPE) && text.length() > SCOPE.length() ? text.substring(SCOPE.length()) : null;
    }

    /** Whether whoever may read this campaign may read the other as well: it counts nothing from elsewhere. */
    boolean holds(CampaignPlan other) {
        if (!groups.isEmpty()) {
            return !other.groups.isEmpty() && groups.containsAll(other.groups);
        }
        boolean below = other.org.equals(org) || other.org.startsWith(org + "/");
        return org.isEmpty() || (other.groups.isEmpty() && below);
    }

    /** How much of it is over at T, millis. */
    long elapsed(long t) {
        return t <= from ? 0 : Math.min(t, to) - from;
    }

    /** Whether it is {@code planned}, {@code running} or {@code closed} at T. */
    public String stateAt(long t) {
        return t < from ? "planned" : t < to ? "running" : "closed";
    }

    /** The time that is over at T, the millisecond of T included. */
    Stretch soFar(long t) {
        return firstMillis(elapsed(t));
    }

    /** So much time since the beginning, the last millisecond included, but nothing after the end. */
    Stretch firstMillis(long elapsed) {
        return new Stretch(from, Math.min(to, from + elapsed + 1));
    }

    /** The node at or below which its groups are. */
    public Scope scope() {
        return new Scope("org:" + org, null, org);
    }
}
