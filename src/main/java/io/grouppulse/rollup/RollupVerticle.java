package io.grouppulse.rollup;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.bus.Messages.AskDrops;
import io.grouppulse.bus.Messages.AskFirst;
import io.grouppulse.bus.Messages.AskGroups;
import io.grouppulse.bus.Messages.AskOverview;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.AskSources;
import io.grouppulse.bus.Messages.AskTogether;
import io.grouppulse.bus.Messages.AskUneasy;
import io.grouppulse.bus.Messages.Overdue;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the shards' answers to each tick, rolls them up once all are in, announces what changed, answers questions. */
public final class RollupVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RollupVerticle.class);

    private static final long EARLY_MILLIS = 3_000;
    private static final int UNAVAILABLE = 503;

    private final int shards;
    private final Rollup rollup;
    private final OutageKeeper outages;
    private final Map<Integer, ShardReadings> gathered = new HashMap<>();
    private final Set<Integer> waitedFor = new HashSet<>();
    private final List<Message<Object>> early = new ArrayList<>();
    private long seq = Long.MIN_VALUE;
    private boolean isOver;
    private boolean knowsAll;

    /**
     * @param silence tells who is silent; used by this verticle alone
     * @param places is told where groups stand
     * @param shardOf the shard of a group, or of a member
     * @param outages is read with the first tick
     */
    public RollupVerticle(
            int shards,
            int windows,
            SilenceWatch silence,
            GroupPlaces places,
            ToIntFunction<String> shardOf,
            OutageDocument outages) {
        this.shards = shards;
        this.outages = new OutageKeeper(silence, outages);
        this.rollup = new Rollup(windows, silence, places, shardOf);
        for (int shard = 0; shard < shards; shard++) {
            waitedFor.add(shard);
        }
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<Object>consumer(Feeds.READINGS, message -> {
            if (message.body() instanceof ShardReadings readings) {
                gather(readings);
            } else if (message.body() instanceof Overdue overdue) {
                close(overdue);
            }
        });
        vertx.eventBus()
                .<RunningSales>consumer(
                        Feeds.SALES, message -> compare(message.body().sales()));
        vertx.eventBus().<Object>consumer(Feeds.ASK, this::answer);
        return Future.succeededFuture();
    }

    /** A shard that missed a tick is waited for again once it answers, in time or late. */
    private void gather(ShardReadings readings) {
        waitedFor.add(readings.shard());
        if (readings.seq() > seq) {
            begin(readings.seq());
        }
        if (readings.seq() == seq && !isOver) {
            gathered.put(readings.shard(), readings);
            if (gathered.keySet().containsAll(waitedFor)) {
                roll(readings.t());
            }
        }
    }

    private void begin(long next) {
        seq = next;
        isOver = false;
        gathered.clear();
    }

    private void close(Overdue overdue) {
        if (overdue.seq() > seq) {
            begin(overdue.seq());
        }
        if (overdue.seq() == seq && !isOver) {
            Set<Integer> missing = new TreeSet<>(waitedFor);
            missing.removeAll(gathered.keySet());
            LOG.warn("the shards {} did not answer in time; the others are shown without them", missing);
            waitedFor.removeAll(missing);
            roll(overdue.t());
        }
    }

    private void roll(long t) {
        isOver = true;
        outages.restore();
        Rolled rolled = rollup.roll(seq, t, List.copyOf(gathered.values()), gathered.size() == shards);
        outages.keep(vertx);
        vertx.eventBus().publish(Feeds.ROLLED, rolled, Feeds.options());
        if (!knowsAll && rolled.heard().size() == shards) {
            knowsAll = true;
            early.forEach(this::answer);
            early.clear();
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

    /** Who does not know all groups yet answers nothing: a group that it has not heard of may be there. */
    private void answer(Message<Object> message) {
        if (!knowsAll) {
            early.add(message);
            vertx.setTimer(EARLY_MILLIS, late -> {
                if (early.remove(message)) {
                    message.fail(UNAVAILABLE, "not every shard has been heard of yet");
                }
            });
            return;
        }
        Object question = message.body();
        Object answer;
        if (question instanceof AskReadings ask) {
            answer = rollup.readings(ask);
        } else if (question instanceof AskTogether ask) {
            answer = rollup.together(ask);
        } else if (question instanceof AskGroups ask) {
            answer = rollup.groups(ask.org());
        } else if (question instanceof AskFirst ask) {
            answer = rollup.first(ask);
        } else if (question instanceof AskDrops ask) {
            answer = rollup.drops(ask);
        } else if (question instanceof AskUneasy ask) {
            answer = rollup.uneasy(ask);
        } else if (question instanceof AskSources) {
            answer = rollup.sources();
        } else if (question instanceof AskOverview ask) {
            answer = rollup.overview(ask);
        } else {
            message.fail(400, "no such question: " + question.getClass().getSimpleName());
            return;
        }
        message.reply(answer, Feeds.options());
    }
}
