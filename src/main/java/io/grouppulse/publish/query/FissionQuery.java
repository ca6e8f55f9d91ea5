package io.grouppulse.publish.query;

import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.FissionReport;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How members brought members, in a group or a node, over as much as is remembered unless less is asked for. */
final class FissionQuery {
    private final QueryContext context;
    private final FissionReport report;

    FissionQuery(QueryContext context) {
        this.context = context;
        this.report = new FissionReport(context.shards(), context.rewards());
    }

    Future<@Nullable JsonObject> read(MultiMap query, View view) throws BadInput {
        Params params = new Params(query, Set.of("scope", "from", "to", "limit"));
        Scope scope = params.scope(view.reach());
        long from = params.moment("from");
        long to = params.moment("to");
        int limit = params.limit();
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of())).compose(now -> {
            long t = Math.max(0, now.asOf());
            Calendar calendar = context.calendar();
            LocalDate oldest = calendar.dayOf(t).minusDays(context.activityDays() - 1L);
            Stretch stretch =
                    new Stretch(Math.max(from, calendar.startOf(oldest)), to < 0 ? t + 1 : Math.min(to, t + 1));
            if (stretch.to() <= stretch.from()) {
                return Future.failedFuture(BadInput.badField(
                        "to", "from and to must enclose a part of the time since " + oldest + " and up to T"));
            }
            return report.read(scope, stretch, limit, view)
                    .map(json -> json == null
                            ? null
                            : json.put("asOf", ReadingJson.timeOrNull(now.asOf()))
                                    .put("scope", scope.text())
                                    .put("from", stretch.from())
                                    .put("to", stretch.to())
                                    .putNull("cursor"));
        });
    }
}
