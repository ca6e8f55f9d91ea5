package io.grouppulse.windowing;

import io.grouppulse.bus.Messages.AskBuyers;
import io.grouppulse.bus.Messages.BuyersAnswer;
import io.grouppulse.domain.buyers.Buyers;
import io.grouppulse.domain.group.KnownGroup;
import java.util.List;

/** Reads who paid in the groups of a shard. A person is a member id, the same in every group. */
final class BuyersReader {
    private BuyersReader() {}

    static GroupWalk<BuyersAnswer> walk(ShardEngine engine, AskBuyers ask) {
        List<KnownGroup> groups = ScopedGroups.of(engine, ask.group(), ask.org(), ask.only());
        Buyers.Builder buyers = new Buyers.Builder();
        return new GroupWalk<>(
                        groups,
                        group -> group.forEachPaid(
                                ask.stretch().from(), ask.stretch().to(), (ts, member, money) -> {
                                    String person = group.memberId(member);
                                    if (person != null) {
                                        buyers.add(person, 1);
                                    }
                                }),
                        () -> new BuyersAnswer(!groups.isEmpty(), buyers.build()))
                .since(ask.stretch().from());
    }
}
