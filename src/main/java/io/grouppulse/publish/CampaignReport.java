package io.grouppulse.publish;

import io.grouppulse.bus.Messages.StretchSum;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign stands: paid orders and money since it began, against its targets at this moment of it, and against an
 * earlier campaign at the same moment of that one.
 */
public final class CampaignReport {
    private static final int MOST_BEHIND = 20;

    private final Shards shards;
    private final RepurchaseReport repurchase;
    private final Function<String, @Nullable CampaignPlan> plans;

    /** @param plans the plan of a campaign, or null if there is none */
    public CampaignReport(Shards shards, Calendar calendar, Function<String, @Nullable CampaignPlan> plans) {
        this.shards = shards;
        this.repurchase = new RepurchaseReport(shards, calendar);
        this.plans = plans;
    }

    /** Reads the campaign as of T; null if there is none. */
    public Future<@Nullable JsonObject> read(String id, long asOf) {
        CampaignPlan plan = plans.apply(id);
        if (plan == null) {
            return Future.succeededFuture(null);
        }
        CampaignPlan earlier = plan.compareTo() == null ? null : plans.apply(plan.compareTo());
        return sumOf(plan, plan.elapsed(asOf))
                .compose(now -> repurchase.read(plan, asOf).compose(again -> {
                    JsonObject json = putRepurchase(standing(plan, now, asOf), again);
                    return earlier == null
                            ? Future.succeededFuture(json.putNull("compared").put("behind", new JsonArray()))
                            : sumOf(earlier, plan.elapsed(asOf))
                                    .map(then -> json.put("compared", compared(earlier, now, then))
                                            .put("behind", behind(now, then)));
                }));
    }

    private static JsonObject putRepurchase(JsonObject json, JsonObject again) {
        return json.put("userRepurchase", again.getJsonObject("userRepurchase"))
                .put("orderRepurchase", again.getJsonObject("orderRepurchase"))
                .put(
                        "people",
                        new JsonObject().put("buyers", again.getLong("buyers")).put("error", again.getDouble("error")));
    }

    private Future<StretchSum> sumOf(CampaignPlan plan, long elapsed) {
        return shards.sums(plan.scope(), plan.groups(), List.of(plan.firstMillis(elapsed)))
                .map(sums -> sums.get(0));
    }

    private static JsonObject standing(CampaignPlan plan, StretchSum now, long asOf) {
        String state = asOf < plan.from() ? "planned" : asOf < plan.to() ? "running" : "closed";
        return new JsonObject()
                .put("id", plan.id())
                .put("name", plan.name())
                .put("org", plan.groups().isEmpty() ? plan.org() : null)
                .put("groups", new JsonArray(new ArrayList<>(new TreeSet<>(plan.groups()))))
                .put("from", plan.from())
                .put("to", plan.to())
                .put("targets", targets(plan))
                .put("compareTo", plan.compareTo())
                .put("state", state)
                .put("elapsed", ReadingJson.ratio(plan.elapsed(asOf), plan.to() - plan.from()))
                .put("ordersPaid", now.orders())
                .put("gmvPaid", now.gmv())
                .put("buyers", now.buyers())
                .put("progress", against(plan, now, plan.to() - plan.from()))
                .put("pace", against(plan, now, plan.elapsed(asOf)));
    }

    private static JsonObject targets(CampaignPlan plan) {
        JsonObject targets = new JsonObject();
        if (plan.targetGmv() != null) {
            targets.put("gmv", plan.targetGmv());
        }
        return plan.targetOrders() == null ? targets : targets.put("orders", plan.targetOrders());
    }

    /** What was reached per what an even pace asks for after so much time; null where there is no target. */
    private static JsonObject against(CampaignPlan plan, StretchSum now, long elapsed) {
        double part = (double) elapsed / (plan.to() - plan.from());
        return new JsonObject()
                .put("gmv", ratio(now.gmv(), plan.targetGmv(), part))
                .put("orders", ratio(now.orders(), plan.targetOrders(), part));
    }

    private static @Nullable JsonObject ratio(long reached, @Nullable Long target, double part) {
        return target == null ? null : ReadingJson.ratio(reached, Math.round(target * part));
    }

    private static JsonObject compared(CampaignPlan earlier, StretchSum now, StretchSum then) {
        return new JsonObject()
                .put("id", earlier.id())
                .put("ordersPaid", then.orders())
                .put("gmvPaid", then.gmv())
                .put("buyers", then.buyers())
                .put("orders", ReadingJson.ratio(now.orders(), then.orders()))
                .put("gmv", ReadingJson.ratio(now.gmv(), then.gmv()));
    }

    /** The groups that sold less than at the same moment of the earlier campaign, the largest gap first. */
    private static JsonArray behind(StretchSum now, StretchSum then) {
        JsonArray behind = new JsonArray();
        then.byGroup().entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), new long[] {
                    now.byGroup().getOrDefault(entry.getKey(), 0L), entry.getValue()
                }))
                .filter(entry -> entry.getValue()[0] < entry.getValue()[1])
                .sorted(Comparator.comparingLong(
                        (Map.Entry<String, long[]> entry) -> entry.getValue()[0] - entry.getValue()[1]))
                .limit(MOST_BEHIND)
                .forEach(entry -> behind.add(new JsonObject()
                        .put("group", entry.getKey())
                        .put("orders", ReadingJson.ratio(entry.getValue()[0], entry.getValue()[1]))));
        return behind;
    }
}
