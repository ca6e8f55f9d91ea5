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
import io.grouppulse.domain.group.KnownGroup;
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

    GroupWalk<PresenceFound> walk(ShardEngine engine, AskPresence ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        Presence people = new Presence();
        return new GroupWalk<>(
                        groups,
                        group -> people.addGroup(group.past(), ask.weekFrom(), ask.dayFrom(), ask.to(), group::idOf),
                        () -> new PresenceFound(!groups.isEmpty(), people))
                .since(ask.weekFrom());
    }

    GroupWalk<MembershipFound> walk(ShardEngine engine, AskMembership ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        MembershipLife life = new MembershipLife(ask.ages().size());
        return new GroupWalk<>(
                groups,
                group -> life.addGroup(
                        group.past(),
                        bounds,
                        ask.day(),
                        ask.ages(),
                        ask.t(),
                        group.profile().capacity(),
                        group::idOf),
                () -> new MembershipFound(!groups.isEmpty(), life));
    }

    GroupWalk<BreadthFound> walk(ShardEngine engine, AskBreadth ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        BreadthReading.Sum sum = new BreadthReading.Sum();
        Sum<Long> members = new Sum<>(0L, Long::sum);
        return new GroupWalk<>(
                groups,
                group -> {
                    BitSet in = group.past().membersAt(ask.stretch().to() - 1);
                    members.add((long) in.cardinality());
                    sum.add(Breadth.of(
                            group.past(),
                            bounds.zone(),
                            ask.stretch().from(),
                            ask.stretch().to(),
                            in));
                },
                () -> new BreadthFound(!groups.isEmpty(), sum.read(), members.get()));
    }

    GroupWalk<GrowthFound> walk(ShardEngine engine, AskGrowth ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        long from = ask.stretch().from();
        long to = ask.stretch().to();
        Sum<Growth> growth = new Sum<>(Growth.NONE, Growth::plus);
        return new GroupWalk<>(
                groups,
                group -> growth.add(Growth.of(group.past(), group.sales(from, Long.MAX_VALUE), from, to)),
                () -> new GrowthFound(!groups.isEmpty(), growth.get()));
    }

    GroupWalk<JoinsFound> walk(ShardEngine engine, AskJoins ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org());
        Joins joins = new Joins();
        return new GroupWalk<>(
                        groups,
                        group -> joins.addGroup(group.past(), ask.from(), ask.to(), group::idOf),
                        () -> new JoinsFound(!groups.isEmpty(), joins))
                .since(ask.from());
    }
}
