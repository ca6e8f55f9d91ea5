package io.grouppulse.publish;

import io.grouppulse.bus.Messages.FactorsFound;
import io.grouppulse.bus.Messages.OrderSum;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.domain.alert.SaleStanding;
import io.grouppulse.domain.alert.SaleStanding.Mark;
import io.grouppulse.domain.alert.SaleStanding.Measure;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.OrderMeasure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign stands: paid orders and money since it began, against its targets at this moment of it, and against an
 * earlier campaign at the same moment of that one.
 */
public final class CampaignReport {
    private final Shards shards;
    private final RepurchaseReport repurchase;
    private final SaleFactorsReport factors;
    private final Function<String, @Nullable CampaignPlan> plans;

    /** @param plans the plan of a campaign, or null if there is none */
    public CampaignReport(Shards shards, Calendar calendar, Function<String, @Nullable CampaignPlan> plans) {
        this.shards = shards;
        this.repurchase = new RepurchaseReport(shards, calendar);
        this.factors = new SaleFactorsReport(shards);
        this.plans = plans;
    }

    /**
     * Reads the campaign as of T; null if there is none.
     *
     * @param visible whether an earlier campaign may be named
     */
    public Future<@Nullable JsonObject> read(String id, long asOf, Predicate<String> visible) {
        CampaignPlan plan = plans.apply(id);
        if (plan == null) {
            return Future.succeededFuture(null);
        }
        String compareTo = plan.compareTo();
        CampaignPlan earlier = compareTo != null && visible.test(compareTo) ? plans.apply(compareTo) : null;
        long elapsed = plan.elapsed(asOf);
        Future<Map<String, OrderSum>> now = sumOf(plan, elapsed);
        Future<JsonObject> again = repurchase.read(plan, asOf);
        Future<FactorsFound> made = factors.read(plan, elapsed);
        return Future.all(now, again, made)
                .map(done -> putRepurchase(standing(plan, total(now.result()), asOf, visible), again.result())
                        .put("funnel", SaleFactorsReport.funnel(made.result())))
                .compose(json -> earlier == null
                        ? Future.succeededFuture(
                                json.putNull("compared").putNull("bridge").put("behind", new JsonArray()))
                        : putCompared(json, earlier, elapsed, now.result(), made.result()));
    }

    private Future<JsonObject> putCompared(
            JsonObject json, CampaignPlan earlier, long elapsed, Map<String, OrderSum> now, FactorsFound factorsNow) {
        return sumOf(earlier, elapsed)
                .compose(then -> factors.read(earlier, elapsed)
                        .map(factorsThen -> json.put("compared", compared(earlier, total(now), total(then)))
                                .put("bridge", SaleFactorsReport.bridge(factorsThen, factorsNow))
                                .put("behind", GroupsBehind.of(now, then))));
    }

    private static JsonObject putRepurchase(JsonObject json, JsonObject again) {
        return json.put("userRepurchase", again.getJsonObject("userRepurchase"))
                .put("orderRepurchase", again.getJsonObject("orderRepurchase"))
                .put(
                        "people",
                        new JsonObject().put("buyers", again.getLong("buyers")).put("error", again.getDouble("error")));
    }

    /** By what the campaign can be judged as of T: its targets, and the campaign it is compared with; null if there is none. */
    public Future<@Nullable SaleStanding> standing(String id, long asOf) {
        CampaignPlan plan = plans.apply(id);
        if (plan == null) {
            return Future.succeededFuture(null);
        }
        CampaignPlan earlier = plan.compareTo() == null ? null : plans.apply(plan.compareTo());
        double part = (double) plan.elapsed(asOf) / (plan.to() - plan.from());
        List<String> orgs = plan.org().isEmpty() ? List.of() : List.of(plan.org());
        return sumOf(plan, plan.elapsed(asOf)).compose(byGroup -> {
            OrderSum now = total(byGroup);
            List<Mark> marks = new ArrayList<>(targetMarks(plan, now, part));
            if (earlier == null) {
                return Future.succeededFuture(new SaleStanding(id, plan.name(), orgs, part, marks));
            }
            return sumOf(earlier, plan.elapsed(asOf)).map(thenByGroup -> {
                OrderSum then = total(thenByGroup);
                String against = plan.holds(earlier) ? "as in " + earlier.id() : null;
                marks.add(new Mark(Measure.ORDERS, orders(now), orders(then), against));
                marks.add(new Mark(Measure.GMV, gmv(now), gmv(then), against));
                return new SaleStanding(id, plan.name(), orgs, part, marks);
            });
        });
    }

    private static List<Mark> targetMarks(CampaignPlan plan, OrderSum now, double part) {
        List<Mark> marks = new ArrayList<>();
        if (plan.targetOrders() != null) {
            marks.add(new Mark(Measure.ORDERS, orders(now), Math.round(plan.targetOrders() * part), "target"));
        }
        if (plan.targetGmv() != null) {
            marks.add(new Mark(Measure.GMV, gmv(now), Math.round(plan.targetGmv() * part), "target"));
        }
        return marks;
    }

    /** What each group took in so much time of the campaign. */
    private Future<Map<String, OrderSum>> sumOf(CampaignPlan plan, long elapsed) {
        return shards.orders(plan.scope(), plan.groups(), OrderTrait.GROUP, plan.firstMillis(elapsed))
                .map(sums -> sums == null ? Map.of() : sums);
    }

    /**
     * What was planned, and how far its time has come as of T.
     *
     * @param visible whether another campaign may be named to this reader
     */
    public static JsonObject plan(CampaignPlan plan, long asOf, Predicate<String> visible) {
        String compareTo = plan.compareTo();
        return new JsonObject()
                .put("id", plan.id())
                .put("name", plan.name())
                .put("org", plan.groups().isEmpty() ? plan.org() : null)
                .put("groups", new JsonArray(new ArrayList<>(new TreeSet<>(plan.groups()))))
                .put("from", plan.from())
                .put("to", plan.to())
                .put("targets", targets(plan))
                .put("compareTo", compareTo != null && visible.test(compareTo) ? compareTo : null)
                .put("state", plan.stateAt(asOf))
                .put("elapsed", ReadingJson.ratio(plan.elapsed(asOf), plan.to() - plan.from()));
    }

    private static JsonObject standing(CampaignPlan plan, OrderSum now, long asOf, Predicate<String> visible) {
        return plan(plan, asOf, visible)
                .mergeIn(BoardReport.measures(now.counts(), now.buyers()))
                .put("gmvCancelled", now.counts().get(Column.CANCELLED_AFTER_PAID))
                .put("unpaid", now.counts().get(Column.UNPAID))
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
    private static JsonObject against(CampaignPlan plan, OrderSum now, long elapsed) {
        double part = (double) elapsed / (plan.to() - plan.from());
        return new JsonObject()
                .put("gmv", ratio(gmv(now), plan.targetGmv(), part))
                .put("orders", ratio(orders(now), plan.targetOrders(), part));
    }

    private static @Nullable JsonObject ratio(long reached, @Nullable Long target, double part) {
        return target == null ? null : ReadingJson.ratio(reached, Math.round(target * part));
    }

    private static JsonObject compared(CampaignPlan earlier, OrderSum now, OrderSum then) {
        return new JsonObject()
                .put("id", earlier.id())
                .put("ordersPaid", orders(then))
                .put("gmvPaid", gmv(then))
                .put("gmvNet", OrderMeasure.GMV_NET.applyAsLong(then.counts()))
                .put("buyers", then.buyers())
                .put("orders", ReadingJson.ratio(orders(now), orders(then)))
                .put("gmv", ReadingJson.ratio(gmv(now), gmv(then)));
    }

    private static OrderSum total(Map<String, OrderSum> byGroup) {
        return byGroup.values().stream().reduce(OrderSum.NONE, OrderSum::plus);
    }

    private static long orders(OrderSum sum) {
        return sum.counts().get(Column.ORDERS_PAID);
    }

    private static long gmv(OrderSum sum) {
        return sum.counts().get(Column.GMV_PAID);
    }
}
