package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskRain;
import io.grouppulse.bus.Messages.AskStretches;
import io.grouppulse.bus.Messages.GroupStimulus;
import io.grouppulse.bus.Messages.Rain;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.bus.Messages.StretchSum;
import io.grouppulse.bus.Messages.Stretches;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.group.KnownGroup;
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

    static GroupWalk<Rain> walk(ShardEngine engine, AskRain ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        Map<Long, Long> paidBySecond = new HashMap<>();
        List<GroupStimulus> stimuli = new ArrayList<>();
        return new GroupWalk<>(
                        groups,
                        group -> {
                            group.forEachPaid(
                                    ask.from(),
                                    ask.to(),
                                    (ts, member, money) ->
                                            paidBySecond.merge(Math.floorDiv(ts, SECOND) * SECOND, 1L, Long::sum));
                            for (Stimulus stimulus : group.stimuli(ask.from(), ask.to())) {
                                stimuli.add(new GroupStimulus(
                                        group.group(), group.profile().name(), stimulus));
                            }
                        },
                        () -> {
                            stimuli.sort(Comparator.comparingLong(
                                    some -> some.stimulus().ts()));
                            return new Rain(!groups.isEmpty(), paidBySecond, stimuli);
                        })
                .since(ask.from());
    }

    static GroupWalk<Stretches> walk(ShardEngine engine, AskStretches ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        List<Takings> takings = ask.stretches().stream().map(Takings::new).toList();
        return new GroupWalk<>(
                groups,
                group -> takings.forEach(some -> some.add(group)),
                () -> new Stretches(takings.stream().map(Takings::sum).toList()));
    }

    /** What was paid in one stretch, added up over groups; a member of two groups is a buyer in each. */
    private static final class Takings {
        private final Stretch stretch;
        private final Map<String, Long> ordersByGroup = new TreeMap<>();
        private long orders;
        private long money;
        private long buyers;

        Takings(Stretch stretch) {
            this.stretch = stretch;
        }

        void add(GroupState group) {
            long before = orders;
            Set<Integer> members = new HashSet<>();
            group.forEachPaid(stretch.from(), stretch.to(), (ts, member, paid) -> {
                orders++;
                money += paid;
                members.add(member);
            });
            buyers += members.size();
            if (orders > before) {
                ordersByGroup.put(group.group(), orders - before);
            }
        }

        StretchSum sum() {
            return new StretchSum(orders, money, buyers, ordersByGroup);
        }
    }
}
