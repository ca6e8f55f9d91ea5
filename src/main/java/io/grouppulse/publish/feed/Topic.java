package io.grouppulse.publish.feed;

import io.grouppulse.access.Reach;
import io.grouppulse.access.View;
import io.grouppulse.access.Visibility;
import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.publish.Board;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.LiveReport;
import io.grouppulse.publish.Scope;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be subscribed to, and how it is seen: readers with equal views share a stream.
 *
 * @param name the organisation path, the group id, the scope, the campaign, or empty
 */
record Topic(Kind kind, String name, View view) {
    private static final int LONGEST = 526;

    /** How topics are written, for who wrote none. */
    static final String FORMS =
            "org:{path}, group:{id}, orders:{org}, board:{kind}:{scope}:{window}, rain:{scope}, alerts:{org}, campaign:{id},"
                    + " report:{kind}:{scope}, sources";

    enum Kind {
        ORG,
        GROUP,
        ORDERS,
        RAIN,
        CAMPAIGN,
        BOARD,
        REPORT,
        ALERTS,
        SOURCES
    }

    Topic(Kind kind, String name) {
        this(kind, name, View.LOCAL);
    }

    /**
     * Reads {@code org:bbg/hunan}, {@code group:g1}, {@code orders:bbg}, {@code rain:org:bbg}, {@code rain:group:g1},
     * {@code campaign:c1}, {@code board:items:org:bbg:5m}, {@code report:people:org:bbg}, {@code alerts:bbg}, {@code sources};
     * null if it is none of them.
     */
    static @Nullable Topic parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        if (text.equals("sources")) {
            return new Topic(Kind.SOURCES, "");
        }
        for (Kind kind : Kind.values()) {
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
            case BOARD -> Board.parse(name) != null;
            case REPORT -> LiveReport.parse(name) != null;
            case ORG, ORDERS, ALERTS -> true;
            case SOURCES -> false;
        };
    }

    /** What a client named, cut to a length that no topic exceeds. */
    static String shown(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    Topic seenBy(View reader) {
        return new Topic(kind, name, reader);
    }

    /** Whether it may be seen in this view now. */
    boolean isVisible(Visibility visibility) {
        Reach reach = view.reach();
        return switch (kind) {
            case ORG, ORDERS, ALERTS -> name.isEmpty() || reach.covers(name);
            case GROUP -> visibility.mayReadGroup(reach, name);
            case RAIN -> visibility.mayReadScope(reach, name);
            case CAMPAIGN -> visibility.mayReadCampaign(reach, name);
            case BOARD -> {
                Board board = Board.parse(name);
                yield board != null
                        && visibility.mayReadScope(reach, board.scope().text());
            }
            case REPORT -> {
                LiveReport report = LiveReport.parse(name);
                yield report != null && visibility.mayReadScope(reach, report.scopeText());
            }
            case SOURCES -> reach.whole();
        };
    }

    /**
     * Whether the state may be another after this roll-up.
     *
     * @param plans the plan of a campaign, or null if there is none
     */
    boolean isChangedBy(Rolled rolled, Function<String, @Nullable CampaignPlan> plans) {
        return switch (kind) {
            case ORG -> rolled.orgs().contains(name);
            case GROUP -> rolled.groups().contains(name);
            case RAIN -> isChangedBy(rolled, Scope.parse(name));
            case BOARD -> isBoardChangedBy(rolled);
            case CAMPAIGN -> isChangedBy(rolled, plans.apply(name));
            case REPORT -> {
                LiveReport report = LiveReport.parse(name);
                yield report != null
                        && (report.campaign() == null
                                ? isChangedBy(rolled, report.scope())
                                : isChangedBy(rolled, plans.apply(report.campaign())));
            }
            case SOURCES -> true;
            case ORDERS, ALERTS -> false;
        };
    }

    private boolean isBoardChangedBy(Rolled rolled) {
        Board board = Board.parse(name);
        return board != null && isChangedBy(rolled, board.scope());
    }

    /** Of a campaign that is gone there is another state too: none. */
    private static boolean isChangedBy(Rolled rolled, @Nullable CampaignPlan plan) {
        return plan == null
                || (plan.groups().isEmpty()
                        ? rolled.orgs().contains(plan.org())
                        : plan.groups().stream().anyMatch(rolled.groups()::contains));
    }

    private static boolean isChangedBy(Rolled rolled, @Nullable Scope scope) {
        return scope != null
                && (scope.group() == null
                        ? rolled.orgs().contains(scope.org())
                        : rolled.groups().contains(scope.group()));
    }

    /** Whether an order was paid in a group at or below this topic's organisation. */
    boolean isUnder(RainDrop drop) {
        return name.equals(OrgGraph.ROOT)
                ? view.reach().coversAny(drop.orgs())
                : drop.orgs().stream().anyMatch(path -> path.equals(name) || path.startsWith(name + "/"));
    }

    @Override
    public String toString() {
        String prefix = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.SOURCES ? prefix : prefix + ":" + name;
    }
}
