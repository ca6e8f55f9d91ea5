package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.History;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.CampaignPlan;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts and money by minute, or by longer steps, of a group, an organisation node or a campaign; measures of days by day. */
final class HistoryQuery {
    private static final long MINUTE = 60_000;
    private static final int MAX_STEPS = 2_880;
    private static final long DEFAULT_SPAN = 3_600_000;
    private static final List<String> DEFAULT_MEASURES = List.of("ordersPaid", "gmvPaid", "interactions", "active");

    private final QueryContext context;
    private final DayHistory days;

    HistoryQuery(QueryContext context) {
        this.context = context;
        this.days = new DayHistory(context);
    }

    Future<@Nullable JsonObject> read(MultiMap query, Reach reach) throws BadInput {
        Params params = new Params(query, Set.of("scope", "measures", "from", "to", "step"));
        HistoryScope scope = scopeOf(params, reach);
        if (scope == null) {
            return Future.succeededFuture(null);
        }
        long step = params.duration("step", MINUTE);
        if (step % MINUTE != 0) {
            throw BadInput.badField("step", "step must be a whole number of minutes");
        }
        List<String> names = params.list("measures").isEmpty() ? DEFAULT_MEASURES : params.list("measures");
        if (DayHistory.isAsked(names, step)) {
            return days(params, reach, names);
        }
        List<MinuteMeasure> measures = new ArrayList<>();
        for (String name : names) {
            measures.add(MinuteMeasure.of(name, step > MINUTE));
        }
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of())).compose(now -> {
            try {
                return read(params, scope, step, measures, now.asOf());
            } catch (BadInput e) {
                return Future.failedFuture(e);
            }
        });
    }

    private Future<@Nullable JsonObject> days(Params params, Reach reach, List<String> names) throws BadInput {
        Scope scope = params.scope(reach, "group:{id} or org:{path}, for measures of days");
        long from = params.time("from", Long.MIN_VALUE);
        long to = params.time("to", Long.MAX_VALUE);
        if (from >= to) {
            throw BadInput.badField("from", "from must be before to");
        }
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of()))
                .compose(now -> days.read(scope, names, from, to, now.asOf()));
    }

    /** Null if there is no such campaign. */
    private @Nullable HistoryScope scopeOf(Params params, Reach reach) throws BadInput {
        String text = params.text("scope", Scope.ROOT.text());
        if (!text.startsWith(CampaignPlan.SCOPE)) {
            return HistoryScope.of(params.scope(reach, "group:{id}, org:{path} or campaign:{id}"));
        }
        CampaignPlan plan = context.plans().apply(text.substring(CampaignPlan.SCOPE.length()));
        return plan == null ? null : HistoryScope.of(text, plan);
    }

    private Future<@Nullable JsonObject> read(
            Params params, HistoryScope scope, long step, List<MinuteMeasure> measures, long asOf) throws BadInput {
        long lastMoment = Math.min(Math.max(0, asOf), scope.to() - 1);
        Steps steps = Steps.of(step, context.zone(), lastMoment);
        long to = params.time("to", steps.startOf(lastMoment) + step);
        long from = params.time("from", scope.usualStart(to, DEFAULT_SPAN));
        if (from >= to) {
            throw BadInput.badField("from", "from must be before to");
        }
        long start = steps.startOf(from);
        if ((to - start) / step > MAX_STEPS) {
            throw BadInput.badField(
                    "from", "at most " + MAX_STEPS + " steps a call: ask for less time or a longer step");
        }
        List<Column> columns = MinuteMeasure.columns(measures);
        List<EventType> acts = MinuteMeasure.acts(measures);
        return context.shards()
                .<History>ask(scope.groups(), scope.ask(start, to, columns, acts))
                .map(answers -> {
                    if (answers.stream().noneMatch(History::known) && !scope.mayBeEmpty()) {
                        return null;
                    }
                    JsonArray items = new JsonArray();
                    sums(answers, steps, start, to, columns.size() + acts.size())
                            .forEach((ts, values) -> {
                                JsonObject item = new JsonObject().put("ts", ts);
                                measures.forEach(
                                        measure -> item.put(measure.name(), measure.read(columns, acts, values)));
                                items.add(item);
                            });
                    return QueryRoutes.list(asOf, items)
                            .put("scope", scope.text())
                            .put("step", step);
                });
    }

    /** Steps of one length, counted from a midnight of the zone, so that those of a day are its days. */
    private record Steps(long length, long offset) {
        static Steps of(long length, ZoneId zone, long at) {
            return new Steps(
                    length, zone.getRules().getOffset(Instant.ofEpochMilli(at)).getTotalSeconds() * 1_000L);
        }

        long startOf(long ts) {
            return Math.floorDiv(ts + offset, length) * length - offset;
        }
    }

    /** By the start of each step, in order, the sums over all shards, zeros where nothing was. */
    private static Map<Long, long[]> sums(List<History> answers, Steps steps, long start, long to, int width) {
        Map<Long, long[]> sums = new TreeMap<>();
        for (long ts = start; ts < to; ts += steps.length) {
            sums.put(ts, new long[width]);
        }
        for (History answer : answers) {
            answer.minutes().forEach((minute, values) -> {
                long[] sum = sums.computeIfAbsent(steps.startOf(minute), ts -> new long[width]);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += values[i];
                }
            });
        }
        return sums;
    }
}
