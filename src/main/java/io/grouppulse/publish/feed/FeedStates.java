package io.grouppulse.publish.feed;

import io.grouppulse.access.Reach;
import io.grouppulse.access.View;
import io.grouppulse.access.Visibility;
import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.Alerts;
import io.grouppulse.bus.Messages.AskAlerts;
import io.grouppulse.bus.Messages.AskReadings;
import io.grouppulse.bus.Messages.AskSources;
import io.grouppulse.bus.Messages.Drops;
import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.Messages.Readings;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Sources;
import io.grouppulse.bus.Messages.Together;
import io.grouppulse.domain.alert.Episode;
import io.grouppulse.domain.group.GroupReading;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.domain.org.OrgReading;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.Board;
import io.grouppulse.publish.BoardReport;
import io.grouppulse.publish.CampaignReport;
import io.grouppulse.publish.LiveReport;
import io.grouppulse.publish.LiveReports;
import io.grouppulse.publish.NewestOrders;
import io.grouppulse.publish.OrderJson;
import io.grouppulse.publish.RainReport;
import io.grouppulse.publish.ReachRoot;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Scope;
import io.grouppulse.publish.SeenAlerts;
import io.grouppulse.publish.Shards;
import io.grouppulse.publish.SourceJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the states of topics from the roll-up and the shards. */
public final class FeedStates {
    private static final int EPISODES = 20;
    private static final int BOARD_ROWS = 20;

    private final Vertx vertx;
    private final ReadingJson json;
    private final SourceLedger ledger;
    private final LongSupplier wallClock;
    private final RainReport rain;
    private final CampaignReport campaigns;
    private final BoardReport boards;
    private final LiveReports reports;
    private final PacedReads paced = new PacedReads(() -> System.nanoTime() / 1_000_000);
    private final Function<String, List<String>> campaignsOf;
    private final Visibility visibility;

    /**
     * @param campaignsOf ids of the campaigns that concern an organisation node
     */
    public FeedStates(
            Vertx vertx,
            ReadingJson json,
            SourceLedger ledger,
            LongSupplier wallClock,
            Shards shards,
            BoardReport boards,
            CampaignReport campaigns,
            LiveReports reports,
            Function<String, List<String>> campaignsOf,
            Visibility visibility) {
        this.vertx = vertx;
        this.json = json;
        this.ledger = ledger;
        this.wallClock = wallClock;
        this.rain = new RainReport(shards);
        this.campaigns = campaigns;
        this.boards = boards;
        this.reports = reports;
        this.campaignsOf = campaignsOf;
        this.visibility = visibility;
    }

    /**
     * The states of topics as of one T; a topic of which there is no such thing has none.
     *
     * @param earlier those whose state is of an earlier T and is to be read again soon
     */
    record States(long asOf, Map<Topic, JsonObject> byTopic, Map<Topic, Long> earlier) {
        @Nullable JsonObject of(Topic topic) {
            return byTopic.get(topic);
        }

        long asOf(Topic topic) {
            return earlier.getOrDefault(topic, asOf);
        }

        boolean isEarlier(Topic topic) {
            return earlier.containsKey(topic);
        }
    }

    /** Whether the state of a topic may be another after this roll-up. */
    boolean isChanged(Topic topic, Rolled rolled) {
        return topic.isChangedBy(rolled, reports::plan);
    }

    /** Whether the topic may be seen in its view now. */
    boolean isVisible(Topic topic) {
        return topic.isVisible(visibility);
    }

    /** Whether an alert is one of the topic's, in its view. */
    boolean isSeen(Episode episode, Topic topic) {
        return SeenAlerts.isSeen(episode, topic.name(), topic.view().reach(), visibility);
    }

    /** The states as they are seen; of what may not be seen now there is none. */
    Future<States> read(Collection<Topic> wanted) {
        List<Topic> topics = wanted.stream().filter(this::isVisible).toList();
        Set<String> orgs = new HashSet<>();
        Set<String> groups = new HashSet<>();
        for (Topic topic : topics) {
            switch (topic.kind()) {
                case ORG -> orgs.add(topic.name());
                case GROUP -> groups.add(topic.name());
                case RAIN, CAMPAIGN, BOARD, REPORT, SOURCES, ORDERS, ALERTS -> {}
            }
        }
        return this.<Readings>ask(new AskReadings(orgs, groups)).compose(readings -> {
            Map<Topic, JsonObject> states = new HashMap<>();
            Map<Topic, Long> earlier = new HashMap<>();
            List<Future<?>> more = new ArrayList<>();
            for (Topic topic : topics) {
                switch (topic.kind()) {
                    case ORG -> {
                        if (isPartOfRoot(topic)) {
                            more.add(root(topic.view().reach()).onSuccess(state -> put(states, topic, state)));
                        } else {
                            put(states, topic, org(readings, topic));
                        }
                    }
                    case GROUP -> put(states, topic, group(readings, topic));
                    case RAIN -> more.add(rain(readings, topic).onSuccess(state -> put(states, topic, state)));
                    case CAMPAIGN, REPORT ->
                        more.add(paced(topic, readings.asOf()).onSuccess(answer -> {
                            put(states, topic, answer.state());
                            if (answer.isOld()) {
                                earlier.put(topic, answer.asOf());
                            }
                        }));
                    case BOARD -> more.add(board(readings, topic).onSuccess(state -> put(states, topic, state)));
                    case SOURCES -> more.add(sources().onSuccess(state -> put(states, topic, state)));
                    case ORDERS, ALERTS -> {}
                }
            }
            return Future.all(more).map(done -> new States(readings.asOf(), states, earlier));
        });
    }

    /** @param items the newest orders or alerts, oldest first; null if there is no such organisation */
    record Newest(long asOf, @Nullable List<JsonObject> items) {}

    /** What an append stream begins with. */
    Future<Newest> newest(Topic topic) {
        return topic.kind() == Topic.Kind.ALERTS ? newestAlerts(topic) : newestOrders(topic);
    }

    /** The newest transitions that are known: of each alert its last. */
    private Future<Newest> newestAlerts(Topic topic) {
        return this.<Readings>ask(new AskReadings(Set.of(topic.name()), Set.of()))
                .compose(known -> known.orgs().containsKey(topic.name())
                        ? vertx.eventBus()
                                .<Alerts>request(Feeds.ALERTS, new AskAlerts(), Feeds.options())
                                .map(message -> new Newest(known.asOf(), newest(message.body(), topic)))
                        : Future.succeededFuture(new Newest(known.asOf(), null)));
    }

    private List<JsonObject> newest(Alerts alerts, Topic topic) {
        List<Episode> all = Stream.concat(alerts.resolved().stream(), alerts.firing().stream())
                .filter(episode -> isSeen(episode, topic))
                .sorted(Comparator.comparingLong(Episode::changedAt))
                .toList();
        return all.subList(Math.max(0, all.size() - AppendStream.IN_SNAPSHOT), all.size()).stream()
                .map(episode -> SeenAlerts.json(episode, topic.view()))
                .toList();
    }

    private Future<Newest> newestOrders(Topic topic) {
        return NewestOrders.read(
                        this::<Drops>ask,
                        topic.name(),
                        AppendStream.IN_SNAPSHOT,
                        topic.view().reach())
                .map(answer -> newest(answer, topic.view()));
    }

    private static Newest newest(Drops answer, View view) {
        if (!answer.orgKnown()) {
            return new Newest(answer.asOf(), null);
        }
        List<JsonObject> orders = new ArrayList<>();
        for (RainDrop drop : answer.drops()) {
            orders.add(0, OrderJson.order(drop, view));
        }
        return new Newest(answer.asOf(), orders);
    }

    private static void put(Map<Topic, JsonObject> states, Topic topic, @Nullable JsonObject state) {
        if (state != null) {
            states.put(topic, state);
        }
    }

    private <A> Future<A> ask(Object question) {
        return vertx.eventBus().<A>request(Feeds.ASK, question, Feeds.options()).map(Message::body);
    }

    private static boolean isPartOfRoot(Topic topic) {
        return topic.name().equals(OrgGraph.ROOT) && !topic.view().reach().whole();
    }

    private Future<JsonObject> root(Reach reach) {
        return ReachRoot.read(this::<Together>ask, reach).map(read -> node(read.root(), reach, read.asOf()));
    }

    private JsonObject node(OrgReading reading, Reach reach, long asOf) {
        List<String> campaignIds = campaignsOf.apply(reading.path()).stream()
                .filter(id -> visibility.mayReadCampaign(reach, id))
                .toList();
        return json.org(reading, campaignIds, asOf, reach).put("childOrgs", new JsonArray(reading.children()));
    }

    private @Nullable JsonObject org(Readings readings, Topic topic) {
        String path = topic.name();
        OrgReading reading = readings.orgs().get(path);
        if (reading == null) {
            return null;
        }
        JsonObject state = node(reading, topic.view().reach(), readings.asOf());
        return path.equals(OrgGraph.ROOT) ? json.putAttribution(state, readings) : state;
    }

    private @Nullable JsonObject group(Readings readings, Topic topic) {
        GroupReading reading = readings.groups().get(topic.name());
        return reading == null
                ? null
                : json.group(reading, readings.asOf(), topic.view().reach());
    }

    private static Scope seen(Scope scope, Topic topic) {
        return scope.isRoot() ? Scope.rootOf(topic.view().reach()) : scope;
    }

    private Future<@Nullable JsonObject> rain(Readings readings, Topic topic) {
        Scope scope = Scope.parse(topic.name());
        if (scope == null) {
            return Future.succeededFuture(null);
        }
        return rain.read(seen(scope, topic), readings.asOf(), Long.MIN_VALUE, EPISODES, false)
                .map(items -> items == null ? null : new JsonObject().put("items", items));
    }

    private Future<@Nullable JsonObject> board(Readings readings, Topic topic) {
        Board board = Board.parse(topic.name());
        if (board == null) {
            return Future.succeededFuture(null);
        }
        Board seen = new Board(board.kind(), seen(board.scope(), topic), board.window(), board.by());
        return boards.read(seen, readings.asOf(), BOARD_ROWS, topic.view());
    }

    private Future<PacedReads.Answer> paced(Topic topic, long asOf) {
        return paced.read(
                Sight.of(topic, reports::plan, visibility::mayReadCampaign),
                asOf,
                () -> topic.kind() == Topic.Kind.CAMPAIGN
                        ? campaigns.read(
                                topic.name(),
                                asOf,
                                earlier ->
                                        visibility.mayReadCampaign(topic.view().reach(), earlier))
                        : report(topic, asOf));
    }

    private Future<@Nullable JsonObject> report(Topic topic, long asOf) {
        LiveReport report = LiveReport.parse(topic.name());
        if (report == null) {
            return Future.succeededFuture(null);
        }
        Scope scope = report.scope();
        return reports.read(scope == null ? report : report.in(seen(scope, topic)), asOf, topic.view());
    }

    private Future<JsonObject> sources() {
        return this.<Sources>ask(new AskSources()).map(answer -> {
            JsonObject items = new JsonObject();
            SourceJson.sources(answer.counts(), ledger.read(wallClock.getAsLong()))
                    .forEach(items::put);
            return new JsonObject().put("items", items);
        });
    }
}
