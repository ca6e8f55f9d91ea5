package io.grouppulse.publish.query;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Scope;
import io.grouppulse.publish.SlotReport;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The flash-sale slots of a day, in a group or a node. */
final class SlotQuery {
    private static final int MOST_SLOTS = 48;

    private final QueryContext context;
    private final SlotReport report;

    SlotQuery(QueryContext context) {
        this.context = context;
        this.report = new SlotReport(context.shards(), context.calendar());
    }

    Future<@Nullable JsonObject> read(MultiMap query, Reach reach) throws BadInput {
        Params params = new Params(query, Set.of("scope", "day", "slots"));
        Scope scope = params.scope(reach);
        List<LocalTime> starts = starts(params.list("slots"));
        LocalDate day = day(params.text("day"));
        return context.<Readings>ask(new AskReadings(Set.of(), Set.of())).compose(now -> {
            LocalDate asked = day == null ? context.calendar().dayOf(Math.max(0, now.asOf())) : day;
            return report.read(scope, asked, starts, now.asOf())
                    .map(json -> json == null
                            ? null
                            : json.put("asOf", ReadingJson.timeOrNull(now.asOf()))
                                    .put("scope", scope.text())
                                    .putNull("cursor"));
        });
    }

    private static @Nullable LocalDate day(@Nullable String text) throws BadInput {
        if (text == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1970 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException e) {
            // falls through to the same answer as a day out of range
        }
        throw BadInput.badField("day", "day must be a date such as 2026-11-11, from 1970 to 9999");
    }

    private static List<LocalTime> starts(List<String> texts) throws BadInput {
        if (texts.isEmpty()) {
            return SlotReport.USUAL;
        }
        try {
            List<LocalTime> starts =
                    texts.stream().map(LocalTime::parse).distinct().sorted().toList();
            if (starts.size() == texts.size() && starts.size() <= MOST_SLOTS) {
                return starts;
            }
        } catch (DateTimeException e) {
            // falls through to the same answer as repeated or too many times
        }
        throw BadInput.badField("slots", "slots must be up to " + MOST_SLOTS + " different times such as 10:00,20:30");
    }
}
