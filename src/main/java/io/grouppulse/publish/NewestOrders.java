package io.grouppulse.publish;

import io.grouppulse.access.Reach;
import io.grouppulse.bus.Messages.AskDrops;
import io.grouppulse.bus.Messages.Drops;
import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.PaidOrder;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** The newest paid orders that a reader may see; at the root those of all that he has, each once. */
public final class NewestOrders {
    private static final Comparator<RainDrop> NEWEST_FIRST =
            Comparator.comparing(RainDrop::order, PaidOrder.NEWEST_FIRST);

    private NewestOrders() {}

    /** @param rollup answers a question */
    public static Future<Drops> read(Function<Object, Future<Drops>> rollup, String org, int limit, Reach reach) {
        if (reach.whole() || !org.isEmpty()) {
            return rollup.apply(new AskDrops(org, limit));
        }
        List<Future<Drops>> parts = reach.subtrees().stream()
                .map(subtree -> rollup.apply(new AskDrops(subtree, limit)))
                .toList();
        return Future.all(parts).map(done -> merged(done.list(), limit));
    }

    private static Drops merged(List<Drops> parts, int limit) {
        TreeSet<RainDrop> newest = new TreeSet<>(NEWEST_FIRST);
        long asOf = Long.MIN_VALUE;
        for (Drops part : parts) {
            newest.addAll(part.drops());
            asOf = Math.max(asOf, part.asOf());
        }
        return new Drops(asOf, true, newest.stream().limit(limit).toList());
    }
}
