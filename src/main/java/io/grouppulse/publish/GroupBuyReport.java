package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskGroupBuys;
import io.grouppulse.bus.Messages.GroupBuysFound;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.signal.groupbuy.BuySum;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the group-buys of a stretch of time, by item. */
public final class GroupBuyReport {
    private final Shards shards;

    public GroupBuyReport(Shards shards) {
        this.shards = shards;
    }

    /**
     * Reads the items by group-buys opened, most first, ties by item.
     *
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonArray> read(Scope scope, Stretch stretch, int limit) {
        return shards.<GroupBuysFound>ask(scope, new AskGroupBuys(scope.group(), scope.org(), stretch))
                .map(answers -> {
                    if (!scope.isRoot() && answers.stream().noneMatch(GroupBuysFound::known)) {
                        return null;
                    }
                    Map<String, BuySum> items = new HashMap<>();
                    answers.forEach(
                            answer -> answer.items().forEach((item, sum) -> items.merge(item, sum, BuySum::plus)));
                    JsonArray rows = new JsonArray();
                    items.entrySet().stream()
                            .sorted(Comparator.comparingLong((Map.Entry<String, BuySum> entry) ->
                                            entry.getValue().opened())
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .limit(limit)
                            .forEach(entry -> rows.add(json(entry.getKey(), entry.getValue())));
                    return rows;
                });
    }

    private static JsonObject json(String item, BuySum sum) {
        return new JsonObject()
                .put("item", item.isEmpty() ? null : item)
                .put("opened", sum.opened())
                .put("joined", sum.joined())
                .put("formed", sum.formed())
                .put("failed", sum.failed())
                .put("open", sum.open())
                .put("oneShort", sum.oneShort())
                .put("success", ReadingJson.ratio(sum.formed(), sum.formed() + sum.failed()));
    }
}
