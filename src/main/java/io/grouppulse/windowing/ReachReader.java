package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskConversions;
import io.grouppulse.bus.Messages.AskFactors;
import io.grouppulse.bus.Messages.AskGroupBuys;
import io.grouppulse.bus.Messages.AskReach;
import io.grouppulse.bus.Messages.AskResponses;
import io.grouppulse.bus.Messages.ConversionsFound;
import io.grouppulse.bus.Messages.FactorsFound;
import io.grouppulse.bus.Messages.GroupBuysFound;
import io.grouppulse.bus.Messages.GroupStimulus;
import io.grouppulse.bus.Messages.ReachFound;
import io.grouppulse.bus.Messages.ResponsesFound;
import io.grouppulse.bus.Messages.StimulusResponse;
import io.grouppulse.bus.Messages.TouchTrait;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
import io.grouppulse.domain.reach.Conversion;
import io.grouppulse.domain.reach.Journeys;
import io.grouppulse.domain.reach.PostedShare;
import io.grouppulse.domain.reach.Response;
import io.grouppulse.domain.reach.SaleFactors;
import io.grouppulse.domain.reach.ShareReach;
import io.grouppulse.domain.signal.groupbuy.BuySum;
import io.grouppulse.domain.signal.orderrain.PaidSale;
import io.grouppulse.domain.signal.past.PastTrait;
import io.grouppulse.domain.signal.stimulus.Stimulus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Reads whom touches and shares reached in the groups of a shard, and what those people bought. */
final class ReachReader {
    private static final String NO_TRAIT = "";
    private static final String UNKNOWN = "unknown";
    private static final Comparator<GroupStimulus> NEWEST = Comparator.comparingLong(
                    (GroupStimulus one) -> one.stimulus().ts())
            .reversed()
            .thenComparing(GroupStimulus::group)
            .thenComparing(one -> one.stimulus().id());

    private ReachReader() {}

    static GroupWalk<ConversionsFound> walk(ShardEngine engine, AskConversions ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        long window = engine.settings().conversionWindow();
        Map<String, Conversion> conversions = new HashMap<>();
        return new GroupWalk<>(
                        groups,
                        group -> journeys(group, ask)
                                .conversions(window, ask.t())
                                .forEach((key, one) -> conversions.merge(key, one, Conversion::plus)),
                        () -> new ConversionsFound(!groups.isEmpty(), conversions))
                .since(ask.stretch().from());
    }

    private static Journeys journeys(GroupState group, AskConversions ask) {
        Journeys journeys = new Journeys(ask.trait() == TouchTrait.ITEM);
        long from = ask.stretch().from();
        group.past().forEach(from, ask.stretch().to(), (type, ts, member, trait) -> {
            if (type.isTouch()) {
                journeys.touched(key(ask.trait(), ts, trait), member, ts);
            }
        });
        for (PaidSale sale : group.sales(from, Long.MAX_VALUE)) {
            if (sale.customer()) {
                journeys.paid(sale.item() == null ? NO_TRAIT : sale.item(), sale.member(), sale.ts());
            }
        }
        return journeys;
    }

    private static String key(TouchTrait by, long ts, PastTrait trait) {
        @Nullable String key = switch (by) {
            case ALL -> NO_TRAIT;
            case COHORT -> Long.toString(Math.floorDiv(ts, Journeys.STEP) * Journeys.STEP);
            case CHANNEL -> trait.channel() == null ? UNKNOWN : trait.channel();
            case SHARE -> trait.share();
            case ITEM -> trait.item();
        };
        return key == null ? NO_TRAIT : key;
    }

    static GroupWalk<GroupBuysFound> walk(ShardEngine engine, AskGroupBuys ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        Map<String, BuySum> items = new HashMap<>();
        return new GroupWalk<>(
                        groups,
                        group -> group.groupBuys(
                                        ask.stretch().from(), ask.stretch().to())
                                .forEach((item, sum) -> items.merge(item, sum, BuySum::plus)),
                        () -> new GroupBuysFound(!groups.isEmpty(), items))
                .since(ask.stretch().from());
    }

    static GroupWalk<FactorsFound> walk(ShardEngine engine, AskFactors ask) {
        Sum<SaleFactors> factors = new Sum<>(SaleFactors.NONE, SaleFactors::plus);
        Sum<Boolean> complete = new Sum<>(true, Boolean::logicalAnd);
        long from = ask.stretch().from();
        long to = ask.stretch().to();
        return new GroupWalk<>(
                ScopedGroups.of(engine, ask.group(), ask.org(), ask.only()),
                group -> {
                    long members =
                            to > group.t() ? group.members() : group.past().memberCountAt(to - 1);
                    factors.add(SaleFactors.of(group.past(), members, from, to, group.sales(from, to)));
                    complete.add(group.past().rememberedFrom() <= from);
                },
                () -> new FactorsFound(factors.get(), complete.get()));
    }

    static GroupWalk<ResponsesFound> walk(ShardEngine engine, AskResponses ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        PriorityQueue<GroupStimulus> newest = new PriorityQueue<>(NEWEST.reversed());
        return new GroupWalk<>(
                        groups,
                        group -> {
                            for (Stimulus stimulus : group.stimuli(
                                    ask.stretch().from(), ask.stretch().to())) {
                                newest.add(new GroupStimulus(
                                        group.group(), group.profile().name(), stimulus));
                                if (newest.size() > ask.limit()) {
                                    newest.remove();
                                }
                            }
                        },
                        () -> new ResponsesFound(!groups.isEmpty(), responses(engine, ask, newest)))
                .since(ask.stretch().from());
    }

    private static List<StimulusResponse> responses(
            ShardEngine engine, AskResponses ask, Iterable<GroupStimulus> newest) {
        List<StimulusResponse> responses = new ArrayList<>();
        for (GroupStimulus one : newest) {
            GroupState group = engine.group(one.group());
            long ts = one.stimulus().ts();
            if (group != null) {
                List<PaidSale> sales = group.sales(ts - ask.span(), ts + ask.span());
                responses.add(new StimulusResponse(
                        one.group(),
                        one.stimulus(),
                        Response.of(group.past(), sales, ts - ask.span(), ts),
                        Response.of(group.past(), sales, ts, ts + ask.span())));
            }
        }
        return responses;
    }

    static GroupWalk<ReachFound> walk(ShardEngine engine, AskReach ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        Map<String, ShareReach> shares = new HashMap<>();
        return new GroupWalk<>(
                        groups,
                        group -> {
                            List<Stimulus> posted = group.stimuli(
                                    ask.stretch().from(), ask.stretch().to());
                            List<PaidSale> sales = posted.isEmpty()
                                    ? List.of()
                                    : group.sales(posted.get(0).ts(), Long.MAX_VALUE);
                            PostedShare.reach(posted, group.past(), sales)
                                    .forEach((share, reach) -> shares.merge(share, reach, ShareReach::plus));
                        },
                        () -> new ReachFound(!groups.isEmpty(), shares))
                .since(ask.stretch().from());
    }
}
