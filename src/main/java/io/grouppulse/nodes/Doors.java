package io.grouppulse.nodes;

import io.grouppulse.bus.Feeds;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands on each address whose room may be on another node, and has the question answered there. Questions only read: one
 * that came to nothing because its node went away, or gave the shard away, is asked again of who is there then.
 */
public final class Doors {
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long PAUSE_MILLIS = 50;
    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final Carrier carrier;
    private final Supplier<CrewView> view;
    private final Member self;
    private final IntPredicate holds;
    private final Set<Integer> openHere = ConcurrentHashMap.newKeySet();
    private List<MessageConsumer<Object>> standIns = List.of();

    /** @param holds whether a shard is surely this node's now */
    public Doors(Vertx vertx, Carrier carrier, Supplier<CrewView> view, Member self, IntPredicate holds) {
        this.vertx = vertx;
        this.carrier = carrier;
        this.view = view;
        this.self = self;
        this.holds = holds;
    }

    /** Where a shard of this node answers. */
    public static String here(int shard) {
        return Feeds.shard(shard) + ".here";
    }

    /** Opens a door for every shard. */
    public void open(int shards) {
        for (int shard = 0; shard < shards; shard++) {
            int number = shard;
            vertx.eventBus()
                    .<Object>consumer(Feeds.shard(shard), message -> answer(message, () -> askShard(number, message)));
        }
    }

    /** Whether the shard is open on this node. */
    public void setOpen(int shard, boolean isOpen) {
        if (isOpen) {
            openHere.add(shard);
        } else {
            openHere.remove(shard);
        }
    }

    /** This node does not lead: whoever does answers these addresses, and is told what is sent to those. */
    public void standInForLead(List<String> asked, List<String> told) {
        List<MessageConsumer<Object>> consumers = new ArrayList<>();
        for (String address : asked) {
            consumers.add(vertx.eventBus()
                    .consumer(address, message -> answer(message, () -> askLeader(address, message))));
        }
        for (String address : told) {
            consumers.add(vertx.eventBus().consumer(address, message -> {
                Member leader = other(view.get().leader());
                if (leader != null) {
                    carrier.send(leader, address, message.body());
                }
            }));
        }
        standIns = consumers;
    }

    /** This node leads: its own rooms stand there. */
    public void endStandIn() {
        standIns.forEach(MessageConsumer::unregister);
        standIns = List.of();
    }

    private Future<Object> askShard(int shard, Message<Object> message) {
        if (openHere.contains(shard)) {
            return holds.test(shard)
                    ? askHere(here(shard), message.body())
                    : nobody("shard " + shard + " may be another node's by now");
        }
        Member owner = other(view.get().ownerOf(shard));
        return owner == null
                ? nobody("no node has shard " + shard + " now")
                : carrier.ask(owner, here(shard), message.body());
    }

    private Future<Object> askLeader(String address, Message<Object> message) {
        Member leader = other(view.get().leader());
        return leader == null ? nobody("no node leads now") : carrier.ask(leader, address, message.body());
    }

    private @Nullable Member other(@Nullable Member member) {
        return member == null || member.isSame(self) ? null : member;
    }

    private Future<Object> askHere(String address, Object body) {
        return vertx.eventBus()
                .<Object>request(address, body, Feeds.options())
                .map(Message::body)
                .recover(cause ->
                        cause instanceof ReplyException refused && refused.failureType() == ReplyFailure.NO_HANDLERS
                                ? nobody(address + " has just gone")
                                : Future.failedFuture(cause));
    }

    private static Future<Object> nobody(String why) {
        return Future.failedFuture(new NobodyThereException(why));
    }

    private void answer(Message<Object> message, Supplier<Future<Object>> question) {
        Promise<Object> answer = Promise.promise();
        attempt(question, System.nanoTime() + PATIENCE_NANOS, answer);
        answer.future()
                .onSuccess(found -> message.reply(found, Feeds.options()))
                .onFailure(cause -> message.fail(UNAVAILABLE, String.valueOf(cause.getMessage())));
    }

    private void attempt(Supplier<Future<Object>> question, long until, Promise<Object> answer) {
        question.get().onSuccess(answer::complete).onFailure(cause -> {
            if (cause instanceof NobodyThereException && System.nanoTime() < until) {
                vertx.setTimer(PAUSE_MILLIS, again -> attempt(question, until, answer));
            } else {
                answer.fail(cause);
            }
        });
    }
}
