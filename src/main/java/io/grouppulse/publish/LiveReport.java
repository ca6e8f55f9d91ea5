package io.grouppulse.publish;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A report that can be followed on the feed: of T's day in a group or node, or, where that is said, of a campaign.
 *
 * @param scope null for one of a campaign
 * @param campaign null for one of a group or node
 */
public record LiveReport(
        Kind kind, @Nullable Scope scope, @Nullable String campaign) {
    /** What a report is about. */
    public enum Kind {
        BREADTH(true),
        CONVERSIONS_CHANNEL(true),
        CONVERSIONS_COHORT(true),
        CONVERSIONS_ITEM(true),
        CONVERSIONS_SHARE(true),
        FISSION(false),
        GROUPBUYS(false),
        MEMBERSHIP(false),
        PEOPLE(false),
        REACH(false),
        REPURCHASE(true),
        SLOTS(false),
        STIMULI(false);

        private final boolean ofCampaigns;

        Kind(boolean ofCampaigns) {
            this.ofCampaigns = ofCampaigns;
        }

        /** As topics name it, such as {@code conversions-channel}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** What its rows are told apart by, for the conversions. */
        String trait() {
            String name = wireName();
            return name.substring(name.indexOf('-') + 1);
        }

        private static @Nullable Kind ofWireName(String name) {
            for (Kind kind : values()) {
                if (kind.wireName().equals(name)) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** Reads {@code breadth:org:bbg}, {@code people:group:g1}, {@code repurchase:campaign:c1}; null if the text is none. */
    public static @Nullable LiveReport parse(String text) {
        int colon = text.indexOf(':');
        Kind kind = colon < 0 ? null : Kind.ofWireName(text.substring(0, colon));
        if (kind == null) {
            return null;
        }
        String of = text.substring(colon + 1);
        String campaign = CampaignPlan.idInScope(of);
        if (campaign != null) {
            return kind.ofCampaigns ? new LiveReport(kind, null, campaign) : null;
        }
        Scope scope = Scope.parse(of);
        return scope == null ? null : new LiveReport(kind, scope, null);
    }

    /** What it is about, as {@link io.grouppulse.access.Visibility} takes it. */
    public String scopeText() {
        return scope == null ? CampaignPlan.SCOPE + campaign : scope.text();
    }

    /** The same about another scope, if it is about one. */
    public LiveReport in(Scope other) {
        return scope == null ? this : new LiveReport(kind, other, null);
    }
}
