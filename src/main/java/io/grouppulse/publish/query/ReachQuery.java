package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.ConversionReport;
import io.grouppulse.publish.GroupBuyReport;
import io.grouppulse.publish.ReachReport;
import io.grouppulse.publish.Scope;
import io.grouppulse.publish.StimulusReport;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom touches, posted shares, group-buys and operators' actions reached, and what became of it. */
final class ReachQuery {
    private static final long LONGEST_SPAN = 24 * 3_600_000;

    private final QueryContext context;
    private final ConversionReport conversions;
    private final ReachReport reach;
    private final GroupBuyReport groupBuys;
    private final StimulusReport stimuli;

    ReachQuery(QueryContext context) {
        this.context = context;
        this.conversions = new ConversionReport(context.shards());
        this.reach = new ReachReport(context.shards());
        this.groupBuys = new GroupBuyReport(context.shards());
        this.stimuli = new StimulusReport(context.shards());
    }

    private interface Report {
        Future<@Nullable JsonArray> read(Scope scope, Stretch stretch, long asOf, int limit);
    }

    Future<@Nullable JsonObject> conversions(MultiMap query, Reach reader) throws BadInput {
        Params params = new Params(query, Set.of("scope", "by", "from", "to", "limit"));
        String by = params.text("by", "cohort");
        if (!ConversionReport.traits().contains(by)) {
            throw BadInput.badField("by", "by must be one of " + ConversionReport.traits());
        }
        return read(
                        params,
                        reader,
                        (scope, stretch, asOf, limit) -> conversions.read(scope, Set.of(), by, stretch, asOf, limit))
                .map(json -> json == null ? null : json.put("by", by));
    }

    Future<@Nullable JsonObject> reach(MultiMap query, Reach reader) throws BadInput {
        Params params = new Params(query, Set.of("scope", "from", "to", "limit"));
        return read(params, reader, (scope, stretch, asOf, limit) -> reach.read(scope, stretch, limit));
    }

    Future<@Nullable JsonObject> groupBuys(MultiMap query, Reach reader) throws BadInput {
        Params params = new Params(query, Set.of("scope", "from", "to", "limit"));
        return read(params, reader, (scope, stretch, asOf, limit) -> groupBuys.read(scope, stretch, limit));
    }

    Future<@Nullable JsonObject> stimuli(MultiMap query, Reach reader) throws BadInput {
        Params params = new Params(query, Set.of("scope", "from", "to", "span", "limit"));
        long span = params.duration("span", StimulusReport.USUAL_SPAN);
        if (span < 1 || span > LONGEST_SPAN) {
            throw BadInput.badField("span", "span must be from 1ms to 24h");
        }
        return read(params, reader, (scope, stretch, asOf, limit) -> stimuli.read(scope, stretch, span, asOf, limit))
                .map(json -> json == null ? null : json.put("span", span));
    }

    /** Over T's day unless another stretch is asked for. */
    private Future<@Nullable JsonObject> read(Params params, Reach reader, Report report) throws BadInput {
        Scope scope = params.scope(reader);
        long from = params.moment("from");
        long to = params.moment("to");
        int limit = params.limit();
        if (from >= 0 && to >= 0 && to <= from) {
            throw BadInput.badField("to", "to must be later than from");
        }
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of())).compose(now -> {
            long today = context.calendar()
                    .around(Calendar.Period.DAY, Math.max(0, now.asOf()))
                    .from();
            Stretch stretch = new Stretch(from < 0 ? today : from, to < 0 ? Long.MAX_VALUE : to);
            return report.read(scope, stretch, Math.max(0, now.asOf()), limit)
                    .map(rows -> rows == null
                            ? null
                            : QueryRoutes.list(now.asOf(), rows)
                                    .put("scope", scope.text())
                                    .put("from", stretch.from())
                                    .put("to", to < 0 ? null : to));
        });
    }
}
