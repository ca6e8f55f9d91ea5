package io.grouppulse.rollup;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.ActiveMinutes;
import io.grouppulse.bus.Messages.AskActiveMinutes;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.RunningSales;
import io.grouppulse.domain.org.silence.SaleMinutes;
import io.grouppulse.domain.org.silence.SalePlan;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * With each minute of T that is over, asks the shards in which minutes the groups of running sales were active, and tells
 * the roll-up. It remembers nothing: each time it asks for the whole sale so far, so that late events count as well.
 */
public final class SaleWatchVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SaleWatchVerticle.class);
    private static final long MINUTE = 60_000;

    private final int shards;
    private final LongFunction<List<SalePlan>> running;
    private List<Due> told = List.of();
    private boolean asking;

    /** @param running the campaigns that run at a T */
    public SaleWatchVerticle(int shards, LongFunction<List<SalePlan>> running) {
        this.shards = shards;
        this.running = running;
    }

    private record Due(SalePlan plan, int minutes) {}

    @Override
    public Future<?> start() {
        vertx.eventBus()
                .<Rolled>consumer(Feeds.ROLLED, message -> tell(message.body().t()));
        return Future.succeededFuture();
    }

    private void tell(long t) {
        List<Due> due = running.apply(t).stream()
                .filter(SalePlan::isCompared)
                .map(plan -> new Due(plan, plan.minutesAt(t)))
                .filter(sale -> sale.minutes() > 0)
                .toList();
        if (asking || due.equals(told)) {
            return;
        }
        asking = true;
        Future.all(due.stream().map(this::ask).toList())
                .onSuccess(done -> {
                    told = due;
                    vertx.eventBus().send(Feeds.SALES, new RunningSales(done.list()), Feeds.options());
                })
                .onFailure(cause -> LOG.warn("cannot compare the groups of running sales: {}", cause.getMessage()))
                .onComplete(done -> asking = false);
    }

    private Future<SaleMinutes> ask(Due due) {
        SalePlan plan = due.plan();
        long from = plan.firstMinute();
        AskActiveMinutes question = new AskActiveMinutes(plan.org(), plan.only(), from, from + due.minutes() * MINUTE);
        List<Future<ActiveMinutes>> answers = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            answers.add(vertx.eventBus()
                    .<ActiveMinutes>request(Feeds.shard(shard), question, Feeds.options())
                    .map(Message::body));
        }
        return Future.all(answers).map(done -> {
            Map<String, BitSet> active = new HashMap<>();
            answers.forEach(answer -> active.putAll(answer.result().groups()));
            return new SaleMinutes(plan, due.minutes(), active);
        });
    }
}
