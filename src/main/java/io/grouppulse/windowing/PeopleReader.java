package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskBreadth;
import io.grouppulse.bus.Messages.AskGrowth;
import io.grouppulse.bus.Messages.AskJoins;
import io.grouppulse.bus.Messages.AskMembership;
import io.grouppulse.bus.Messages.AskPresence;
import io.grouppulse.bus.Messages.BreadthFound;
import io.grouppulse.bus.Messages.GrowthFound;
import io.grouppulse.bus.Messages.JoinsFound;
import io.grouppulse.bus.Messages.MembershipFound;
import io.grouppulse.bus.Messages.PresenceFound;
import io.grouppulse.domain.group.GroupState;
import io.grouppulse.domain.people.Breadth;
import io.grouppulse.domain.people.DayBounds;
import io.grouppulse.domain.people.Growth;
import io.grouppulse.domain.people.Joins;
import io.grouppulse.domain.people.MembershipLife;
import io.grouppulse.domain.people.Presence;
import io.grouppulse.domain.signal.BreadthReading;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;

/** Reads from the past of a shard's groups who was there, who came and who stayed. */
final class PeopleReader {
    private final DayBounds bounds;

    PeopleReader(ZoneId zone) {
        this.bounds = new DayBounds(zone);
    }

    PresenceFound read(ShardEngine engine, AskPresence ask) {
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        Presence people = new Presence();
        for (GroupState group : groups) {
            people.addGroup(group.past(), ask.weekFrom(), ask.dayFrom(), ask.to(), group::idOf);
        }
        return new PresenceFound(!groups.isEmpty(), people);
    }

    MembershipFound read(ShardEngine engine, AskMembership ask) {
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        MembershipLife life = new MembershipLife(ask.ages().size());
        for (GroupState group : groups) {
            life.addGroup(
                    group.past(),
                    bounds,
                    ask.day(),
                    ask.ages(),
                    ask.t(),
                    group.profile().capacity(),
                    group::idOf);
        }
        return new MembershipFound(!groups.isEmpty(), life);
    }

    BreadthFound read(ShardEngine engine, AskBreadth ask) {
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        BreadthReading.Sum sum = new BreadthReading.Sum();
        long members = 0;
        for (GroupState group : groups) {
            BitSet in = group.past().membersAt(ask.stretch().to() - 1);
            members += in.cardinality();
            sum.add(Breadth.of(
                    group.past(),
                    bounds.zone(),
                    ask.stretch().from(),
                    ask.stretch().to(),
                    in));
        }
        return new BreadthFound(!groups.isEmpty(), sum.read(), members);
    }

    GrowthFound read(ShardEngine engine, AskGrowth ask) {
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        long from = ask.stretch().from();
        Growth growth = groups.stream()
                .map(group -> Growth.of(
                        group.past(),
                        group.sales(from, Long.MAX_VALUE),
                        from,
                        ask.stretch().to()))
                .reduce(Growth.NONE, Growth::plus);
        return new GrowthFound(!groups.isEmpty(), growth);
    }

    JoinsFound read(ShardEngine engine, AskJoins ask) {
        List<GroupState> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        Joins joins = new Joins();
        for (GroupState group : groups) {
            joins.addGroup(group.past(), ask.from(), ask.to(), group::idOf);
        }
        return new JoinsFound(!groups.isEmpty(), joins);
    }
}
