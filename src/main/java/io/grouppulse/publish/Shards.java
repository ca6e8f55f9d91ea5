package io.grouppulse.publish;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskBuyers;
import io.grouppulse.bus.Messages.AskOrderBoard;
import io.grouppulse.bus.Messages.AskStretches;
import io.grouppulse.bus.Messages.BuyersAnswer;
import io.grouppulse.bus.Messages.OrderBoard;
import io.grouppulse.bus.Messages.OrderSum;
import io.grouppulse.bus.Messages.OrderTrait;
import io.grouppulse.bus.Messages.Stretch;
import io.grouppulse.bus.Messages.StretchSum;
import io.grouppulse.bus.Messages.Stretches;
import io.grouppulse.domain.buyers.Buyers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Asks the shards that hold a scope's groups. */
public final class Shards {
    private static final StretchSum NOTHING = new StretchSum(0, 0, 0, Map.of());

    private final Vertx vertx;
    private final int count;
    private final ToIntFunction<String> shardOf;

    /** @param shardOf the shard of a group */
    public Shards(Vertx vertx, int count, ToIntFunction<String> shardOf) {
        this.vertx = vertx;
        this.count = count;
        this.shardOf = shardOf;
    }

    /** The answers of every shard concerned. */
    public <A> Future<List<A>> ask(Scope scope, Object question) {
        String group = scope.group();
        List<Future<A>> answers = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            if (group == null || shardOf.applyAsInt(group) == shard) {
                answers.add(vertx.eventBus()
                        .<A>request(Feeds.shard(shard), question, Feeds.options())
                        .map(Message::body));
            }
        }
        return Future.all(answers).map(done -> done.<A>list());
    }

    /**
     * What was paid in each stretch of time, over all groups of the scope.
     *
     * @param only of those groups these alone; empty for all
     */
    public Future<List<StretchSum>> sums(Scope scope, Set<String> only, List<Stretch> stretches) {
        AskStretches question = new AskStretches(scope.group(), scope.org(), only, stretches);
        return this.<Stretches>ask(scope, question).map(answers -> {
            List<StretchSum> sums = new ArrayList<>();
            for (int i = 0; i < stretches.size(); i++) {
                int at = i;
                sums.add(answers.stream().map(answer -> answer.sums().get(at)).reduce(NOTHING, Shards::plus));
            }
            return sums;
        });
    }

    /**
     * Who paid in a stretch of time, over all groups of the scope.
     *
     * @param only of those groups these alone; empty for all
     * @return null if there is no such group or node
     */
    public Future<@Nullable Buyers> buyers(Scope scope, Set<String> only, Stretch stretch) {
        AskBuyers question = new AskBuyers(scope.group(), scope.org(), only, stretch);
        return this.<BuyersAnswer>ask(scope, question).map(answers -> {
            if (!scope.isRoot() && answers.stream().noneMatch(BuyersAnswer::known)) {
                return null;
            }
            return Buyers.merge(answers.stream().map(BuyersAnswer::buyers).toList());
        });
    }

    /**
     * What was ordered in a stretch of time by a trait, over all groups of the scope.
     *
     * @param only of those groups these alone; empty for all
     * @return null if there is no such group or node
     */
    public Future<@Nullable Map<String, OrderSum>> orders(
            Scope scope, Set<String> only, OrderTrait trait, Stretch stretch) {
        AskOrderBoard question = new AskOrderBoard(scope.group(), scope.org(), only, trait, stretch);
        return this.<OrderBoard>ask(scope, question).map(answers -> {
            if (!scope.isRoot() && answers.stream().noneMatch(OrderBoard::known)) {
                return null;
            }
            Map<String, OrderSum> sums = new HashMap<>();
            answers.forEach(answer -> answer.sums().forEach((text, sum) -> sums.merge(text, sum, OrderSum::plus)));
            return sums;
        });
    }

    private static StretchSum plus(StretchSum one, StretchSum other) {
        Map<String, Long> byGroup = new TreeMap<>(one.byGroup());
        byGroup.putAll(other.byGroup());
        return new StretchSum(
                one.orders() + other.orders(), one.gmv() + other.gmv(), one.buyers() + other.buyers(), byGroup);
    }
}
