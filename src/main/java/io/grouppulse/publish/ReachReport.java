package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskReach;
import io.grouppulse.bus.Messages.ReachFound;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.reach.ShareReach;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was posted in groups, whom it reached and what it sold. */
public final class ReachReport {
    private final Shards shards;

    public ReachReport(Shards shards) {
        this.shards = shards;
    }

    /**
     * Reads the shares posted in the stretch, by guided money, most first, ties by share.
     *
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonArray> read(Scope scope, Stretch stretch, int limit) {
        return shards.<ReachFound>ask(scope, new AskReach(scope.group(), scope.org(), stretch))
                .map(answers -> {
                    if (!scope.isRoot() && answers.stream().noneMatch(ReachFound::known)) {
                        return null;
                    }
                    Map<String, ShareReach> all = new HashMap<>();
                    answers.forEach(
                            answer -> answer.shares().forEach((share, one) -> all.merge(share, one, ShareReach::plus)));
                    JsonArray rows = new JsonArray();
                    all.entrySet().stream()
                            .sorted(Comparator.comparingLong((Map.Entry<String, ShareReach> entry) ->
                                            entry.getValue().gmv())
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .limit(limit)
                            .forEach(entry -> rows.add(json(entry.getKey(), entry.getValue())));
                    return rows;
                });
    }

    private static JsonObject json(String share, ShareReach reach) {
        return new JsonObject()
                .put("share", share)
                .put("posts", reach.posts())
                .put("groups", reach.groups())
                .put("reach", ReadingJson.ratio(reach.openers(), reach.members()))
                .put("ordersPaid", reach.orders())
                .put("gmvPaid", reach.gmv())
                .put("guidedOrders", ReadingJson.ratio(reach.orders(), reach.itemOrders()))
                .put("guidedGmv", ReadingJson.ratio(reach.gmv(), reach.itemGmv()))
                .put("leaves", reach.leaves());
    }
}
