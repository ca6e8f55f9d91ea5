package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskRain;
import io.grouppulse.bus.Messages.AskStretches;
import io.grouppulse.bus.Messages.GroupStimulus;
import io.grouppulse.bus.Messages.Rain;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.bus.Messages.StretchSum;
import io.grouppulse.bus.Messages.Stretches;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.signal.stimulus.Stimulus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads paid orders by second, operators' actions, and what was paid in stretches of time. */
final class RainReader {
    private static final long SECOND = 1_000;

    private RainReader() {}

    static Rain read(ShardEngine engine, AskRain ask) {
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        Map<Long, Long> paidBySecond = new HashMap<>();
        List<GroupStimulus> stimuli = new ArrayList<>();
        for (GroupState group : groups) {
            group.forEachPaid(
                    ask.from(),
                    ask.to(),
                    (ts, member, money) -> paidBySecond.merge(Math.floorDiv(ts, SECOND) * SECOND, 1L, Long::sum));
            for (Stimulus stimulus : group.stimuli(ask.from(), ask.to())) {
                stimuli.add(new GroupStimulus(group.group(), stimulus));
            }
        }
        stimuli.sort(Comparator.comparingLong(some -> some.stimulus().ts()));
        return new Rain(!groups.isEmpty(), paidBySecond, stimuli);
    }

    static Stretches read(ShardEngine engine, AskStretches ask) {
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        return new Stretches(
                ask.stretches().stream().map(stretch -> sum(groups, stretch)).toList());
    }

    private static StretchSum sum(List<GroupState> groups, Stretch stretch) {
        long[] ordersAndMoney = new long[2];
        long buyers = 0;
        Map<String, Long> byGroup = new TreeMap<>();
        for (GroupState group : groups) {
            long before = ordersAndMoney[0];
            Set<Integer> members = new HashSet<>();
            group.forEachPaid(stretch.from(), stretch.to(), (ts, member, money) -> {
                ordersAndMoney[0]++;
                ordersAndMoney[1] += money;
                members.add(member);
            });
            buyers += members.size();
            if (ordersAndMoney[0] > before) {
                byGroup.put(group.group(), ordersAndMoney[0] - before);
            }
        }
        return new StretchSum(ordersAndMoney[0], ordersAndMoney[1], buyers, byGroup);
    }
}
