package io.grouppulse.rollup;

import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.bus.Messages.AskDrops;
import io.grouppulse.bus.Messages.AskFirst;
import io.grouppulse.bus.Messages.AskOverview;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.AskTogether;
import io.grouppulse.bus.Messages.AskUneasy;
import io.grouppulse.bus.Messages.Drops;
import io.grouppulse.bus.Messages.Groups;
import io.grouppulse.bus.Messages.Overview;
import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.ShardReadings;
import io.grouppulse.bus.Messages.Sources;
import io.grouppulse.bus.Messages.Together;
import io.grouppulse.bus.Messages.Uneasy;
import io.grouppulse.bus.PaidOrder;
import io.grouppulse.domain.attribution.AttributionReading;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.group.SourceCounts;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.domain.org.RankedBy;
import io.grouppulse.domain.org.Siblings;
import io.grouppulse.domain.org.silence.PeerGap;
import io.grouppulse.domain.org.silence.SaleMinutes;
import io.grouppulse.domain.org.silence.SilenceWatch;
import io.grouppulse.domain.signal.Column;
import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.signal.silence.BlindTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** All groups' newest readings, the organisation above them, and the newest paid orders: everything as of one T. */
final class Rollup {
    private static final int ORDERS_KEPT = 10_000;

    private final OrgGraph graph;
    private final SilenceWatch silence;
    private final GroupPlaces places;
    private final TreeMap<Integer, GroupReading> unattributed = new TreeMap<>();
    private final TreeMap<Integer, AttributionReading> attribution = new TreeMap<>();
    private final TreeSet<PaidOrder> orders = new TreeSet<>(PaidOrder.NEWEST_FIRST);
    private final Map<Integer, Long> heard = new HashMap<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private final ToIntFunction<String> shardOf;
    private long asOf = Long.MIN_VALUE;
    private long newestT = Long.MIN_VALUE;

    Rollup(int windows, SilenceWatch silence, GroupPlaces places, ToIntFunction<String> shardOf) {
        this.shardOf = shardOf;
        this.graph = new OrgGraph(windows);
        this.silence = silence;
        this.places = places;
    }

    /** Takes the answers of the shards to one tick. */
    Rolled roll(long seq, long t, List<ShardReadings> answers, boolean isComplete) {
        Set<String> orgs = new HashSet<>();
        Set<String> groups = new HashSet<>();
        for (ShardReadings answer : answers) {
            for (String group : answer.isWhole() ? goneFrom(answer) : answer.removed()) {
                orgs.addAll(graph.remove(group));
                silence.remove(group);
                places.remove(group);
                groups.add(group);
            }
            if (answer.isWhole()) {
                Set<PaidOrder> kept = new HashSet<>(answer.paidOrders());
                orders.removeIf(order -> shardOf(order) == answer.shard() && !kept.contains(order));
                unattributed.remove(answer.shard());
            }
            for (GroupReading reading : answer.changed()) {
                take(answer.shard(), reading, orgs);
            }
            if (!answer.attribution().equals(attribution.put(answer.shard(), answer.attribution()))) {
                orgs.add(OrgGraph.ROOT);
            }
        }
        asOf = Math.max(asOf, t);
        for (GroupReading judged : silence.judge(asOf)) {
            orgs.addAll(graph.update(judged));
            groups.add(judged.group());
        }
        orgs.addAll(silence.takeJudgedNodes());
        long receivedAt =
                answers.stream().mapToLong(ShardReadings::receivedAt).min().orElse(Long.MAX_VALUE);
        List<RainDrop> drops = rain(answers);
        for (ShardReadings answer : answers) {
            newestT = Math.max(newestT, answer.newestT());
            heard.put(answer.shard(), seq);
            positions.put(answer.shard(), answer.position());
        }
        return new Rolled(
                seq,
                asOf,
                newestT,
                receivedAt,
                Set.copyOf(orgs),
                Set.copyOf(groups),
                drops,
                Map.copyOf(heard),
                Map.copyOf(positions),
                isComplete);
    }

    private Set<String> goneFrom(ShardReadings whole) {
        Set<String> gone = new HashSet<>();
        for (GroupReading reading : graph.groups()) {
            if (shardOf.applyAsInt(reading.group()) == whole.shard()) {
                gone.add(reading.group());
            }
        }
        whole.changed().forEach(reading -> gone.remove(reading.group()));
        return gone;
    }

    /** An order that names no group is its member's. */
    private int shardOf(PaidOrder order) {
        return shardOf.applyAsInt(order.group().isEmpty() ? String.valueOf(order.member()) : order.group());
    }

    /** What the groups of these sales are compared by. */
    Map<String, HourHistory> hoursOf(List<SaleMinutes> sales) {
        return silence.hoursOf(sales);
    }

    /** When they could not be seen. */
    Map<String, BlindTimes> blindOf(List<SaleMinutes> sales) {
        return silence.blindOf(sales);
    }

    /** Takes the groups that are silent in a running sale; it shows with the next tick. */
    void takeSilentInSales(Map<String, PeerGap> silent) {
        silence.takeSilentInSales(silent);
    }

    private void take(int shard, GroupReading reading, Set<String> orgs) {
        if (reading.group().isEmpty()) {
            unattributed.put(shard, reading);
            orgs.add(OrgGraph.ROOT);
        } else {
            silence.take(reading);
            places.put(reading.group(), OrgGraph.orgsOf(reading.profile()));
        }
    }

    private List<RainDrop> rain(List<ShardReadings> answers) {
        List<RainDrop> fresh = new ArrayList<>();
        for (ShardReadings answer : answers) {
            answer.withdrawn().forEach(orders::remove);
            boolean isNews = heard.containsKey(answer.shard());
            for (PaidOrder order : answer.paidOrders()) {
                if (orders.add(order) && isNews) {
                    fresh.add(dropOf(order));
                }
            }
        }
        fresh.sort(Comparator.comparingLong(drop -> drop.order().ts()));
        while (orders.size() > ORDERS_KEPT) {
            orders.pollLast();
        }
        return List.copyOf(fresh);
    }

    private RainDrop dropOf(PaidOrder order) {
        GroupReading group = graph.group(order.group());
        return group == null
                ? new RainDrop(order, null, List.of())
                : new RainDrop(order, group.profile().name(), OrgGraph.orgsOf(group.profile()));
    }

    private OrgReading withSilence(OrgReading reading) {
        return reading.withSilence(silence.of(reading.path(), reading.total().get(Column.INTERACTIONS)));
    }

    Readings readings(AskReadings ask) {
        Map<String, OrgReading> orgs = new HashMap<>();
        for (String path : ask.orgs()) {
            OrgReading reading = graph.read(path);
            if (reading != null) {
                orgs.put(path, withSilence(reading));
            }
        }
        Map<String, GroupReading> groups = new HashMap<>();
        for (String group : ask.groups()) {
            GroupReading reading = graph.group(group);
            if (reading != null) {
                groups.put(group, reading);
            }
        }
        return new Readings(
                asOf,
                orgs,
                groups,
                List.copyOf(unattributed.values()),
                attribution.values().stream().reduce(AttributionReading.NONE, AttributionReading::plus));
    }

    Together together(AskTogether ask) {
        OrgReading root = graph.together(ask.subtrees());
        List<OrgReading> nodes = root.children().stream()
                .map(path -> withSilence(Objects.requireNonNull(graph.read(path))))
                .toList();
        return new Together(asOf, root, nodes);
    }

    Groups groups(String org) {
        List<GroupReading> below = new ArrayList<>();
        for (GroupReading reading : graph.groups()) {
            if (org.equals(OrgGraph.ROOT) || OrgGraph.isUnder(reading.profile(), org)) {
                below.add(reading);
            }
        }
        List<GroupReading> apart = org.equals(OrgGraph.ROOT) ? List.copyOf(unattributed.values()) : List.of();
        return new Groups(asOf, graph.read(org) != null, below, apart);
    }

    Groups first(AskFirst ask) {
        boolean orgKnown = graph.read(ask.org()) != null;
        List<GroupReading> first =
                orgKnown ? graph.first(new RankedBy(ask.org(), ask.window(), ask.by()), ask.limit()) : List.of();
        return new Groups(asOf, orgKnown, first, List.of());
    }

    /** Names and organisations are those of now, whenever the order came. */
    Drops drops(AskDrops ask) {
        return new Drops(
                asOf,
                graph.read(ask.org()) != null,
                orders.stream()
                        .map(this::dropOf)
                        .filter(drop -> isUnder(drop, ask.org()))
                        .limit(ask.limit())
                        .toList());
    }

    private static boolean isUnder(RainDrop drop, String org) {
        return org.equals(OrgGraph.ROOT)
                || drop.orgs().stream().anyMatch(path -> path.equals(org) || path.startsWith(org + "/"));
    }

    /** Looks at silent groups and at those that were asked for, however many others there are. */
    Uneasy uneasy(AskUneasy ask) {
        Set<String> ids = new HashSet<>(graph.silent());
        ids.addAll(ask.groups());
        List<GroupReading> readings = new ArrayList<>();
        Map<String, Siblings> siblings = new HashMap<>();
        for (String id : ids) {
            GroupReading reading = graph.group(id);
            if (reading != null) {
                readings.add(reading);
                siblings.computeIfAbsent(OrgGraph.orgsOf(reading.profile()).get(0), path -> graph.siblingsOf(reading));
            }
        }
        Set<String> unheard = new HashSet<>(ask.nodes());
        unheard.removeIf(path -> !graph.hasUnknown(path));
        return new Uneasy(asOf, readings, siblings, unheard);
    }

    Sources sources() {
        return new Sources(asOf, sourceCounts());
    }

    private Map<String, SourceCounts> sourceCounts() {
        Map<String, SourceCounts> counts = graph.sources();
        for (GroupReading reading : unattributed.values()) {
            reading.sources().forEach((source, some) -> counts.merge(source, some, SourceCounts::plus));
        }
        return counts;
    }

    /** Looks only at the groups that it may be about, however many there are. */
    Overview overview(AskOverview ask) {
        Set<GroupReading> busiest = graph.busiest(ask.window(), ask.groups());
        for (String group : ask.also()) {
            GroupReading reading = graph.group(group);
            if (reading != null) {
                busiest.add(reading);
            }
        }
        long remembered = unattributed.values().stream()
                .mapToLong(GroupReading::rememberedIds)
                .sum();
        return new Overview(
                asOf,
                graph.nearest(ask.nodes(), ask.apart()),
                graph.groupCount(),
                List.copyOf(busiest),
                sourceCounts(),
                graph.rememberedIds() + remembered);
    }
}
