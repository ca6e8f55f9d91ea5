package io.grouppulse.publish;

import io.grouppulse.bus.Messages.AskFactors;
import io.grouppulse.bus.Messages.FactorsFound;
import io.grouppulse.domain.reach.SaleBridge;
import io.grouppulse.domain.reach.SaleFactors;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The funnel of a campaign, and which of its steps made the difference to the compared one. */
final class SaleFactorsReport {
    private final Shards shards;

    SaleFactorsReport(Shards shards) {
        this.shards = shards;
    }

    /** What was found of so much time of the campaign; {@code complete} if all of it is remembered. */
    Future<FactorsFound> read(CampaignPlan plan, long elapsed) {
        AskFactors question =
                new AskFactors(plan.scope().group(), plan.scope().org(), plan.groups(), plan.firstMillis(elapsed));
        return shards.<FactorsFound>ask(plan.scope(), question)
                .map(answers -> new FactorsFound(
                        answers.stream().map(FactorsFound::factors).reduce(SaleFactors.NONE, SaleFactors::plus),
                        answers.stream().allMatch(FactorsFound::complete)));
    }

    /** The steps of the funnel and their ratios; null if a part of the time is forgotten. */
    static @Nullable JsonObject funnel(FactorsFound found) {
        SaleFactors sale = found.factors();
        return found.complete()
                ? new JsonObject()
                        .put("exposed", sale.exposed())
                        .put("opened", sale.opened())
                        .put("carted", sale.carted())
                        .put("ordered", sale.ordered())
                        .put("buyers", sale.buyers())
                        .put("openRate", ReadingJson.ratio(sale.opened(), sale.exposed()))
                        .put("buyRate", ReadingJson.ratio(sale.buyers(), sale.opened()))
                        .put("frequency", ReadingJson.ratio(sale.orders(), sale.buyers()))
                        .put("basket", ReadingJson.ratio(sale.gmv(), sale.orders()))
                : null;
    }

    /** What each factor adds to the money of the compared campaign; null if that cannot be told. */
    static @Nullable JsonObject bridge(FactorsFound then, FactorsFound now) {
        SaleBridge bridge =
                then.complete() && now.complete() ? SaleBridge.between(then.factors(), now.factors()) : null;
        return bridge == null
                ? null
                : new JsonObject()
                        .put("difference", now.factors().gmv() - then.factors().gmv())
                        .put("exposed", bridge.exposed())
                        .put("openRate", bridge.openRate())
                        .put("buyRate", bridge.buyRate())
                        .put("frequency", bridge.frequency())
                        .put("basket", bridge.basket());
    }
}
