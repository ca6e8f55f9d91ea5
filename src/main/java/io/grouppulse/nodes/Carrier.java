package io.grouppulse.nodes;

import io.grouppulse.bus.Feeds;
import io.grouppulse.nodes.Envelope.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries messages of the bus to the bus of another node, and answers back. Thread-safe. */
public final class Carrier {
    /** A header of messages that came from another node. */
    public static final String REMOTE = "remote";

    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long AGAIN_MILLIS = 100;
    /** Longer nobody waits for an answer. */
    private static final long AGAIN_NANOS = 3_000_000_000L;

    private final Vertx vertx;
    private final Post post;
    private final Member self;
    private final CarrierMeters meters;
    private final Wire wire = new Wire();
    private final AtomicLong questions = new AtomicLong();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile CrewView view = CrewView.NOBODY;

    private record Waiting(Member asked, long since, Promise<Object> answer) {}

    public Carrier(Vertx vertx, Post post, Member self, CarrierMeters meters) {
        this.vertx = vertx;
        this.post = post;
        this.self = self;
        this.meters = meters;
    }

    /** Reads from now on what comes. */
    public Future<Void> start() {
        return post.listen(this::take);
    }

    public Future<Void> close() {
        return post.close();
    }

    /** Questions to nodes that are not there any more are not waited for. */
    public void seen(CrewView seen) {
        view = seen;
        waiting.forEach((question, asked) -> {
            if (!seen.has(asked.asked)) {
                fail(question, new NobodyThereException("node " + asked.asked.name() + " is gone"));
            }
        });
    }

    /**
     * Asks one consumer of an address on another node.
     *
     * @return fails with a {@link NobodyThereException} as soon as it is clear that no answer will come from there
     */
    public Future<Object> ask(Member to, String address, Object body) {
        long question = questions.incrementAndGet();
        Promise<Object> answer = Promise.promise();
        waiting.put(question, new Waiting(to, System.nanoTime(), answer));
        long timer = vertx.setTimer(
                PATIENCE_MILLIS, late -> fail(question, new NobodyThereException(to.name() + " says nothing")));
        put(to, Kind.ASK, question, address, bytes(body)).onComplete(put -> {
            if (put.failed()) {
                fail(
                        question,
                        new NobodyThereException(String.valueOf(put.cause().getMessage())));
            } else if (!put.result()) {
                fail(question, new NobodyThereException("node " + to.name() + " is gone"));
            }
        });
        return answer.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** To one consumer of the address on a node; it may be lost. */
    public void send(Member to, String address, Object body) {
        put(to, Kind.SEND, 0, address, bytes(body));
    }

    /** To all consumers of the address on every other node; it may be lost. */
    public void publish(String address, Object body) {
        Buffer bytes = null;
        for (Member member : view.members()) {
            if (!member.isSame(self) && member.format().equals(self.format())) {
                bytes = bytes == null ? bytes(body) : bytes;
                put(member, Kind.PUBLISH, 0, address, bytes);
            }
        }
    }

    private Future<Boolean> put(Member to, Kind kind, long question, String address, Buffer body) {
        Buffer envelope =
                new Envelope(self.format(), kind, self.name(), self.life(), question, address, body).toBuffer();
        meters.sent(envelope.length());
        return post.send(to, envelope);
    }

    /** Whoever asked would wait in vain for what a broken connection took: it is put again. */
    private void putAnswer(Member to, Kind kind, long question, String address, Buffer body) {
        putUntil(System.nanoTime() + AGAIN_NANOS, to, kind, question, address, body);
    }

    private void putUntil(long end, Member to, Kind kind, long question, String address, Buffer body) {
        put(to, kind, question, address, body).onFailure(cause -> {
            if (System.nanoTime() - end < 0) {
                vertx.setTimer(AGAIN_MILLIS, again -> putUntil(end, to, kind, question, address, body));
            }
        });
    }

    private Buffer bytes(Object body) {
        return Buffer.buffer(wire.write(body));
    }

    private void take(Buffer message) {
        Envelope envelope;
        Object body;
        try {
            envelope = Envelope.of(message, self.format());
            body = envelope.body().length() == 0
                    ? ""
                    : wire.read(envelope.body().getBytes());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            meters.refused();
            LOG.warn("a message of another node is refused: {}", e.getMessage());
            return;
        }
        meters.received();
        switch (envelope.kind()) {
            case SEND -> vertx.eventBus().send(envelope.address(), body, options());
            case PUBLISH -> vertx.eventBus().publish(envelope.address(), body, options());
            case ASK -> answer(envelope, body);
            case ANSWER -> complete(envelope.question(), body);
            case REFUSE -> fail(envelope.question(), new IllegalStateException(String.valueOf(body)));
            case NOBODY -> fail(envelope.question(), new NobodyThereException(envelope.from() + " does not answer it"));
        }
    }

    private static DeliveryOptions options() {
        return Feeds.options().addHeader(REMOTE, "");
    }

    private void answer(Envelope asked, Object body) {
        Member asker = new Member(asked.from(), asked.life(), asked.format(), false, false, Set.of());
        vertx.eventBus().<Object>request(asked.address(), body, options()).onComplete(result -> {
            if (result.succeeded()) {
                Buffer bytes;
                try {
                    bytes = bytes(result.result().body());
                } catch (IllegalArgumentException e) {
                    LOG.error("an answer cannot be carried", e);
                    putAnswer(asker, Kind.REFUSE, asked.question(), "", bytes(String.valueOf(e.getMessage())));
                    return;
                }
                putAnswer(asker, Kind.ANSWER, asked.question(), "", bytes);
            } else if (result.cause() instanceof ReplyException refused
                    && refused.failureType() == ReplyFailure.NO_HANDLERS) {
                putAnswer(asker, Kind.NOBODY, asked.question(), "", Buffer.buffer());
            } else {
                putAnswer(
                        asker,
                        Kind.REFUSE,
                        asked.question(),
                        "",
                        bytes(String.valueOf(result.cause().getMessage())));
            }
        });
    }

    private void complete(long question, Object body) {
        Waiting asked = waiting.remove(question);
        if (asked != null) {
            meters.answered(System.nanoTime() - asked.since);
            asked.answer.complete(body);
        }
    }

    private void fail(long question, Throwable cause) {
        Waiting asked = waiting.remove(question);
        if (asked != null) {
            asked.answer.fail(cause);
        }
    }
}
