package io.grouppulse.publish;

import io.grouppulse.access.View;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.domain.people.RewardTier;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads reports that are followed: the same numbers as the query of that name gives when nothing else is asked of it. */
public final class LiveReports {
    private static final int ROWS = 20;

    private final Calendar calendar;
    private final int activityDays;
    private final Function<String, @Nullable CampaignPlan> plans;
    private final BreadthReport breadth;
    private final ConversionReport conversions;
    private final FissionReport fission;
    private final GroupBuyReport groupBuys;
    private final PeopleReport people;
    private final ReachReport reach;
    private final RepurchaseReport repurchase;
    private final SlotReport slots;
    private final StimulusReport stimuli;

    /**
     * @param activityDays over how many days, T's own included, every event of a customer is remembered
     * @param rewards what inviters earn
     * @param plans the plan of a campaign, or null if there is none
     */
    public LiveReports(
            Shards shards,
            Calendar calendar,
            int activityDays,
            List<RewardTier> rewards,
            Function<String, @Nullable CampaignPlan> plans) {
        this.calendar = calendar;
        this.activityDays = activityDays;
        this.plans = plans;
        this.breadth = new BreadthReport(shards);
        this.conversions = new ConversionReport(shards);
        this.fission = new FissionReport(shards, rewards);
        this.groupBuys = new GroupBuyReport(shards);
        this.people = new PeopleReport(shards, calendar.zone());
        this.reach = new ReachReport(shards);
        this.repurchase = new RepurchaseReport(shards, calendar);
        this.slots = new SlotReport(shards, calendar);
        this.stimuli = new StimulusReport(shards);
    }

    /** The plan of a campaign, or null if there is none. */
    public @Nullable CampaignPlan plan(String campaign) {
        return plans.apply(campaign);
    }

    /** Reads one as of T; null if there is no such group, node or campaign. */
    public Future<@Nullable JsonObject> read(LiveReport report, long asOf, View view) {
        long t = Math.max(0, asOf);
        if (report.campaign() != null) {
            CampaignPlan plan = plan(report.campaign());
            return plan == null ? Future.succeededFuture(null) : ofCampaign(report.kind(), plan, t);
        }
        Scope scope = report.scope() == null ? Scope.ROOT : report.scope();
        return ofDay(report.kind(), scope, t, view);
    }

    private Future<@Nullable JsonObject> ofCampaign(LiveReport.Kind kind, CampaignPlan plan, long t) {
        Stretch soFar = plan.soFar(t);
        return switch (kind) {
            case BREADTH -> breadth.read(plan.scope(), plan.groups(), soFar);
            case REPURCHASE -> repurchase.read(plan, t).map(LiveReports::lasting);
            case CONVERSIONS_CHANNEL, CONVERSIONS_COHORT, CONVERSIONS_ITEM, CONVERSIONS_SHARE ->
                conversions(kind, plan.scope(), plan.groups(), soFar, t);
            case FISSION, GROUPBUYS, MEMBERSHIP, PEOPLE, REACH, SLOTS, STIMULI -> Future.succeededFuture(null);
        };
    }

    private Future<@Nullable JsonObject> ofDay(LiveReport.Kind kind, Scope scope, long t, View view) {
        LocalDate day = calendar.dayOf(t);
        Stretch today = new Stretch(calendar.startOf(day), Long.MAX_VALUE);
        return switch (kind) {
            case BREADTH -> breadth.read(scope, Set.of(), new Stretch(today.from(), t + 1));
            case REPURCHASE -> repurchase.read(scope, Calendar.Period.DAY, t, t).map(LiveReports::lasting);
            case CONVERSIONS_CHANNEL, CONVERSIONS_COHORT, CONVERSIONS_ITEM, CONVERSIONS_SHARE ->
                conversions(kind, scope, Set.of(), today, t);
            case FISSION -> {
                long oldest = calendar.startOf(day.minusDays(activityDays - 1L));
                yield fission.read(scope, new Stretch(oldest, t + 1), ROWS, view);
            }
            case GROUPBUYS -> groupBuys.read(scope, today, ROWS).map(LiveReports::items);
            case MEMBERSHIP -> people.membership(scope, day, t);
            case PEOPLE -> people.presence(scope, day);
            case REACH -> reach.read(scope, today, ROWS).map(LiveReports::items);
            case SLOTS -> slots.read(scope, day, SlotReport.USUAL, t);
            case STIMULI ->
                stimuli.read(scope, today, StimulusReport.USUAL_SPAN, t, ROWS).map(LiveReports::items);
        };
    }

    private Future<@Nullable JsonObject> conversions(
            LiveReport.Kind kind, Scope scope, Set<String> only, Stretch stretch, long t) {
        return conversions.read(scope, only, kind.trait(), stretch, t, ROWS).map(LiveReports::items);
    }

    private static @Nullable JsonObject items(@Nullable JsonArray rows) {
        return rows == null ? null : new JsonObject().put("items", rows);
    }

    /** Without its bounds, which move with T while nothing else does. */
    private static @Nullable JsonObject lasting(@Nullable JsonObject json) {
        if (json != null) {
            json.remove("from");
            json.remove("to");
        }
        return json;
    }
}
