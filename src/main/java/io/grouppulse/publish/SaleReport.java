package io.grouppulse.publish;

import io.grouppulse.bus.Messages.OrderSum;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.publish.ReportTable.Cell;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The report of a campaign, final once it is closed, a draft before. Thread-safe. */
public final class SaleReport {
    private static final int EPISODES = 20;

    private final Shards shards;
    private final Calendar calendar;
    private final CampaignReport campaigns;
    private final SlotReport slots;
    private final RainReport rain;
    private final ReportTables tables;
    private final Function<String, @Nullable CampaignPlan> plans;

    /** @param plans the plan of a campaign, or null if there is none */
    public SaleReport(
            Shards shards,
            Calendar calendar,
            CampaignReport campaigns,
            Function<String, @Nullable CampaignPlan> plans) {
        this.shards = shards;
        this.calendar = calendar;
        this.campaigns = campaigns;
        this.slots = new SlotReport(shards, calendar);
        this.rain = new RainReport(shards);
        this.tables = new ReportTables(calendar.zone());
        this.plans = plans;
    }

    /**
     * Writes the report as of T.
     *
     * @param visible whether an earlier campaign may be named
     * @return null if there is no such campaign
     */
    public Future<@Nullable String> write(
            String id, long asOf, ReportFormat format, ReportWords words, Predicate<String> visible) {
        CampaignPlan plan = plans.apply(id);
        if (plan == null) {
            return Future.succeededFuture(null);
        }
        Future<JsonObject> standing = campaigns.read(id, asOf, visible).map(SaleReport::orNothing);
        Future<Map<String, OrderSum>> groups = orders(plan, OrderTrait.GROUP, asOf);
        Future<Map<String, OrderSum>> items = orders(plan, OrderTrait.ITEM, asOf);
        Future<Map<String, OrderSum>> channels = orders(plan, OrderTrait.CHANNEL, asOf);
        Future<JsonArray> slotsOfDay = slots(plan, asOf);
        Future<JsonArray> episodes = rain(plan, asOf);
        return Future.all(standing, groups, items, channels, slotsOfDay, episodes)
                .map(done -> {
                    JsonObject campaign = standing.result();
                    if (campaign.isEmpty()) {
                        return null;
                    }
                    List<ReportTable> all = new ArrayList<>();
                    all.add(head(campaign, asOf));
                    all.add(ReportTables.totals(campaign));
                    all.add(ReportTables.against(campaign));
                    all.add(ReportTables.funnel(campaign.getJsonObject("funnel")));
                    all.add(ReportTables.bridge(campaign.getJsonObject("bridge")));
                    all.add(ReportTables.slots(slotsOfDay.result()));
                    all.add(ReportTables.top("groups", "group", groups.result()));
                    all.add(ReportTables.top("items", "item", items.result()));
                    all.add(ReportTables.top("channels", "channel", channels.result()));
                    all.add(tables.rain(episodes.result()));
                    all.add(ReportTables.behind(campaign.getJsonArray("behind")));
                    all.removeIf(table -> table.rows().isEmpty());
                    return format.write(words, plan.name(), all);
                });
    }

    private ReportTable head(JsonObject campaign, long asOf) {
        String state = campaign.getString("state");
        ReportTable head = new ReportTable("title", "measure", "value")
                .add(Cell.word("id"), Cell.text(campaign.getString("id")))
                .add(Cell.word("name"), Cell.text(campaign.getString("name")))
                .add(Cell.word("from"), Cell.text(tables.time(campaign.getLong("from"))))
                .add(Cell.word("to"), Cell.text(tables.time(campaign.getLong("to"))))
                .add(Cell.word("asOf"), Cell.text(tables.time(ReadingJson.timeOrNull(asOf))))
                .add(Cell.word("state"), Cell.word(state.equals("running") ? "draft" : state));
        return campaign.getLong("from") < calendar.rememberedSince(asOf)
                ? head.add(Cell.word("state"), Cell.word("incomplete"))
                : head;
    }

    private Future<Map<String, OrderSum>> orders(CampaignPlan plan, OrderTrait trait, long asOf) {
        return shards.orders(plan.scope(), plan.groups(), trait, plan.soFar(asOf))
                .map(sums -> sums == null ? Map.of() : sums);
    }

    /** Slots and rain are measured of nodes: a campaign of listed groups has none. */
    private Future<JsonArray> slots(CampaignPlan plan, long asOf) {
        if (!plan.groups().isEmpty() || plan.from() > Calendar.LATEST) {
            return Future.succeededFuture(new JsonArray());
        }
        return slots.read(plan.scope(), calendar.dayOf(plan.from()), SlotReport.USUAL, asOf)
                .map(json -> json == null ? new JsonArray() : json.getJsonArray("items"));
    }

    private Future<JsonArray> rain(CampaignPlan plan, long asOf) {
        if (!plan.groups().isEmpty()) {
            return Future.succeededFuture(new JsonArray());
        }
        return rain.read(plan.scope(), Math.min(asOf, plan.to() - 1), plan.from(), EPISODES, false)
                .map(episodes -> episodes == null ? new JsonArray() : episodes);
    }

    private static JsonObject orNothing(@Nullable JsonObject json) {
        return json == null ? new JsonObject() : json;
    }
}
