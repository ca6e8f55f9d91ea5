package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.people.Breadth;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.BreadthReport;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The breadth of the talk of a day, of a campaign, or of all time since the start. */
final class BreadthQuery {
    private final QueryContext context;
    private final BreadthReport report;

    BreadthQuery(QueryContext context) {
        this.context = context;
        this.report = new BreadthReport(context.shards());
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
                : context.<Readings>ask(new AskReadings(Set.of(), Set.of()))
                        .compose(now -> report.read(plan, now.asOf())
                                .map(json -> json == null ? null : write(json, now.asOf(), scope, "campaign")));
    }

    private Future<@Nullable JsonObject> ofPeriod(Scope scope, Params params) throws BadInput {
        String period = params.text("period", "day");
        if (!period.equals("day") && !period.equals("start")) {
            throw BadInput.badField("period", "period must be day or start");
        }
        long at = params.moment("at");
        if (at >= 0 && period.equals("start")) {
            throw BadInput.badField("at", "since the start there is no other time: leave at out");
        }
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of())).compose(now -> {
            long t = Math.max(0, now.asOf());
            Stretch day = context.calendar().around(Calendar.Period.DAY, at < 0 ? t : at);
            long from = period.equals("start") ? Breadth.START : day.from();
            long to = Math.min(day.to(), t + 1);
            if (to <= from) {
                return Future.failedFuture(BadInput.badField("at", "at must not be later than T's day"));
            }
            return report.read(scope, Set.of(), new Stretch(from, to))
                    .map(json -> json == null
                            ? null
                            : write(json, now.asOf(), scope.text(), period)
                                    .put("from", from == Breadth.START ? null : from)
                                    .put("to", to));
        });
    }

    private static JsonObject write(JsonObject json, long asOf, String scope, String period) {
        return json.put("asOf", ReadingJson.timeOrNull(asOf))
                .put("scope", scope)
                .put("period", period);
    }
}
