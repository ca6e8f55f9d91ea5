package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.CampaignReport;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The list of campaigns that concern an organisation node, those that begin last first, page by page. */
final class CampaignList {
    private static final Set<String> STATES = Set.of("planned", "running", "closed");
    private static final Comparator<CampaignPlan> LATEST_FIRST =
            Comparator.comparingLong(CampaignPlan::from).reversed().thenComparing(CampaignPlan::id);

    private final QueryContext context;

    CampaignList(QueryContext context) {
        this.context = context;
    }

    /** Null if there is no such organisation. */
    Future<@Nullable JsonObject> read(MultiMap query, Reach reach) throws BadInput {
        Params params = new Params(query, Set.of("state", "org", "limit", "cursor"));
        String state = params.text("state", "");
        if (!state.isEmpty() && !STATES.contains(state)) {
            throw BadInput.badField("state", "state must be planned, running or closed");
        }
        String org = params.text("org", OrgGraph.ROOT);
        int limit = params.limit();
        @Nullable PagePlace after = PagePlace.decode(params.text("cursor"));
        return context.<Readings>ask(new AskReadings(Set.of(org), Set.of()))
                .map(known -> known.orgs().containsKey(org)
                        ? page(
                                known.asOf(),
                                chosen(known.asOf(), state, context.campaignsOf(org, reach), after),
                                limit,
                                context.campaignsSeenBy(reach))
                        : null);
    }

    private List<CampaignPlan> chosen(long asOf, String state, List<String> ids, @Nullable PagePlace after) {
        return ids.stream()
                .map(context.plans())
                .filter(Objects::nonNull)
                .filter(plan -> state.isEmpty() || plan.stateAt(asOf).equals(state))
                .filter(plan -> after == null || isAfter(plan, after))
                .sorted(LATEST_FIRST)
                .toList();
    }

    private static boolean isAfter(CampaignPlan plan, PagePlace place) {
        int earlier = Double.compare(place.key(), plan.from());
        return earlier > 0 || (earlier == 0 && plan.id().compareTo(place.group()) > 0);
    }

    private static JsonObject page(long asOf, List<CampaignPlan> chosen, int limit, Predicate<String> seen) {
        List<CampaignPlan> shown = chosen.subList(0, Math.min(limit, chosen.size()));
        JsonArray items = new JsonArray();
        shown.forEach(plan -> items.add(CampaignReport.plan(plan, asOf, seen)));
        JsonObject list = QueryRoutes.list(asOf, items);
        if (chosen.size() > limit) {
            CampaignPlan last = shown.get(limit - 1);
            list.put("cursor", new PagePlace(last.from(), last.id()).encode());
        }
        return list;
    }
}
