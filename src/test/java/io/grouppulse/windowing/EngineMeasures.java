package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskBuyers;
import io.grouppulse.bus.Messages.AskConversions;
import io.grouppulse.bus.Messages.AskFactors;
import io.grouppulse.bus.Messages.AskGroupBuys;
import io.grouppulse.bus.Messages.AskLedger;
import io.grouppulse.bus.Messages.AskOrderBoard;
import io.grouppulse.bus.Messages.AskReach;
import io.grouppulse.bus.Messages.AskResponses;
import io.grouppulse.bus.Messages.AskSlots;
import io.grouppulse.bus.Messages.LedgerLine;
import io.grouppulse.bus.Messages.OrderBoard;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.bus.Messages.SlotTimes;
import io.grouppulse.bus.Messages.StimulusResponse;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.bus.Messages.TouchTrait;
import io.grouppulse.domain.buyers.Buyers;
import io.grouppulse.domain.buyers.SlotSales;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.reach.Conversion;
import io.grouppulse.domain.reach.SaleFactors;
import io.grouppulse.domain.reach.ShareReach;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.Counts;
import io.grouppulse.domain.signal.GroupSettings;
import io.grouppulse.domain.signal.groupbuy.BuySum;
import io.grouppulse.oracle.BatchMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What running engines say, in the oracle's terms; T is always the engines' own. */
final class EngineMeasures implements BatchMeasures {
    private final GroupSettings settings;
    private final List<ShardEngine> engines;
    private final Map<String, GroupReading> readings = new TreeMap<>();

    /** @param readings the newest reading of each group, kept by whoever ticks the engines */
    EngineMeasures(GroupSettings settings, List<ShardEngine> engines, Map<String, GroupReading> readings) {
        this.settings = settings;
        this.engines = engines;
        this.readings.putAll(readings);
    }

    /** The newest reading of each group. */
    Map<String, GroupReading> readings() {
        return readings;
    }

    @Override
    public Map<String, Map<String, Map<String, Long>>> windows(long t) {
        return byGroup(reading -> {
            Map<String, Map<String, Long>> windows = new TreeMap<>();
            for (int w = 0; w < settings.windows().size(); w++) {
                windows.put(
                        settings.windows().get(w).name(),
                        measures(reading.windows().get(w)::get));
            }
            return windows;
        });
    }

    @Override
    public Map<String, Map<String, Long>> today(long t) {
        return byGroup(reading -> measures(reading.today()::get));
    }

    @Override
    public Map<String, Long> members(long t) {
        return byGroup(GroupReading::members);
    }

    @Override
    public Map<String, Map<String, Long>> total() {
        return byGroup(reading -> {
            Counts total = reading.total();
            return Map.of(
                    "ordersCreated", total.get(Column.ORDERS_CREATED),
                    "ordersPaid", total.get(Column.ORDERS_PAID),
                    "ordersCancelled", total.get(Column.ORDERS_CANCELLED),
                    "gmvCreated", total.get(Column.GMV_CREATED),
                    "gmvPaid", total.get(Column.GMV_PAID),
                    "refunds", total.get(Column.REFUNDS));
        });
    }

    @Override
    public Map<String, Map<Long, Map<String, Long>>> history(long fromMinute, long toMinute) {
        Map<String, Map<Long, Map<String, Long>>> history = new TreeMap<>();
        for (ShardEngine engine : engines) {
            for (GroupState group : engine.groups()) {
                if (group.group().isEmpty()) {
                    continue;
                }
                Map<Long, Map<String, Long>> minutes = new TreeMap<>();
                group.forEachMinute(
                        fromMinute,
                        toMinute,
                        (minute, row) -> minutes.put(minute, minute(column -> row.get(column.ordinal()))));
                history.put(group.group(), minutes);
            }
        }
        return history;
    }

    /** Every group that has a name. */
    List<GroupState> groups() {
        List<GroupState> groups = new ArrayList<>();
        for (ShardEngine engine : engines) {
            for (GroupState group : engine.groups()) {
                if (!group.group().isEmpty()) {
                    groups.add(group);
                }
            }
        }
        return groups;
    }

    /** The lines of all groups that have a name. */
    List<LedgerLine> ledger(long from, long to) {
        return engines.stream()
                .flatMap(engine ->
                        LedgerReader.walk(engine, new AskLedger(null, OrgGraph.ROOT, from, to)).run().lines().stream())
                .toList();
    }

    /** What each shard says of its orders by a trait. */
    List<OrderBoard> boards(OrderTrait trait, long from, long to) {
        return engines.stream()
                .map(engine -> LedgerReader.walk(
                                engine, new AskOrderBoard(null, OrgGraph.ROOT, Set.of(), trait, new Stretch(from, to)))
                        .run())
                .toList();
    }

    /** Who paid in one group, or in all at or below a node when {@code group} is null. */
    Buyers buyers(@Nullable String group, Set<String> only, Stretch stretch) {
        return Buyers.merge(engines.stream()
                .map(engine -> BuyersReader.walk(engine, new AskBuyers(group, OrgGraph.ROOT, only, stretch))
                        .run()
                        .buyers())
                .toList());
    }

    /** What was sold in slots, in all groups. */
    List<SlotSales> slots(List<SlotTimes> slots) {
        List<List<SlotSales>> answers = engines.stream()
                .map(engine -> SlotReader.walk(engine, new AskSlots(null, OrgGraph.ROOT, slots))
                        .run()
                        .sales())
                .toList();
        return SlotSales.merge(slots.size(), answers);
    }

    /** What became of touches, in all groups. */
    Map<String, Conversion> conversions(TouchTrait trait, Stretch stretch, long t) {
        Map<String, Conversion> all = new TreeMap<>();
        engines.forEach(
                engine -> ReachReader.walk(engine, new AskConversions(null, OrgGraph.ROOT, Set.of(), trait, stretch, t))
                        .run()
                        .conversions()
                        .forEach((key, one) -> all.merge(key, one, Conversion::plus)));
        return all;
    }

    /** What came of shares, in all groups. */
    Map<String, ShareReach> reach(Stretch stretch) {
        Map<String, ShareReach> all = new TreeMap<>();
        engines.forEach(engine -> ReachReader.walk(engine, new AskReach(null, OrgGraph.ROOT, stretch))
                .run()
                .shares()
                .forEach((share, one) -> all.merge(share, one, ShareReach::plus)));
        return all;
    }

    /** What became of group-buys, in all groups. */
    Map<String, BuySum> groupBuys(Stretch stretch) {
        Map<String, BuySum> all = new TreeMap<>();
        engines.forEach(engine -> ReachReader.walk(engine, new AskGroupBuys(null, OrgGraph.ROOT, stretch))
                .run()
                .items()
                .forEach((item, one) -> all.merge(item, one, BuySum::plus)));
        return all;
    }

    /** What the money of a stretch is made of, in all groups. */
    SaleFactors factors(Stretch stretch) {
        return engines.stream()
                .map(engine -> ReachReader.walk(engine, new AskFactors(null, OrgGraph.ROOT, Set.of(), stretch))
                        .run()
                        .factors())
                .reduce(SaleFactors.NONE, SaleFactors::plus);
    }

    /** The activity around operators' actions, in all groups. */
    Set<StimulusResponse> responses(Stretch stretch, long span) {
        return engines.stream()
                .flatMap(engine -> ReachReader.walk(
                        engine, new AskResponses(null, OrgGraph.ROOT, stretch, span, Integer.MAX_VALUE))
                        .run()
                        .responses()
                        .stream())
                .collect(Collectors.toSet());
    }

    private <V> Map<String, V> byGroup(java.util.function.Function<GroupReading, V> value) {
        Map<String, V> values = new TreeMap<>();
        readings.forEach((group, reading) -> {
            if (!group.isEmpty()) {
                values.put(group, value.apply(reading));
            }
        });
        return values;
    }

    private static Map<String, Long> measures(ToLongFunction<Column> counts) {
        Map<String, Long> measures = minute(counts);
        measures.put("speakers", counts.applyAsLong(Column.SPEAKERS));
        measures.put("touched", counts.applyAsLong(Column.TOUCHED));
        measures.put("carted", counts.applyAsLong(Column.CARTED));
        measures.put("ordered", counts.applyAsLong(Column.ORDERED));
        measures.put("paid", counts.applyAsLong(Column.PAID));
        measures.put("conversionNum", counts.applyAsLong(Column.CONVERTED));
        measures.put("conversionDen", counts.applyAsLong(Column.TOUCHED));
        measures.put("maturedNum", counts.applyAsLong(Column.MATURED_CONVERTED));
        measures.put("maturedDen", counts.applyAsLong(Column.MATURED_TOUCHED));
        return measures;
    }

    private static Map<String, Long> minute(ToLongFunction<Column> counts) {
        Map<String, Long> measures = new TreeMap<>();
        measures.put("messages", counts.applyAsLong(Column.MESSAGES));
        measures.put("interactions", counts.applyAsLong(Column.INTERACTIONS));
        measures.put("joins", counts.applyAsLong(Column.JOINS));
        measures.put("leaves", counts.applyAsLong(Column.LEAVES));
        measures.put("shares", counts.applyAsLong(Column.SHARES));
        measures.put("touches", counts.applyAsLong(Column.TOUCHES));
        measures.put("carts", counts.applyAsLong(Column.CARTS));
        measures.put("chainEntries", counts.applyAsLong(Column.CHAIN_ENTRIES));
        measures.put("active", counts.applyAsLong(Column.ACTIVE));
        measures.put("buyers", counts.applyAsLong(Column.BUYERS));
        measures.put("ordersCreated", counts.applyAsLong(Column.ORDERS_CREATED));
        measures.put("ordersPaid", counts.applyAsLong(Column.ORDERS_PAID));
        measures.put("gmvCreated", counts.applyAsLong(Column.GMV_CREATED));
        measures.put("gmvPaid", counts.applyAsLong(Column.GMV_PAID));
        measures.put("refunds", counts.applyAsLong(Column.REFUNDS));
        measures.put(
                "gmvNet",
                counts.applyAsLong(Column.GMV_PAID)
                        - counts.applyAsLong(Column.REFUNDS)
                        - counts.applyAsLong(Column.CANCELLED_AFTER_PAID));
        measures.put("unpriced", counts.applyAsLong(Column.UNPRICED));
        measures.put("unpaid", counts.applyAsLong(Column.UNPAID));
        measures.put("pricedPaid", counts.applyAsLong(Column.ORDERS_PAID) - counts.applyAsLong(Column.UNPRICED));
        return measures;
    }
}
