package io.grouppulse.publish.query;

import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.http.BadInput;
import io.grouppulse.publish.BreadthReport;
import io.grouppulse.publish.Calendar;
import io.grouppulse.publish.ConversionReport;
import io.grouppulse.publish.PeopleReport;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.RepurchaseReport;
import io.grouppulse.publish.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The measures that a day has as a whole, of each remembered day of the zone. */
final class DayHistory {
    static final long DAY = 86_400_000;

    private static final Map<String, Source> MEASURES = measures();

    private final QueryContext context;
    private final PeopleReport people;
    private final BreadthReport breadth;
    private final RepurchaseReport repurchase;
    private final ConversionReport conversions;

    private enum Source {
        PRESENCE,
        MEMBERSHIP,
        BREADTH,
        REPURCHASE,
        CONVERSION
    }

    DayHistory(QueryContext context) {
        this.context = context;
        this.people = new PeopleReport(context.shards(), context.zone());
        this.breadth = new BreadthReport(context.shards());
        this.repurchase = new RepurchaseReport(context.shards(), context.calendar());
        this.conversions = new ConversionReport(context.shards());
    }

    private static Map<String, Source> measures() {
        Map<String, Source> all = new LinkedHashMap<>();
        List.of("dau", "wau", "stickiness").forEach(name -> all.put(name, Source.PRESENCE));
        List.of("members", "fill", "joinLeave", "invites", "inviters", "kFactor", "retention")
                .forEach(name -> all.put(name, Source.MEMBERSHIP));
        List.of("effectiveSpeakers", "lurkers", "thriceDaily", "top3Share", "hollow")
                .forEach(name -> all.put(name, Source.BREADTH));
        List.of("userRepurchase", "orderRepurchase").forEach(name -> all.put(name, Source.REPURCHASE));
        List.of("touched", "conversion", "maturedConversion").forEach(name -> all.put(name, Source.CONVERSION));
        return all;
    }

    /** Whether one of these measures belongs to days; then all of them must. */
    static boolean isAsked(List<String> names, long step) throws BadInput {
        if (names.stream().noneMatch(MEASURES::containsKey)) {
            return false;
        }
        if (!MEASURES.keySet().containsAll(names)) {
            throw BadInput.badField(
                    "measures", "measures of days stand by themselves: " + String.join(", ", MEASURES.keySet()));
        }
        if (step != DAY) {
            throw BadInput.badField("step", "measures of days need step=1d");
        }
        return true;
    }

    /**
     * Reads the remembered days that a stretch touches, oldest first, the last up to T.
     *
     * @return null if there is no such group or node
     */
    Future<@Nullable JsonObject> read(Scope scope, List<String> names, long from, long to, long asOf) {
        Calendar calendar = context.calendar();
        long t = Math.max(0, asOf);
        LocalDate today = calendar.dayOf(t);
        List<Future<@Nullable JsonObject>> days = new ArrayList<>();
        for (LocalDate day = today.minusDays(context.activityDays() - 1L); !day.isAfter(today); day = day.plusDays(1)) {
            if (calendar.startOf(day) < to && calendar.startOf(day.plusDays(1)) > from) {
                days.add(read(scope, names, day, t));
            }
        }
        return Future.all(days).map(done -> {
            JsonArray items = new JsonArray();
            for (Future<@Nullable JsonObject> day : days) {
                if (day.result() == null) {
                    return null;
                }
                items.add(day.result());
            }
            return new JsonObject()
                    .put("asOf", ReadingJson.timeOrNull(asOf))
                    .put("scope", scope.text())
                    .put("step", DAY)
                    .put("items", items)
                    .putNull("cursor");
        });
    }

    private Future<@Nullable JsonObject> read(Scope scope, List<String> names, LocalDate day, long t) {
        Map<Source, Future<@Nullable JsonObject>> reports = new LinkedHashMap<>();
        for (String name : names) {
            reports.computeIfAbsent(source(name), source -> report(source, scope, day, t));
        }
        return Future.all(List.copyOf(reports.values())).map(done -> {
            JsonObject item =
                    new JsonObject().put("ts", context.calendar().startOf(day)).put("day", day.toString());
            for (String name : names) {
                Future<@Nullable JsonObject> report = reports.get(source(name));
                JsonObject found = report == null ? null : report.result();
                if (found == null) {
                    return null;
                }
                item.put(name, found.getValue(name));
            }
            return item;
        });
    }

    private static Source source(String name) {
        return MEASURES.getOrDefault(name, Source.PRESENCE);
    }

    private Future<@Nullable JsonObject> report(Source source, Scope scope, LocalDate day, long t) {
        Calendar calendar = context.calendar();
        long from = calendar.startOf(day);
        return switch (source) {
            case PRESENCE -> people.presence(scope, day);
            case MEMBERSHIP -> people.membership(scope, day, t);
            case BREADTH -> {
                long to = Math.min(calendar.startOf(day.plusDays(1)), t + 1);
                yield breadth.read(scope, Set.of(), new Stretch(from, to));
            }
            case REPURCHASE -> repurchase.read(scope, Calendar.Period.DAY, from, t);
            case CONVERSION -> conversions.whole(scope, new Stretch(from, calendar.startOf(day.plusDays(1))), t);
        };
    }
}
