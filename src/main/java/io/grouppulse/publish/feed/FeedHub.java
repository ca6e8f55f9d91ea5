package io.grouppulse.publish.feed;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.AskDrops;
import io.grouppulse.bus.Messages.Drops;
import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.domain.org.OrgGraph;
import io.grouppulse.publish.OrderJson;
import io.grouppulse.publish.Scope;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one stream of frames for each (topic, every) that somebody watches, and turns roll-ups into frames when they
 * are due. Everything happens on the hub's own thread; connections write on theirs.
 */
public final class FeedHub extends VerticleBase {
    private static final int[] PERIODS = {50, 250, 1_000, 5_000};
    private static final long TICK_INTERVAL = 5_000;
    private static final long ABANDONED = 30_000;

    private final FeedSettings settings;
    private final FeedStates states;
    private final FeedMeters meters;
    private final LongSupplier wallClock;
    private final Map<Topic, Map<Integer, FeedStream>> streams = new HashMap<>();
    private final Map<FeedConnection, Subscriber> subscribers = new HashMap<>();
    private final Map<Integer, Set<FeedStream>> changed = new HashMap<>();
    private final Map<Integer, Long> oldestUnshown = new HashMap<>();
    private @Nullable Context hub;
    private long asOf = Long.MIN_VALUE;

    public FeedHub(FeedSettings settings, FeedStates states, FeedMeters meters, LongSupplier wallClock) {
        this.settings = settings;
        this.states = states;
        this.meters = meters;
        this.wallClock = wallClock;
        for (int period : PERIODS) {
            changed.put(period, new HashSet<>());
        }
    }

    @Override
    public Future<?> start() {
        hub = context;
        vertx.eventBus().<Rolled>consumer(Feeds.ROLLED, message -> onRolled(message.body()));
        for (int period : PERIODS) {
            vertx.setPeriodic(period, timer -> onDue(period));
        }
        vertx.setPeriodic(1_000, timer -> onSecond());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        new ArrayList<>(subscribers.keySet()).forEach(connection -> connection.close(1001, "going away"));
        return Future.succeededFuture();
    }

    /** Runs on the hub's thread. */
    void run(Runnable action) {
        Objects.requireNonNull(hub, "started").runOnContext(v -> action.run());
    }

    static boolean isPeriod(int every) {
        for (int period : PERIODS) {
            if (period == every) {
                return true;
            }
        }
        return false;
    }

    void connect(FeedConnection connection) {
        subscribers.put(connection, new Subscriber(connection));
    }

    void disconnect(FeedConnection connection) {
        Subscriber subscriber = subscribers.remove(connection);
        if (subscriber != null) {
            subscriber.streams().values().forEach(stream -> stream.remove(subscriber, now()));
        }
    }

    void subscribe(FeedConnection connection, Topic topic, int every, FeedStream.@Nullable Since since) {
        Subscriber subscriber = subscribers.get(connection);
        if (subscriber == null) {
            return;
        }
        unsubscribe(connection, topic);
        if (subscriber.streams().size() >= settings.topics()) {
            refuse(subscriber, "too_many_topics", topic, "at most " + settings.topics() + " topics a connection");
            return;
        }
        FeedStream stream = streams.computeIfAbsent(topic, t -> new HashMap<>())
                .computeIfAbsent(every, period -> newStream(topic, period));
        subscriber.streams().put(topic, stream);
        if (stream instanceof StateStream state) {
            state.welcome(subscriber, since, now());
            if (!state.hasState()) {
                refresh(Set.of(state));
            }
        } else if (stream instanceof AppendStream append) {
            append.welcome(subscriber, since, asOf, now());
        }
        flush(subscriber);
    }

    void unsubscribe(FeedConnection connection, Topic topic) {
        Subscriber subscriber = subscribers.get(connection);
        FeedStream stream = subscriber == null ? null : subscriber.streams().remove(topic);
        if (subscriber != null && stream != null) {
            stream.remove(subscriber, now());
        }
    }

    private FeedStream newStream(Topic topic, int every) {
        String epoch = UUID.randomUUID().toString().substring(0, 8);
        if (topic.kind() != Topic.Kind.ORDERS) {
            return new StateStream(topic, every, epoch, meters);
        }
        AppendStream stream = new AppendStream(topic, every, epoch, meters);
        vertx.eventBus()
                .<Drops>request(Feeds.ASK, new AskDrops(topic.name(), 50), Feeds.options())
                .onSuccess(answer -> {
                    List<JsonObject> newest = new ArrayList<>();
                    for (RainDrop drop : answer.body().drops()) {
                        newest.add(0, OrderJson.order(drop));
                    }
                    stream.start(newest, answer.body().asOf(), now());
                    stream.subscribers().forEach(this::flush);
                });
        return stream;
    }

    private void onRolled(Rolled rolled) {
        boolean newHour = Math.floorDiv(rolled.t(), 3_600_000L) != Math.floorDiv(asOf, 3_600_000L);
        asOf = rolled.t();
        for (Map<Integer, FeedStream> byPeriod : streams.values()) {
            for (FeedStream stream : byPeriod.values()) {
                if (stream instanceof AppendStream append && append.isStarted()) {
                    appendTo(append, rolled);
                } else if (newHour || concerns(rolled, stream.topic())) {
                    Objects.requireNonNull(changed.get(stream.every())).add(stream);
                }
            }
        }
        if (rolled.receivedAt() != Long.MAX_VALUE) {
            for (int period : PERIODS) {
                oldestUnshown.merge(period, rolled.receivedAt(), Math::min);
            }
        }
    }

    private static boolean concerns(Rolled rolled, Topic topic) {
        return switch (topic.kind()) {
            case ORG -> rolled.orgs().contains(topic.name());
            case GROUP -> rolled.groups().contains(topic.name());
            case RAIN -> concernsRain(rolled, topic.name());
            case SOURCES, CAMPAIGN -> true;
            case ORDERS -> false;
        };
    }

    private static boolean concernsRain(Rolled rolled, String name) {
        Scope scope = Scope.parse(name);
        return scope != null
                && (scope.group() == null
                        ? rolled.orgs().contains(scope.org())
                        : rolled.groups().contains(scope.group()));
    }

    private void appendTo(AppendStream stream, Rolled rolled) {
        String org = stream.topic().name();
        for (RainDrop drop : rolled.drops()) {
            if (org.equals(OrgGraph.ROOT)
                    || drop.orgs().stream().anyMatch(path -> path.equals(org) || path.startsWith(org + "/"))) {
                stream.add(OrderJson.order(drop));
            }
        }
    }

    private void onDue(int period) {
        Set<FeedStream> due = Objects.requireNonNull(changed.put(period, new HashSet<>()));
        for (Map<Integer, FeedStream> byPeriod : streams.values()) {
            if (byPeriod.get(period) instanceof AppendStream append && append.isStarted()) {
                append.flush(asOf, now());
            }
        }
        Set<StateStream> stateful = new HashSet<>();
        for (FeedStream stream : due) {
            if (stream instanceof StateStream state && !state.subscribers().isEmpty()) {
                stateful.add(state);
            }
        }
        Long oldest = oldestUnshown.remove(period);
        if (stateful.isEmpty()) {
            show(oldest);
        } else {
            refresh(stateful).onComplete(done -> show(oldest));
        }
    }

    private void show(@Nullable Long oldestReceivedAt) {
        int sent = 0;
        for (Subscriber subscriber : subscribers.values()) {
            sent += subscriber.flush();
        }
        meters.sent(sent);
        if (sent > 0 && oldestReceivedAt != null) {
            meters.shown(wallClock.getAsLong() - oldestReceivedAt);
        }
    }

    /** Asks the roll-up for the states and updates the streams with them. */
    private Future<Void> refresh(Set<StateStream> wanted) {
        return states.read(wanted.stream().map(FeedStream::topic).toList())
                .onSuccess(answer -> wanted.forEach(stream -> update(stream, answer)))
                .mapEmpty();
    }

    private void update(StateStream stream, FeedStates.States answer) {
        JsonObject state = answer.of(stream.topic());
        if (state != null) {
            stream.update(state, answer.asOf(), now());
        } else if (!stream.hasState()) {
            for (Subscriber subscriber : List.copyOf(stream.subscribers())) {
                unsubscribe(subscriber.connection(), stream.topic());
                refuse(subscriber, "unknown_topic", stream.topic(), "nothing is known of it yet");
            }
            forget(stream);
            return;
        }
        stream.subscribers().forEach(this::flush);
    }

    private void refuse(Subscriber subscriber, String code, Topic topic, String detail) {
        subscriber.give(FeedErrors.frame(code, topic.toString(), detail));
        flush(subscriber);
    }

    private void flush(Subscriber subscriber) {
        meters.sent(subscriber.flush());
    }

    private void onSecond() {
        for (Map<Integer, FeedStream> byPeriod : List.copyOf(streams.values())) {
            for (FeedStream stream : List.copyOf(byPeriod.values())) {
                if (stream.isAbandonedFor(ABANDONED, now())) {
                    forget(stream);
                } else if (stream.isTickDue(now(), TICK_INTERVAL)) {
                    stream.tick(asOf, now());
                }
            }
        }
        for (Subscriber subscriber : List.copyOf(subscribers.values())) {
            flush(subscriber);
            closeIfStalled(subscriber);
        }
    }

    private void closeIfStalled(Subscriber subscriber) {
        if (subscriber.connection().unreadBytes() > settings.unread()
                || subscriber.stalledFor(now()) > settings.stallMillis()) {
            meters.refused();
            subscriber.connection().close(1013, "too slow: try again later");
            disconnect(subscriber.connection());
        }
    }

    private void forget(FeedStream stream) {
        Map<Integer, FeedStream> byPeriod = streams.get(stream.topic());
        if (byPeriod != null && byPeriod.remove(stream.every(), stream) && byPeriod.isEmpty()) {
            streams.remove(stream.topic());
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
