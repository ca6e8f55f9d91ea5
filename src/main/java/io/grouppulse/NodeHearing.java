package io.grouppulse;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.GroupPlaces;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.clock.NodeClock;
import io.grouppulse.ingest.CampaignRegistry;
import io.grouppulse.ingest.callback.wecom.RosterVersions;
import io.grouppulse.nodes.Carrier;
import io.grouppulse.nodes.CrewView;
import io.grouppulse.nodes.Member;
import io.grouppulse.nodes.NodeNews;
import io.grouppulse.ops.SourceLedger;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node hears of others, and tells all of them whether it leads or not. Everything but the getters is on one context. */
final class NodeHearing {
    private static final Logger LOG = LoggerFactory.getLogger(NodeHearing.class);
    private static final long NEWS_MILLIS = 1_000;

    private final Vertx vertx;
    private final Carrier carrier;
    private final String self;
    private final NodeClock clock;
    private final SourceLedger ledger;
    private final GroupPlaces places;
    private final CampaignRegistry campaigns;
    private final RosterVersions rosters;
    private final long patience;
    private final Map<String, Map<String, SourceLedger.Told>> ledgers = new HashMap<>();
    private long placesOfLife = -1;
    private volatile long newestSeq;
    private volatile long rolledAt;
    private volatile boolean isComplete;

    /** @param patience for so many nanoseconds T may be unheard of */
    NodeHearing(Foundation on, Carrier carrier, String self, NodeClock clock, long patience) {
        this.vertx = on.vertx();
        this.carrier = carrier;
        this.self = self;
        this.clock = clock;
        this.ledger = on.ledger();
        this.places = on.places();
        this.campaigns = on.store().campaigns();
        this.rosters = on.store().rosterVersions();
        this.patience = patience;
        this.rolledAt = System.nanoTime() - patience;
    }

    /** The newest tick that was announced, whoever leads. */
    long newestSeq() {
        return newestSeq;
    }

    /** Why what was rolled up last is not everything, or null. */
    @Nullable String problem() {
        if (System.nanoTime() - rolledAt > patience) {
            return "nothing is heard of T";
        }
        return isComplete ? null : "not every shard has an owner that answers";
    }

    /**
     * Listens from now on.
     *
     * @param view who is there
     * @param leads whether this node leads: then it knows itself where groups stand
     * @param look a node has taken something, or given it away
     * @param complete every shard was rolled up
     */
    void open(Supplier<CrewView> view, BooleanSupplier leads, Runnable look, Runnable complete) {
        EventBus bus = vertx.eventBus();
        bus.<Tick>consumer(Feeds.TICKS, message -> {
            clock.heard(message.body().t());
            newestSeq = Math.max(newestSeq, message.body().seq());
        });
        bus.<Rolled>consumer(Feeds.ROLLED, message -> {
            if (take(message.body())) {
                Member leader = view.get().leader();
                if (!leads.getAsBoolean() && leader != null) {
                    askPlaces(leader, Tick.lifeOf(message.body().seq()));
                }
                if (isComplete) {
                    complete.run();
                }
            }
        });
        bus.<NodeNews.Ledger>consumer(NodeNews.LEDGER, message -> {
            ledgers.put(message.body().node(), message.body().sources());
            ledger.hear(ledgers);
        });
        bus.<NodeNews.Places>consumer(NodeNews.PLACES, message -> {
            message.body().orgs().forEach(places::put);
            message.body().gone().forEach(places::remove);
        });
        bus.<NodeNews.RosterReached>consumer(NodeNews.ROSTERS, message -> {
            NodeNews.RosterReached reached = message.body();
            rosters.learn(reached.source(), reached.chat(), reached.version());
        });
        bus.consumer(NodeNews.LOOK, message -> look.run());
        bus.consumer(NodeNews.CAMPAIGNS, message -> refreshCampaigns());
        tellOfOwn();
    }

    private void tellOfOwn() {
        campaigns.onChange(() -> carrier.publish(NodeNews.CAMPAIGNS, ""));
        rosters.onReached((source, chat, version) ->
                carrier.publish(NodeNews.ROSTERS, new NodeNews.RosterReached(source, chat, version)));
        vertx.setPeriodic(NEWS_MILLIS, timer -> {
            carrier.publish(NodeNews.LEDGER, new NodeNews.Ledger(self, ledger.tell()));
            refreshCampaigns();
        });
    }

    /** What nodes said that are gone does not count. */
    void seen(CrewView view) {
        if (ledgers.keySet().removeIf(node -> view.find(node) == null)) {
            ledger.hear(ledgers);
        }
    }

    /** False for what a leader says that was replaced. */
    private boolean take(Rolled rolled) {
        if (rolled.seq() < newestSeq && Tick.lifeOf(rolled.seq()) < Tick.lifeOf(newestSeq)) {
            return false;
        }
        rolledAt = System.nanoTime();
        isComplete = rolled.isComplete();
        ledger.reached(rolled.positions());
        return true;
    }

    /** Once of each leader; what changes afterwards it tells. */
    private void askPlaces(Member leader, long life) {
        if (life != placesOfLife) {
            placesOfLife = life;
            carrier.ask(leader, NodeNews.ASK_PLACES, new NodeNews.AskPlaces())
                    .onSuccess(answer -> places.replaceAll(((NodeNews.Places) answer).orgs()))
                    .onFailure(cause -> placesOfLife = -1);
        }
    }

    private void refreshCampaigns() {
        Future<Void> read = vertx.executeBlocking(() -> {
            campaigns.refresh();
            return null;
        });
        read.onFailure(cause -> LOG.debug("campaigns were not read again", cause));
    }
}
