package io.grouppulse.publish;

import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.buyers.Buyers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who bought again: by people and by orders, over all groups of a scope. */
public final class RepurchaseReport {
    private final Shards shards;
    private final Calendar calendar;

    public RepurchaseReport(Shards shards, Calendar calendar) {
        this.shards = shards;
        this.calendar = calendar;
    }

    /** Reads the period that holds {@code at}; null if there is no such group or node. */
    public Future<@Nullable JsonObject> read(Scope scope, Calendar.Period period, long at, long asOf) {
        return read(scope, Set.of(), calendar.around(period, at), asOf);
    }

    /** Reads a campaign as far as it is over at T. */
    public Future<@Nullable JsonObject> read(CampaignPlan plan, long asOf) {
        return read(plan.scope(), plan.groups(), plan.soFar(asOf), asOf)
                .map(json -> json == null ? write(plan.soFar(asOf), true, Buyers.merge(List.of())) : json);
    }

    private Future<@Nullable JsonObject> read(Scope scope, Set<String> only, Stretch stretch, long asOf) {
        long since = calendar.rememberedSince(asOf);
        Stretch remembered = new Stretch(Math.max(stretch.from(), since), stretch.to());
        return shards.buyers(scope, only, remembered)
                .map(buyers -> buyers == null ? null : write(stretch, stretch.from() >= since, buyers));
    }

    private static JsonObject write(Stretch stretch, boolean complete, Buyers buyers) {
        return measures(buyers)
                .put("from", stretch.from())
                .put("to", stretch.to())
                .put("complete", complete);
    }

    /** The measures of some buyers, as they stand in every answer. */
    static JsonObject measures(Buyers buyers) {
        long people = buyers.people();
        return new JsonObject()
                .put("buyers", people)
                .put("ordersPaid", buyers.orders())
                .put("userRepurchase", ReadingJson.ratio(buyers.repeaters(), people))
                .put("orderRepurchase", ReadingJson.ratio(Math.max(0, buyers.orders() - people), buyers.orders()))
                .put("error", buyers.error());
    }
}
