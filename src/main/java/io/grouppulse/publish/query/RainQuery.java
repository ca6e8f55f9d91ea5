package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.RainReport;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The episodes of order rain of a group or an organisation node. */
final class RainQuery {
    private final QueryContext context;
    private final RainReport report;

    RainQuery(QueryContext context) {
        this.context = context;
        this.report = new RainReport(context.shards());
    }

    Future<@Nullable JsonObject> read(MultiMap query, Reach reach) throws BadInput {
        Params params = new Params(query, Set.of("scope", "since", "limit", "curve"));
        Scope scope = params.scope(reach);
        int limit = params.limit();
        long since = params.time("since", Long.MIN_VALUE);
        boolean withCurve = params.flag("curve");
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of()))
                .compose(now -> report.read(scope, now.asOf(), since, limit, withCurve)
                        .map(items -> items == null
                                ? null
                                : QueryRoutes.list(now.asOf(), items).put("scope", scope.text())));
    }
}
