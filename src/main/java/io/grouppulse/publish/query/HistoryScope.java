package io.grouppulse.publish.query;

import io.grouppulse.bus.Messages.AskHistory;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.Scope;
import java.util.List;
import java.util.Set;

/**
 * Whose minutes are asked for, and from which time they count: a campaign has its own, everything else all of it.
 *
 * @param only of the groups these alone; empty for all
 * @param from first minute that counts, epoch millis; {@code to} exclusive, both whole minutes
 * @param mayBeEmpty whether it is there without a group in it
 */
record HistoryScope(String text, Scope groups, Set<String> only, long from, long to, boolean mayBeEmpty) {
    private static final long MINUTE = 60_000;

    static HistoryScope of(Scope scope) {
        return new HistoryScope(scope.text(), scope, Set.of(), 0, Long.MAX_VALUE, scope.isRoot());
    }

    /** The minutes from the one that holds the campaign's start to the one that holds its last millisecond. */
    static HistoryScope of(String text, CampaignPlan plan) {
        long from = Math.floorDiv(plan.from(), MINUTE) * MINUTE;
        long to = Math.floorDiv(plan.to() - 1, MINUTE) * MINUTE + MINUTE;
        return new HistoryScope(text, plan.scope(), plan.groups(), from, to, true);
    }

    /** From where minutes are told if nothing else is asked for: a campaign's start, else so much before the end. */
    long usualStart(long end, long span) {
        return from > 0 ? from : Math.max(0, end - span);
    }

    AskHistory ask(long start, long end, List<Column> columns, List<EventType> acts) {
        return new AskHistory(
                groups.group(), groups.org(), only, Math.max(start, from), Math.min(end, to), columns, acts);
    }
}
