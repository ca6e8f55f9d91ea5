package io.grouppulse.publish;

import io.grouppulse.bus.Messages.OrderSum;
import io.grouppulse.domain.signal.Column;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The groups of a campaign that are behind an earlier one, the largest recoverable gap first: what the group took of the
 * earlier campaign up to this moment of it, less what it has taken now, and never below 0.
 */
final class GroupsBehind {
    private static final int MOST = 20;

    private GroupsBehind() {}

    private record Gap(String group, OrderSum now, OrderSum then) {
        long of(Column column) {
            return Math.max(0, then.counts().get(column) - now.counts().get(column));
        }

        boolean isOpen() {
            return of(Column.GMV_PAID) > 0 || of(Column.ORDERS_PAID) > 0;
        }

        JsonObject json() {
            return new JsonObject()
                    .put("group", group)
                    .put("orders", ratio(Column.ORDERS_PAID))
                    .put("gmv", ratio(Column.GMV_PAID))
                    .put(
                            "gap",
                            new JsonObject()
                                    .put("orders", of(Column.ORDERS_PAID))
                                    .put("gmv", of(Column.GMV_PAID)));
        }

        private JsonObject ratio(Column column) {
            return ReadingJson.ratio(now.counts().get(column), then.counts().get(column));
        }
    }

    static JsonArray of(Map<String, OrderSum> now, Map<String, OrderSum> then) {
        List<Gap> gaps = new ArrayList<>();
        then.forEach((group, sum) -> gaps.add(new Gap(group, now.getOrDefault(group, OrderSum.NONE), sum)));
        JsonArray behind = new JsonArray();
        gaps.stream()
                .filter(Gap::isOpen)
                .sorted(Comparator.comparingLong((Gap gap) -> gap.of(Column.GMV_PAID))
                        .thenComparingLong(gap -> gap.of(Column.ORDERS_PAID))
                        .reversed()
                        .thenComparing(Gap::group))
                .limit(MOST)
                .forEach(gap -> behind.add(gap.json()));
        return behind;
    }
}
