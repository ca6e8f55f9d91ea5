package io.grouppulse.publish;

import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.AskGrowth;
import io.grouppulse.bus.Messages.AskJoins;
import io.grouppulse.bus.Messages.GrowthFound;
import io.grouppulse.bus.Messages.JoinsFound;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.people.Growth;
import io.grouppulse.domain.people.InviteTree;
import io.grouppulse.domain.people.Joins;
import io.grouppulse.domain.people.RewardTier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How members brought members: the tree of inviters, its pace, what its inviters earned, and what gifts sold. */
public final class FissionReport {
    private final Shards shards;
    private final List<RewardTier> tiers;

    /** @param tiers what inviters earn */
    public FissionReport(Shards shards, List<RewardTier> tiers) {
        this.shards = shards;
        this.tiers = List.copyOf(tiers);
    }

    /**
     * Reads a stretch of time: its joins, and inviters by reward, largest first.
     *
     * @return null if there is no such group or node
     */
    public Future<@Nullable JsonObject> read(Scope scope, Stretch stretch, int limit, View view) {
        Future<List<JoinsFound>> joined =
                shards.ask(scope, new AskJoins(scope.group(), scope.org(), stretch.from(), stretch.to()));
        Future<List<GrowthFound>> grown = shards.ask(scope, new AskGrowth(scope.group(), scope.org(), stretch));
        return Future.all(joined, grown).map(done -> {
            if (!scope.isRoot() && joined.result().stream().noneMatch(JoinsFound::known)) {
                return null;
            }
            Joins joins = new Joins();
            joined.result().forEach(answer -> joins.addAll(answer.joins()));
            Growth growth = grown.result().stream().map(GrowthFound::growth).reduce(Growth.NONE, Growth::plus);
            return json(joins, growth, stretch.to() - stretch.from(), limit, view);
        });
    }

    private JsonObject json(Joins joins, Growth growth, long length, int limit, View view) {
        Joins.Invites invites = joins.invites();
        List<Long> levels = InviteTree.levels(joins.invitations());
        long doubling = growth.doublingTime(length);
        return new JsonObject()
                .put("joins", joins.joins())
                .put("invites", invites.invites())
                .put("stayed", invites.stayed())
                .put("inviters", joins.inviters())
                .put("kFactor", ReadingJson.ratio(invites.stayed(), joins.inviters()))
                .put("depth", levels.size())
                .put("levels", new JsonArray(levels))
                .put("growth", ReadingJson.ratio(growth.after(), growth.before()))
                .put("doublingMillis", doubling < 0 ? null : doubling)
                .put("giftConversion", ReadingJson.ratio(growth.buyers(), growth.claimants()))
                .put(
                        "rewards",
                        joins.byInviter().values().stream()
                                .mapToLong(this::reward)
                                .sum())
                .put("items", inviters(joins, limit, view));
    }

    private JsonArray inviters(Joins joins, int limit, View view) {
        JsonArray rows = new JsonArray();
        joins.byInviter().entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Joins.Invites> entry) -> reward(entry.getValue()))
                        .thenComparingLong(entry -> entry.getValue().invites())
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .forEach(entry -> rows.add(new JsonObject()
                        .put("referrer", OrderJson.shown(entry.getKey(), view))
                        .put("invites", entry.getValue().invites())
                        .put("stayed", entry.getValue().stayed())
                        .put("reward", reward(entry.getValue()))));
        return rows;
    }

    /** Whoever left within a day earns its inviter nothing. */
    private long reward(Joins.Invites invites) {
        return RewardTier.accrued(tiers, invites.stayed());
    }
}
