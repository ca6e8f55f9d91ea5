package io.grouppulse.publish;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskTogether;
import io.grouppulse.bus.Messages.Together;
import io.grouppulse.domain.org.OrgReading;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/**
 * The root as a reader of some subtrees has it: the sums over the groups that he may see, each counted once, above his
 * subtrees. Of its silence something is said where it is one subtree: what is expected is learnt for nodes, not for
 * several together.
 *
 * @param children the subtrees in which there is anything
 */
public record ReachRoot(long asOf, OrgReading root, List<OrgReading> children) {
    public ReachRoot {
        children = List.copyOf(children);
    }

    /** @param reach not the whole */
    public static Future<ReachRoot> read(Function<AskTogether, Future<Together>> ask, Reach reach) {
        return ask.apply(new AskTogether(reach.subtrees())).map(answer -> of(answer, reach));
    }

    static ReachRoot of(Together answer, Reach reach) {
        OrgReading root = answer.root();
        for (OrgReading node : answer.nodes()) {
            root = node.path().equals(reach.root()) ? root.withSilence(node.silence()) : root;
        }
        return new ReachRoot(answer.asOf(), root, answer.nodes());
    }
}
