package io.grouppulse.rollup;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.bus.Messages.AskDrops;
import io.grouppulse.bus.Messages.AskGroups;
import io.grouppulse.bus.Messages.AskOrgs;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.RunningSales;
import io.grouppulse.bus.Messages.ShardReadings;
import io.grouppulse.domain.org.silence.PeerModel;
import io.grouppulse.domain.org.silence.SaleMinutes;
import io.grouppulse.domain.org.silence.SilenceWatch;
import io.grouppulse.domain.signal.HourHistory;
import io.grouppulse.domain.signal.silence.BlindTimes;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the shards' answers to each tick, rolls them up once all are in, announces what changed, answers questions. */
public final class RollupVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RollupVerticle.class);

    private final int shards;
    private final Rollup rollup;
    private final OutageKeeper outages;
    private final List<ShardReadings> gathered = new ArrayList<>();

    /**
     * @param silence tells who is silent; used by this verticle alone
     * @param places is told where groups stand
     * @param outages is read with the first tick
     */
    public RollupVerticle(int shards, int windows, SilenceWatch silence, GroupPlaces places, OutageDocument outages) {
        this.shards = shards;
        this.outages = new OutageKeeper(silence, outages);
        this.rollup = new Rollup(windows, silence, places);
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<ShardReadings>consumer(Feeds.READINGS, message -> gather(message.body()));
        vertx.eventBus()
                .<RunningSales>consumer(
                        Feeds.SALES, message -> compare(message.body().sales()));
        vertx.eventBus().<Object>consumer(Feeds.ASK, this::answer);
        return Future.succeededFuture();
    }

    private void gather(ShardReadings readings) {
        gathered.add(readings);
        if (gathered.size() == shards) {
            outages.restore();
            Rolled rolled = rollup.roll(gathered);
            gathered.clear();
            outages.keep(vertx);
            vertx.eventBus().publish(Feeds.ROLLED, rolled, Feeds.options());
        }
    }

    @Override
    public Future<?> stop() {
        return outages.close(vertx);
    }

    /** Groups of sales by each other, on another thread: with many groups it takes longer than a tick may wait. */
    private void compare(List<SaleMinutes> sales) {
        Map<String, HourHistory> hours = rollup.hoursOf(sales);
        Map<String, BlindTimes> blind = rollup.blindOf(sales);
        vertx.executeBlocking(() -> PeerModel.silent(sales, hours, blind))
                .onSuccess(rollup::takeSilentInSales)
                .onFailure(cause -> LOG.error("cannot compare the groups of running sales", cause));
    }

    private void answer(Message<Object> message) {
        Object question = message.body();
        Object answer;
        if (question instanceof AskReadings ask) {
            answer = rollup.readings(ask);
        } else if (question instanceof AskGroups ask) {
            answer = rollup.groups(ask.org());
        } else if (question instanceof AskDrops ask) {
            answer = rollup.drops(ask);
        } else if (question instanceof AskOrgs) {
            answer = rollup.orgs();
        } else {
            message.fail(400, "no such question: " + question.getClass().getSimpleName());
            return;
        }
        message.reply(answer, Feeds.options());
    }
}
