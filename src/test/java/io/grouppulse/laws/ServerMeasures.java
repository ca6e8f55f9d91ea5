package io.grouppulse.laws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grouppulse.oracle.BatchMeasures;
import io.grouppulse.oracle.MeasureNames;
import io.grouppulse.testing.MonitorApi;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a running monitor answers, in the oracle's terms; T is always the monitor's own. */
public final class ServerMeasures implements BatchMeasures {
    private static final int PAGE = 200;

    /** Names of the API that are not the oracle's: where they stand in a window. */
    private static final Map<String, List<String>> PLACES = Map.of(
            "touched", List.of("funnel", "touched"),
            "carted", List.of("funnel", "carted"),
            "ordered", List.of("funnel", "ordered"),
            "paid", List.of("funnel", "paid"),
            "pricedPaid", List.of("aov", "den"),
            "conversionNum", List.of("conversion", "num"),
            "conversionDen", List.of("conversion", "den"),
            "maturedNum", List.of("maturedConversion", "num"),
            "maturedDen", List.of("maturedConversion", "den"));

    /** A minute has one name less: priced paid orders are all of them but the unpriced. */
    private static final List<String> MINUTE = MeasureNames.HISTORY.stream()
            .filter(measure -> !measure.equals("pricedPaid"))
            .toList();

    private final MonitorApi api;
    private final Map<String, JsonNode> groups = new TreeMap<>();
    private final Collection<String> historyOf;

    private ServerMeasures(MonitorApi api, Collection<String> historyOf) {
        this.api = api;
        this.historyOf = historyOf;
    }

    /** Reads all groups now, and the histories of some when asked for them. */
    static ServerMeasures read(MonitorApi api, Collection<String> historyOf) throws IOException, InterruptedException {
        ServerMeasures measures = new ServerMeasures(api, historyOf);
        for (JsonNode group : api.items("api/v1/groups?sort=group&limit=" + PAGE)) {
            measures.groups.put(group.path("group").textValue(), group);
        }
        return measures;
    }

    Map<String, JsonNode> groups() {
        return groups;
    }

    /** A copy of an object less some fields, named with dots. */
    static JsonNode without(JsonNode object, String... names) {
        ObjectNode copy = object.deepCopy();
        for (String name : names) {
            int dot = name.indexOf('.');
            if (dot < 0) {
                copy.remove(name);
            } else if (copy.path(name.substring(0, dot)) instanceof ObjectNode inner) {
                inner.remove(name.substring(dot + 1));
            }
        }
        return copy;
    }

    @Override
    public Map<String, Map<String, Map<String, Long>>> windows(long t) {
        return byGroup(t, group -> {
            Map<String, Map<String, Long>> windows = new TreeMap<>();
            group.path("windows").properties().forEach(w -> windows.put(w.getKey(), measures(w.getValue())));
            return windows;
        });
    }

    @Override
    public Map<String, Map<String, Long>> today(long t) {
        return byGroup(t, group -> measures(group.path("today")));
    }

    @Override
    public Map<String, Long> members(long t) {
        return byGroup(t, group -> number(group.path("members")));
    }

    @Override
    public Map<String, Map<String, Long>> total() {
        Map<String, Map<String, Long>> totals = new TreeMap<>();
        groups.forEach((id, group) -> totals.put(
                id,
                MeasureNames.TOTAL.stream()
                        .collect(Collectors.toMap(
                                m -> m, m -> number(group.path("total").path(m))))));
        return totals;
    }

    @Override
    public Map<String, Map<Long, Map<String, Long>>> history(long fromMinute, long toMinute) {
        return historyOf.parallelStream()
                .collect(Collectors.toConcurrentMap(group -> group, group -> minutes(group, fromMinute, toMinute)));
    }

    private Map<Long, Map<String, Long>> minutes(String group, long fromMinute, long toMinute) {
        String path = "api/v1/history?scope=group:" + MonitorApi.encode(group) + "&measures=" + String.join(",", MINUTE)
                + "&from=" + fromMinute + "&to=" + toMinute;
        try {
            Map<Long, Map<String, Long>> minutes = new TreeMap<>();
            for (JsonNode item : api.get(path).path("items")) {
                Map<String, Long> minute = new TreeMap<>();
                MINUTE.forEach(measure -> minute.put(measure, number(item.path(measure))));
                minute.put("pricedPaid", number(item.path("ordersPaid")) - number(item.path("unpriced")));
                minutes.put(number(item.path("ts")), minute);
            }
            return minutes;
        } catch (IOException e) {
            throw new IllegalStateException("no history of " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("no history of " + group, e);
        }
    }

    private static Map<String, Long> measures(JsonNode window) {
        Map<String, Long> measures = new TreeMap<>();
        for (String measure : MeasureNames.ALL) {
            JsonNode value = window;
            for (String name : PLACES.getOrDefault(measure, List.of(measure))) {
                value = value.path(name);
            }
            measures.put(measure, number(value));
        }
        return measures;
    }

    /** A whole number that is really there: what is missing is not zero. */
    private static long number(JsonNode value) {
        if (!value.isIntegralNumber()) {
            throw new IllegalStateException("expected a whole number, got '" + value + "'");
        }
        return value.longValue();
    }

    private <V> Map<String, V> byGroup(long t, Function<JsonNode, V> value) {
        Map<String, V> values = new TreeMap<>();
        groups.forEach((id, group) -> {
            if (number(group.path("asOf")) != t) {
                throw new IllegalStateException(id + " is as of " + group.path("asOf") + ", not of " + t);
            }
            values.put(id, value.apply(group));
        });
        return values;
    }
}
