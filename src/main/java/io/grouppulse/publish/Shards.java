package io.grouppulse.publish;

import io.grouppulse.bus.Feeds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Asks the shards that hold a scope's groups. */
public final class Shards {
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
}
