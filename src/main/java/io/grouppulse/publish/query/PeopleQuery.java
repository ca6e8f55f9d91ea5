package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.PeopleReport;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The people of a group or node on one of the remembered days. */
final class PeopleQuery {
    private final QueryContext context;
    private final PeopleReport report;

    PeopleQuery(QueryContext context) {
        this.context = context;
        this.report = new PeopleReport(context.shards(), context.zone());
    }

    private interface Report {
        Future<@Nullable JsonObject> read(Scope scope, LocalDate day, long asOf);
    }

    Future<@Nullable JsonObject> presence(MultiMap query, Reach reach) throws BadInput {
        return read(query, reach, (scope, day, asOf) -> report.presence(scope, day));
    }

    Future<@Nullable JsonObject> membership(MultiMap query, Reach reach) throws BadInput {
        return read(query, reach, report::membership);
    }

    private Future<@Nullable JsonObject> read(MultiMap query, Reach reach, Report part) throws BadInput {
        Params params = new Params(query, Set.of("scope", "day"));
        Scope scope = params.scope(reach);
        LocalDate asked = day(params.text("day"));
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of())).compose(now -> {
            // Before the first event of a replay there is no T and nobody; any day says so.
            long asOf = now.asOf() == Long.MIN_VALUE ? 0 : now.asOf();
            LocalDate today = Instant.ofEpochMilli(asOf).atZone(context.zone()).toLocalDate();
            LocalDate day = asked == null ? today : asked;
            LocalDate first = today.minusDays(context.activityDays() - 1L);
            if (day.isBefore(first) || day.isAfter(today)) {
                return Future.failedFuture(BadInput.badField(
                        "day", "day must be from " + first + " to " + today + ", in " + context.zone()));
            }
            return part.read(scope, day, asOf)
                    .map(json -> json == null ? null : json.put("asOf", ReadingJson.timeOrNull(now.asOf())));
        });
    }

    private static @Nullable LocalDate day(@Nullable String text) throws BadInput {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw BadInput.badField("day", "day must be a date such as 2026-11-11");
        }
    }
}
