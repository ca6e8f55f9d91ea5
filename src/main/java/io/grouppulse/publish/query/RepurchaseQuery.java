package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.RepurchaseReport;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who bought again, in a group, a node or a campaign. */
final class RepurchaseQuery {
    private final QueryContext context;
    private final RepurchaseReport report;

    RepurchaseQuery(QueryContext context) {
        this.context = context;
        this.report = new RepurchaseReport(context.shards(), context.calendar());
    }

    Future<@Nullable JsonObject> read(MultiMap query, Reach reach) throws BadInput {
        Params params = new Params(query, Set.of("scope", "period", "at"));
        String text = params.text("scope", "org:");
        return text.startsWith(CampaignPlan.SCOPE)
                ? ofCampaign(text, params)
                : ofPeriod(params.scope(reach, "group:{id}, org:{path} or campaign:{id}"), params);
    }

    private Future<@Nullable JsonObject> ofCampaign(String scope, Params params) throws BadInput {
        for (String name : new String[] {"period", "at"}) {
            if (params.text(name) != null) {
                throw BadInput.badField(name, "a campaign has its own time: leave " + name + " out");
            }
        }
        CampaignPlan plan = context.plans().apply(scope.substring(CampaignPlan.SCOPE.length()));
        return plan == null
                ? Future.succeededFuture(null)
                : now().compose(asOf -> report.read(plan, asOf).map(json -> write(json, scope, "campaign", asOf)));
    }

    private Future<@Nullable JsonObject> ofPeriod(Scope scope, Params params) throws BadInput {
        String name = params.text("period", Calendar.Period.DAY.wireName());
        Calendar.Period period = Calendar.Period.ofWireName(name);
        if (period == null) {
            throw BadInput.badField("period", "period must be day, week or month");
        }
        long at = params.moment("at");
        return now().compose(asOf -> report.read(scope, period, at < 0 ? Math.max(0, asOf) : at, asOf)
                .map(json -> write(json, scope.text(), name, asOf)));
    }

    private Future<Long> now() {
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of())).map(Readings::asOf);
    }

    private static @Nullable JsonObject write(@Nullable JsonObject json, String scope, String period, long asOf) {
        return json == null
                ? null
                : json.put("asOf", ReadingJson.timeOrNull(asOf))
                        .put("scope", scope)
                        .put("period", period);
    }
}
