package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskConversions;
import io.grouppulse.bus.Messages.ConversionsFound;
import io.grouppulse.bus.Messages.OrderSum;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.bus.Messages.TouchTrait;
import io.grouppulse.domain.reach.Conversion;
import io.grouppulse.domain.reach.Journeys;
import io.grouppulse.domain.signal.Column;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the touches of a stretch of time: by cohorts of five minutes, or by the channel, share or item that
 * touched, there beside what was ordered by the same trait.
 */
public final class ConversionReport {
    private static final String UNKNOWN = "unknown";

    private final Shards shards;

    public ConversionReport(Shards shards) {
        this.shards = shards;
    }

    /** What touches may be told apart by, as queries name it. */
    public static List<String> traits() {
        return List.of("cohort", "channel", "share", "item");
    }

    /**
     * Reads the rows as of T: cohorts in time order, others by touched customers, most first.
     *
     * @param only of the scope's groups these alone; empty for all
     * @param by one of {@link #traits}
     * @param stretch when the touches were, and the orders of the same trait
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonArray> read(
            Scope scope, Set<String> only, String by, Stretch stretch, long asOf, int limit) {
        TouchTrait trait = TouchTrait.valueOf(by.toUpperCase(Locale.ROOT));
        AskConversions question = new AskConversions(scope.group(), scope.org(), only, trait, stretch, asOf);
        Future<Map<String, OrderSum>> orders = trait == TouchTrait.COHORT
                ? Future.succeededFuture(Map.of())
                : shards.orders(scope, only, OrderTrait.valueOf(trait.name()), stretch)
                        .map(sums -> sums == null ? Map.of() : sums);
        return shards.<ConversionsFound>ask(scope, question)
                .compose(answers -> orders.map(sold -> {
                    if (!scope.isRoot() && answers.stream().noneMatch(ConversionsFound::known)) {
                        return null;
                    }
                    Map<String, Conversion> all = new HashMap<>();
                    answers.forEach(answer ->
                            answer.conversions().forEach((key, one) -> all.merge(key, one, Conversion::plus)));
                    return trait == TouchTrait.COHORT ? cohorts(all, limit) : rows(by, all, sold, limit);
                }));
    }

    /**
     * What became of all touches of the stretch together.
     *
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonObject> whole(Scope scope, Stretch stretch, long asOf) {
        AskConversions question =
                new AskConversions(scope.group(), scope.org(), Set.of(), TouchTrait.ALL, stretch, asOf);
        return shards.<ConversionsFound>ask(scope, question).map(answers -> {
            if (!scope.isRoot() && answers.stream().noneMatch(ConversionsFound::known)) {
                return null;
            }
            return ratios(answers.stream()
                    .flatMap(answer -> answer.conversions().values().stream())
                    .reduce(Conversion.NONE, Conversion::plus));
        });
    }

    private static JsonArray cohorts(Map<String, Conversion> all, int limit) {
        TreeMap<Long, Conversion> inTime = new TreeMap<>();
        all.forEach((start, conversion) -> inTime.put(Long.parseLong(start), conversion));
        while (inTime.size() > limit) {
            inTime.pollFirstEntry();
        }
        JsonArray rows = new JsonArray();
        inTime.forEach((start, conversion) -> {
            JsonArray within = new JsonArray();
            conversion.within().forEach(converted -> within.add(ReadingJson.ratio(converted, conversion.touched())));
            rows.add(new JsonObject()
                    .put("from", start)
                    .put("to", start + Journeys.STEP)
                    .mergeIn(ratios(conversion))
                    .put("within", within));
        });
        return rows;
    }

    private static JsonArray rows(String by, Map<String, Conversion> all, Map<String, OrderSum> sold, int limit) {
        Map<String, OrderSum> orders = new HashMap<>();
        sold.forEach((key, sum) -> orders.merge(named(by, key), sum, OrderSum::plus));
        Set<String> keys = new HashSet<>(all.keySet());
        keys.addAll(orders.keySet());
        JsonArray rows = new JsonArray();
        keys.stream()
                .sorted(Comparator.comparingLong((String key) ->
                                all.getOrDefault(key, Conversion.NONE).touched())
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
                .forEach(key -> {
                    OrderSum sum = orders.getOrDefault(key, OrderSum.NONE);
                    rows.add(new JsonObject()
                            .put(by, key.isEmpty() ? null : key)
                            .mergeIn(ratios(all.getOrDefault(key, Conversion.NONE)))
                            .put("ordersPaid", sum.counts().get(Column.ORDERS_PAID))
                            .put("gmvPaid", sum.counts().get(Column.GMV_PAID)));
                });
        return rows;
    }

    private static String named(String by, String key) {
        return by.equals("channel") && key.isEmpty() ? UNKNOWN : key;
    }

    private static JsonObject ratios(Conversion conversion) {
        return new JsonObject()
                .put("touched", conversion.touched())
                .put("conversion", ReadingJson.ratio(conversion.converted(), conversion.touched()))
                .put(
                        "maturedConversion",
                        ReadingJson.ratio(conversion.maturedConverted(), conversion.maturedTouched()));
    }
}
