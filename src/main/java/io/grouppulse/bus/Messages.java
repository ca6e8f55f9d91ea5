package io.grouppulse.bus;

import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.buyers.Buyers;
import io.grouppulse.domain.buyers.SlotSales;
import io.grouppulse.domain.event.EventType;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.org.NearestNodes;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.org.Siblings;
import io.grouppulse.domain.org.silence.SaleMinutes;
import io.grouppulse.domain.people.Breadth;
import io.grouppulse.domain.people.Growth;
import io.grouppulse.domain.people.Joins;
import io.grouppulse.domain.people.MembershipLife;
import io.grouppulse.domain.people.Presence;
import io.grouppulse.domain.reach.Conversion;
import io.grouppulse.domain.reach.Response;
import io.grouppulse.domain.reach.SaleFactors;
import io.grouppulse.domain.reach.ShareReach;
import io.grouppulse.domain.signal.BreadthReading;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.OrderMeasure;
import io.grouppulse.domain.signal.groupbuy.BuySum;
import io.grouppulse.domain.signal.orderrain.OrderEntry;
import io.grouppulse.domain.signal.stimulus.Stimulus;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every message between verticles. All are immutable, but for sums that a shard hands over. */
public final class Messages {
    private Messages() {}

    /**
     * To the shards: move T to {@code t} and report what changed.
     *
     * @param seq rises from tick to tick, whoever sends them
     * @param heard of each shard the last tick whose answer was rolled up; a shard that answered another one since, or
     *     none, reports everything
     */
    public record Tick(long seq, long t, Map<Integer, Long> heard) {
        private static final int TICKS_OF_A_LIFE = 32;

        /** The number before the first tick of a ticker's life; lives are counted, each later one has a higher number. */
        public static long beforeFirst(long life) {
            return life << TICKS_OF_A_LIFE;
        }

        /** Which life of a ticker a tick with this number is of. */
        public static long lifeOf(long seq) {
            return seq >>> TICKS_OF_A_LIFE;
        }
    }

    /** To the roll-up: this tick has waited long enough; it is rolled up with the answers that came. */
    public record Overdue(long seq, long t) {}

    /**
     * A shard's answer to a tick.
     *
     * @param receivedAt when the oldest event applied since the last tick was received, wall clock millis;
     *     {@link Long#MAX_VALUE} if there was none
     * @param position the last entry applied
     * @param newestT the T that the shard has reached, which may be later than the tick's
     * @param isWhole whether this is everything: a group that is not among {@code changed} is gone
     * @param withdrawn paid orders that count no more in the group they were shown in
     */
    public record ShardReadings(
            int shard,
            long seq,
            long t,
            long position,
            long newestT,
            boolean isWhole,
            long receivedAt,
            List<GroupReading> changed,
            Set<String> removed,
            List<PaidOrder> paidOrders,
            List<PaidOrder> withdrawn,
            AttributionReading attribution) {}

    /**
     * A tick has been rolled up: what changed, as of {@code t}; the rest as in {@link ShardReadings}.
     *
     * @param newestT the latest that a shard has reached
     * @param heard as in {@link Tick}
     * @param positions of each shard the last entry that it has applied
     * @param isComplete whether every shard has answered it
     */
    public record Rolled(
            long seq,
            long t,
            long newestT,
            long receivedAt,
            Set<String> orgs,
            Set<String> groups,
            List<RainDrop> drops,
            Map<Integer, Long> heard,
            Map<Integer, Long> positions,
            boolean isComplete) {}

    /** A paid order with the name and the organisations of its group. */
    public record RainDrop(PaidOrder order, @Nullable String name, List<String> orgs) {}

    /** Asks for nodes and groups by name; unknown ones are left out of the {@link Readings} that answer. */
    public record AskReadings(Set<String> orgs, Set<String> groups) {}

    /**
     * Answers {@link AskReadings}.
     *
     * @param unattributed readings of orders that name no group
     * @param attribution what became of them
     */
    public record Readings(
            long asOf,
            Map<String, OrgReading> orgs,
            Map<String, GroupReading> groups,
            List<GroupReading> unattributed,
            AttributionReading attribution) {}

    /**
     * Asks for what is in some subtrees together; answered by {@link Together}.
     *
     * @param subtrees paths of their top nodes, none below another
     */
    public record AskTogether(Set<String> subtrees) {}

    /**
     * @param root the groups at or below any of the nodes, each counted once; its children are the nodes
     * @param nodes those that there are, sorted by path
     */
    public record Together(long asOf, OrgReading root, List<OrgReading> nodes) {}

    /** Asks for all groups at or below a node; answered by {@link Groups}. */
    public record AskGroups(String org) {}

    /**
     * Asks for the first few of the groups at or below a node that have anything in a window, in the order of a measure;
     * answered by {@link Groups}.
     *
     * @param window its index, or the number of windows for today
     */
    public record AskFirst(String org, int window, OrderMeasure by, int limit) {}

    /** @param unattributed readings of orders that name no group, when asked for the root */
    public record Groups(long asOf, boolean orgKnown, List<GroupReading> groups, List<GroupReading> unattributed) {}

    /** Asks for the newest paid orders at or below a node; answered by {@link Drops}, newest first. */
    public record AskDrops(String org, int limit) {}

    public record Drops(long asOf, boolean orgKnown, List<RainDrop> drops) {}

    /**
     * Asks which groups are silent; answered by {@link Uneasy}.
     *
     * @param groups these too, however they are
     * @param nodes of these, which have a group of which nobody knows whether it talks
     */
    public record AskUneasy(Set<String> groups, Set<String> nodes) {}

    /**
     * @param siblings the groups beside the silent ones, by the first path of those
     * @param unheard nodes that were asked for and have a group of which nobody knows whether it talks
     */
    public record Uneasy(long asOf, List<GroupReading> groups, Map<String, Siblings> siblings, Set<String> unheard) {}

    /** Asks what became of the events of each source; answered by {@link Sources}. */
    public record AskSources() {}

    /** @param counts by source, those of orders that name no group included */
    public record Sources(long asOf, Map<String, SourceCounts> counts) {}

    /**
     * Asks for what a scrape shows; answered by {@link Overview}.
     *
     * @param nodes so many of those nearest the root, and the others as one
     * @param apart a path that is one of the others if there are any
     * @param window the one, by its place in the settings, whose active members make a group busy
     * @param groups so many of the busiest
     * @param also these groups too, if they are there
     */
    public record AskOverview(int nodes, String apart, int window, int groups, Set<String> also) {}

    /**
     * @param groups how many there are
     * @param busiest those that were asked for, and some more
     * @param rememberedIds event ids by which duplicates are recognised
     */
    public record Overview(
            long asOf,
            NearestNodes nodes,
            long groups,
            List<GroupReading> busiest,
            Map<String, SourceCounts> sources,
            long rememberedIds) {}

    /**
     * To one shard: sums of minute buckets over groups.
     *
     * @param group one group, or null for all groups at or below {@code org}
     * @param only of those groups these alone; empty for all
     * @param acts operators' actions to be counted
     * @param from first minute, epoch millis; {@code to} exclusive
     */
    public record AskHistory(
            @Nullable String group,
            String org,
            Set<String> only,
            long from,
            long to,
            List<Column> columns,
            List<EventType> acts) {}

    /**
     * To one shard: the minutes with an interaction of each group at or below {@code org}.
     *
     * @param only of those groups these alone; empty for all
     * @param from first minute, epoch millis; {@code to} exclusive
     */
    public record AskActiveMinutes(String org, Set<String> only, long from, long to) {}

    /** By group, a bit for each minute from the one asked for on. */
    public record ActiveMinutes(Map<String, BitSet> groups) {}

    /** To the roll-up: what the groups of all running sales did, sale by sale; those it knew before are over else. */
    public record RunningSales(List<SaleMinutes> sales) {}

    /** By minute start, the sums in the order of the columns asked for, and after them how often each action was done. */
    public record History(boolean known, Map<Long, long[]> minutes) {}

    /**
     * To one shard: the paid orders by second and the operators' actions of a group, or of all groups at or below a node.
     *
     * @param group one group, or null for all at or below {@code org}
     * @param from epoch millis; {@code to} exclusive
     */
    public record AskRain(@Nullable String group, String org, long from, long to) {}

    /** By the start of a second: the paid orders; and the actions with their groups, oldest first. */
    public record Rain(boolean known, Map<Long, Long> paidBySecond, List<GroupStimulus> stimuli) {}

    /** An operator's action in a group. */
    public record GroupStimulus(String group, @Nullable String name, Stimulus stimulus) {}

    /**
     * To one shard: what was paid in each of some stretches of time; groups as in {@link AskRain}.
     *
     * @param only of those groups these alone; empty for all
     */
    public record AskStretches(@Nullable String group, String org, Set<String> only, List<Stretch> stretches) {}

    /** {@code from <= ts < to}, epoch millis. */
    public record Stretch(long from, long to) {}

    /** For each stretch what was paid in it, in the order asked for. */
    public record Stretches(List<StretchSum> sums) {}

    /**
     * What was paid in a stretch.
     *
     * @param buyers distinct members, summed over groups
     * @param byGroup paid orders of each group that had any
     */
    public record StretchSum(long orders, long gmv, long buyers, Map<String, Long> byGroup) {}

    /**
     * To one shard: the orders that add to any measure in a stretch of time; groups as in {@link AskRain}.
     *
     * @param from epoch millis; {@code to} exclusive
     */
    public record AskLedger(@Nullable String group, String org, long from, long to) {}

    public record Ledger(boolean known, List<LedgerLine> lines) {}

    /** An order of a group, with the id of its member where one is known. */
    public record LedgerLine(String group, @Nullable String member, OrderEntry order) {}

    /** To one shard: sums of orders by a trait; groups as in {@link AskStretches}. */
    public record AskOrderBoard(
            @Nullable String group, String org, Set<String> only, OrderTrait trait, Stretch stretch) {}

    /** What orders can be summed by: their group, or what they name. */
    public enum OrderTrait {
        GROUP,
        ITEM,
        SHARE,
        CHANNEL
    }

    /** By the trait's text; the empty text stands for orders without one. */
    public record OrderBoard(boolean known, Map<String, OrderSum> sums) {}

    /** @param buyers distinct members with a paid order, summed over groups */
    public record OrderSum(Counts counts, long buyers) {
        /** Nothing was ordered. */
        public static final OrderSum NONE = new OrderSum(Counts.ZERO, 0);

        public OrderSum plus(OrderSum other) {
            Counts.Sum sum = new Counts.Sum();
            sum.add(counts);
            sum.add(other.counts);
            return new OrderSum(sum.read(), buyers + other.buyers);
        }
    }

    /**
     * To one shard: who was active on the last day of a week, and in all of it; groups as in {@link AskRain}.
     *
     * @param weekFrom epoch millis, like {@code dayFrom}; {@code to} exclusive
     */
    public record AskPresence(@Nullable String group, String org, long weekFrom, long dayFrom, long to) {}

    /** @param people handed over to whoever asked */
    public record PresenceFound(boolean known, Presence people) {}

    /**
     * To one shard: how memberships came, stayed and went on a day; groups as in {@link AskRain}.
     *
     * @param ages after how many days cohorts are looked at
     * @param t nothing later is looked at, epoch millis
     */
    public record AskMembership(@Nullable String group, String org, LocalDate day, List<Integer> ages, long t) {}

    /** @param life handed over to whoever asked */
    public record MembershipFound(boolean known, MembershipLife life) {}

    /** To one shard: how memberships grew in a stretch of time; groups as in {@link AskRain}. */
    public record AskGrowth(@Nullable String group, String org, Stretch stretch) {}

    public record GrowthFound(boolean known, Growth growth) {}

    /** To one shard: joins in {@code from <= ts < to}; groups as in {@link AskRain}. */
    public record AskJoins(@Nullable String group, String org, long from, long to) {}

    /** @param joins handed over to whoever asked */
    public record JoinsFound(boolean known, Joins joins) {}
    /** To one shard: who paid how many orders in a stretch of time; groups as in {@link AskStretches}. */
    public record AskBuyers(@Nullable String group, String org, Set<String> only, Stretch stretch) {}

    /** @param buyers people, whatever groups they bought in */
    public record BuyersAnswer(boolean known, Buyers buyers) {}

    /**
     * To one shard: the payments of some slots; groups as in {@link AskRain}.
     *
     * @param slots none overlaps another, today's or an earlier day's
     */
    public record AskSlots(@Nullable String group, String org, List<SlotTimes> slots) {}

    /** When a slot was, and when the same slot was on earlier days. */
    public record SlotTimes(Stretch slot, List<Stretch> earlier) {}

    /** @param sales of each slot, in the order asked for */
    public record SlotsAnswer(boolean known, List<SlotSales> sales) {}

    /**
     * To one shard: on how many the talk of a stretch of time rests; groups as in {@link AskStretches}.
     *
     * @param stretch from {@link Breadth#START} for all that is known
     */
    public record AskBreadth(@Nullable String group, String org, Set<String> only, Stretch stretch) {}

    /** @param members in at the end of the stretch, summed over groups */
    public record BreadthFound(boolean known, BreadthReading breadth, long members) {}

    /** To one shard: what became of the group-buys opened in a stretch of time; groups as in {@link AskRain}. */
    public record AskGroupBuys(@Nullable String group, String org, Stretch stretch) {}

    /** By item; the empty text stands for buys of none. */
    public record GroupBuysFound(boolean known, Map<String, BuySum> items) {}

    /** To one shard: what became of touches in a stretch of time; groups as in {@link AskStretches}. */
    public record AskConversions(
            @Nullable String group, String org, Set<String> only, TouchTrait trait, Stretch stretch, long t) {}

    /** What touches can be told apart by: nothing, when they were, or what they name. */
    public enum TouchTrait {
        ALL,
        COHORT,
        CHANNEL,
        SHARE,
        ITEM
    }

    /** By the start of the cohort, epoch millis as text, or the trait's text; empty for all, and for touches without one. */
    public record ConversionsFound(boolean known, Map<String, Conversion> conversions) {}

    /** To one shard: what the money of a sale is made of; groups as in {@link AskStretches}. */
    public record AskFactors(@Nullable String group, String org, Set<String> only, Stretch stretch) {}

    /** @param complete whether all of the stretch is remembered */
    public record FactorsFound(SaleFactors factors, boolean complete) {}

    /**
     * To one shard: the activity around operators' actions in a stretch of time; groups as in {@link AskRain}.
     *
     * @param span how long before and after an action is looked at, millis
     * @param limit at most so many, the newest
     */
    public record AskResponses(@Nullable String group, String org, Stretch stretch, long span, int limit) {}

    /** In no order. */
    public record ResponsesFound(boolean known, List<StimulusResponse> responses) {}

    /** An action and the activity of its group before and after it. */
    public record StimulusResponse(String group, Stimulus stimulus, Response before, Response after) {}

    /** To one shard: what came of the shares posted in a stretch of time; groups as in {@link AskRain}. */
    public record AskReach(@Nullable String group, String org, Stretch stretch) {}

    /** By share. */
    public record ReachFound(boolean known, Map<String, ShareReach> shares) {}

    /** To one shard: how many events of the entry at this position were duplicates. */
    public record AskApplied(long position) {}

    /** To one shard: answered with the same once everything that it has applied is saved. */
    public record AskSaved() {}

    /** Asks the alert room for its episodes; answered by {@link Alerts}. */
    public record AskAlerts() {}

    /** Open episodes, the oldest first, and the newest that have ended, in the order in which they did. */
    public record Alerts(List<Episode> firing, List<Episode> resolved) {}

    /** Episodes that have just begun or ended, after they have been saved. */
    public record Alerted(List<Episode> episodes) {}

    /**
     * To the ticker: answered with {@link Rolled}'s {@code t} once a tick that began later has been rolled up completely.
     *
     * @param t the T that whoever asks knows of
     */
    public record AskBarrier(long t) {}

    /** Answers {@link AskBarrier}. */
    public record Barrier(long asOf) {}
}
