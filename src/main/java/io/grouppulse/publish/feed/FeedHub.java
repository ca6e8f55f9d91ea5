package io.grouppulse.publish.feed;

import io.grouppulse.bus.Feeds;
import io.grouppulse.bus.Messages.Alerted;
import io.grouppulse.bus.Messages.RainDrop;
import io.grouppulse.bus.Messages.Rolled;
import io.grouppulse.bus.Messages.Tick;
import io.grouppulse.bus.Pace;
import io.grouppulse.publish.OrderJson;
import io.grouppulse.publish.SeenAlerts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one stream of frames for each (topic, every) that somebody watches, and turns roll-ups into frames when they
 * are due: those of the shortest period at once, if the period has passed since the last, those of the others with a
 * timer. Everything happens on the hub's own thread; connections write on theirs.
 */
public final class FeedHub extends VerticleBase {
    private static final int FASTEST = 50;
    private static final int[] PERIODS = {FASTEST, 250, 1_000, 5_000};
    /**
     * Ticks come every 50 ms too, some a few ms late: without it a push that was late would let all later ones wait for their
     * turn.
     */
    private static final int SLACK = 25;

    /** Looked at each second, so that a sign of life comes after five and not, by a millisecond, after six. */
    private static final long TICK_INTERVAL = 4_500;

    private static final long NONE = -1;
    private static final long AGAIN_AFTER = 500;
    /** A group that has just been registered, or whose first event has just been accepted, is rolled up by then. */
    private static final long UNKNOWN_AFTER = 1_000;

    private final FeedSettings settings;
    private final FeedStates states;
    private final FeedMeters meters;
    private final LongSupplier wallClock;
    private final LongSupplier nanos;
    private final Pace fastest;
    private final LiveStreams streams;
    private final Audience audience;
    private final Beginnings beginnings = new Beginnings(this::readBeginnings);
    private final Map<Integer, Set<StateStream>> changed = new HashMap<>();
    private final Map<Integer, Long> oldestUnshown = new HashMap<>();
    private final Set<Integer> refreshing = new HashSet<>();
    private @Nullable Context hub;
    private long asOf = Long.MIN_VALUE;
    private long life = NONE;

    public FeedHub(FeedSettings settings, FeedStates states, FeedMeters meters, LongSupplier wallClock) {
        this(settings, states, meters, wallClock, System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    FeedHub(FeedSettings settings, FeedStates states, FeedMeters meters, LongSupplier wallClock, LongSupplier nanos) {
        this.settings = settings;
        this.states = states;
        this.meters = meters;
        this.wallClock = wallClock;
        this.nanos = nanos;
        this.fastest = new Pace(FASTEST, SLACK, nanos, this::after, () -> onDue(FASTEST));
        this.streams = new LiveStreams(meters);
        this.audience = new Audience(settings, meters);
        for (int period : PERIODS) {
            changed.put(period, new HashSet<>());
        }
    }

    @Override
    public Future<?> start() {
        hub = context;
        vertx.eventBus().<Rolled>consumer(Feeds.ROLLED, message -> onRolled(message.body()));
        vertx.eventBus().<Alerted>consumer(Feeds.ALERTED, message -> onAlerted(message.body()));
        for (int period : PERIODS) {
            // The fastest streams need it for those who fell behind and read again.
            vertx.setPeriodic(period, period == FASTEST ? timer -> fastest.runIfRested() : timer -> onDue(period));
        }
        vertx.setPeriodic(1_000, timer -> onSecond());
        return Future.succeededFuture();
    }

    private void after(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> action.run());
    }

    /** Closes every connection with 1001, and those that come later at once. */
    public void goAway() {
        if (hub != null) {
            run(audience::dismiss);
        }
    }

    /** Runs on the hub's thread. */
    void run(Runnable action) {
        Objects.requireNonNull(hub, "started").runOnContext(v -> action.run());
    }

    static boolean isPeriod(long every) {
        return Arrays.stream(PERIODS).anyMatch(period -> period == every);
    }

    void connect(FeedConnection connection) {
        audience.add(connection);
    }

    void disconnect(FeedConnection connection) {
        audience.remove(connection, now());
    }

    void subscribe(FeedConnection connection, Topic topic, int every, FeedStream.@Nullable Since since) {
        Subscriber subscriber = audience.find(connection);
        if (subscriber == null) {
            return;
        }
        unsubscribe(connection, topic);
        if (subscriber.streams().size() >= settings.topics()) {
            subscriber.give(FeedErrors.frame(
                    "too_many_topics", topic.toString(), "at most " + settings.topics() + " topics a connection"));
        } else {
            FeedStream known = streams.find(topic, every);
            FeedStream stream = known == null ? streams.create(topic, every) : known;
            subscriber.streams().put(topic, stream);
            welcome(stream, subscriber, since);
            if (known == null) {
                begin(stream);
            }
            if (!stream.isKnown()) {
                vertx.setTimer(UNKNOWN_AFTER, timer -> tellIfUnknown(subscriber, stream));
            }
        }
        audience.flush(List.of(subscriber));
    }

    private void welcome(FeedStream stream, Subscriber subscriber, FeedStream.@Nullable Since since) {
        if (stream instanceof StateStream state) {
            state.welcome(subscriber, since);
        } else if (stream instanceof AppendStream append) {
            append.welcome(subscriber, since, asOf);
        }
    }

    void unsubscribe(FeedConnection connection, Topic topic) {
        Subscriber subscriber = audience.find(connection);
        FeedStream stream = subscriber == null ? null : subscriber.streams().remove(topic);
        if (subscriber != null && stream != null) {
            stream.remove(subscriber, now());
        }
    }

    private void begin(FeedStream stream) {
        if (stream instanceof StateStream state) {
            switch (stream.topic().kind()) {
                case ORG, GROUP -> beginnings.add(state);
                // Their states take longer, and nobody else waits for them.
                case RAIN, CAMPAIGN, BOARD, REPORT, SOURCES, ORDERS, ALERTS -> readBeginnings(Set.of(state));
            }
        } else if (stream instanceof AppendStream append) {
            states.newest(stream.topic())
                    .onSuccess(newest -> begin(append, newest))
                    .onFailure(cause -> vertx.setTimer(AGAIN_AFTER, timer -> beginAgain(append)));
        }
    }

    private Future<Void> readBeginnings(Set<StateStream> some) {
        return refresh(some).onComplete(done -> some.forEach(stream -> audience.flush(stream.subscribers())));
    }

    /** While groups are on their way to another node, the newest cannot be read. */
    private void beginAgain(AppendStream stream) {
        if (streams.isAlive(stream) && !stream.isKnown()) {
            begin(stream);
        }
    }

    private void begin(AppendStream stream, FeedStates.Newest newest) {
        if (newest.items() != null && !stream.isKnown()) {
            stream.start(newest.items(), newest.asOf(), now());
            audience.flush(stream.subscribers());
        }
    }

    /** A subscription may come before what it is about: it stands, and begins with a snapshot when there is something. */
    private void tellIfUnknown(Subscriber subscriber, FeedStream stream) {
        if (subscriber.streams().get(stream.topic()) == stream && !stream.isKnown()) {
            subscriber.give(FeedErrors.frame(
                    "unknown_topic",
                    stream.topic().toString(),
                    "nothing is known of it yet; a snapshot follows as soon as something is"));
            audience.flush(List.of(subscriber));
        }
    }

    /** Tells the subscribers that the topic is none, or no more. */
    private void end(FeedStream stream, String code, String detail) {
        streams.forget(stream);
        List<Subscriber> told = List.copyOf(stream.subscribers());
        for (Subscriber subscriber : told) {
            unsubscribe(subscriber.connection(), stream.topic());
            subscriber.give(FeedErrors.frame(code, stream.topic().toString(), detail));
        }
        audience.flush(told);
    }

    private void onRolled(Rolled rolled) {
        boolean newHour = Math.floorDiv(rolled.t(), 3_600_000L) != Math.floorDiv(asOf, 3_600_000L);
        asOf = rolled.t();
        if (life != Tick.lifeOf(rolled.seq())) {
            beginAnew();
            life = Tick.lifeOf(rolled.seq());
        }
        for (FeedStream stream : streams.all()) {
            if (stream instanceof AppendStream append) {
                appendTo(append, rolled);
            } else if (stream instanceof StateStream state && (newHour || states.isChanged(stream.topic(), rolled))) {
                changedAt(stream.every()).add(state);
            }
        }
        if (rolled.receivedAt() != Long.MAX_VALUE) {
            for (int period : PERIODS) {
                oldestUnshown.merge(period, rolled.receivedAt(), Math::min);
            }
        }
        pushSoon();
    }

    /** Who rolled up until now may have told of things that did not come here: what was appended is shown anew. */
    private void beginAnew() {
        for (FeedStream old : life == NONE ? List.<FeedStream>of() : streams.all()) {
            if (old instanceof AppendStream) {
                streams.forget(old);
                FeedStream fresh = streams.create(old.topic(), old.every());
                for (Subscriber subscriber : List.copyOf(old.subscribers())) {
                    old.remove(subscriber, now());
                    fresh.add(subscriber);
                    subscriber.streams().put(fresh.topic(), fresh);
                }
                begin(fresh);
            } else if (old instanceof StateStream state) {
                changedAt(state.every()).add(state);
            }
        }
    }

    private Set<StateStream> changedAt(int period) {
        return Objects.requireNonNull(changed.get(period));
    }

    private void onAlerted(Alerted alerted) {
        for (FeedStream stream : streams.all()) {
            if (stream instanceof AppendStream append
                    && append.isKnown()
                    && stream.topic().kind() == Topic.Kind.ALERTS) {
                alerted.episodes().stream()
                        .filter(episode -> states.isSeen(episode, stream.topic()))
                        .forEach(episode -> append.add(
                                SeenAlerts.json(episode, stream.topic().view())));
            }
        }
        pushSoon();
    }

    private void appendTo(AppendStream stream, Rolled rolled) {
        if (!stream.isKnown()) {
            if (rolled.orgs().contains(stream.topic().name())) {
                begin(stream);
            }
            return;
        }
        if (stream.topic().kind() != Topic.Kind.ORDERS) {
            return;
        }
        for (RainDrop drop : rolled.drops()) {
            if (stream.topic().isUnder(drop)) {
                stream.add(OrderJson.order(drop, stream.topic().view()));
            }
        }
    }

    /** If there is something new for streams of the shortest period. */
    private void pushSoon() {
        if (!changedAt(FASTEST).isEmpty() || streams.of(FASTEST).stream().anyMatch(FeedHub::hasUnframed)) {
            fastest.soon();
        }
    }

    private static boolean hasUnframed(FeedStream stream) {
        return stream instanceof AppendStream append && append.hasUnframed();
    }

    /** Pushes what is new to streams of this period; returns whether something was. */
    private boolean onDue(int period) {
        for (FeedStream stream : streams.of(period)) {
            if (stream instanceof AppendStream append && append.isKnown()) {
                append.flush(asOf, now());
            } else if (stream instanceof StateStream state) {
                state.catchUp();
            }
        }
        // while the roll-up has not answered, what changes meanwhile waits for the next turn
        Set<StateStream> due = refreshing.contains(period) ? Set.of() : Set.copyOf(changedAt(period));
        if (due.isEmpty()) {
            return show(refreshing.contains(period) ? null : oldestUnshown.remove(period)) > 0;
        }
        changedAt(period).clear();
        Long oldest = oldestUnshown.remove(period);
        refreshing.add(period);
        refresh(due).onComplete(done -> {
            refreshing.remove(period);
            show(oldest);
            pushSoon();
        });
        return true;
    }

    /** Sends everybody what is due; returns the number of frames. */
    private int show(@Nullable Long oldestReceivedAt) {
        int sent = audience.flush();
        if (sent > 0 && oldestReceivedAt != null) {
            meters.shown(wallClock.getAsLong() - oldestReceivedAt);
        }
        return sent;
    }

    /** Asks the roll-up for the states and updates the streams with them; what it cannot answer is asked again. */
    private Future<Void> refresh(Set<StateStream> wanted) {
        return states.read(wanted.stream().map(FeedStream::topic).toList())
                .onSuccess(answer -> wanted.forEach(stream -> update(stream, answer)))
                .onFailure(cause ->
                        wanted.forEach(stream -> changedAt(stream.every()).add(stream)))
                .mapEmpty();
    }

    private void update(StateStream stream, FeedStates.States answer) {
        if (!streams.isAlive(stream)) {
            return;
        }
        JsonObject state = answer.of(stream.topic());
        if (state != null) {
            stream.update(state, answer.asOf(stream.topic()), now());
            if (answer.isEarlier(stream.topic())) {
                changedAt(stream.every()).add(stream);
            }
        } else if (!states.isVisible(stream.topic())) {
            end(stream, "forbidden", FeedErrors.OUT_OF_REACH);
        } else if (stream.isKnown()) {
            end(stream, "unknown_topic", "it is gone");
        } else {
            stream.looked(now());
        }
    }

    /** Before a sign of life says that nothing changed, it is looked whether that is so. */
    private void onSecond() {
        Set<StateStream> silent = new HashSet<>();
        for (FeedStream stream : streams.all()) {
            if (stream.isOver(now())) {
                streams.forget(stream);
            } else if (stream.isTickDue(now(), TICK_INTERVAL)) {
                if (stream instanceof StateStream state) {
                    silent.add(state);
                } else if (stream.isKnown()) {
                    stream.tick(asOf, now());
                }
            }
        }
        if (silent.isEmpty()) {
            audience.flush();
        } else {
            refresh(silent).onSuccess(done -> tick(silent)).onComplete(done -> audience.flush());
        }
        audience.closeStalled(now());
    }

    private void tick(Set<StateStream> silent) {
        for (StateStream stream : silent) {
            if (stream.isKnown() && stream.isTickDue(now(), TICK_INTERVAL)) {
                stream.tick(stream.asOf(), now());
            }
        }
    }

    private long now() {
        return nanos.getAsLong() / 1_000_000;
    }
}
