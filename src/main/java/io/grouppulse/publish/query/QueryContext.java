package io.grouppulse.publish.query;

import io.grouppulse.bus.Feeds;
import io.grouppulse.ops.SourceLedger;
import io.grouppulse.publish.ReadingJson;
import io.grouppulse.publish.Shards;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the query handlers need of the rest.
 *
 * @param campaignsOf ids of the campaigns that concern an organisation node
 * @param historyRetention millis
 */
public record QueryContext(
        Vertx vertx,
        ReadingJson json,
        List<String> windows,
        SourceLedger ledger,
        LongSupplier wallClock,
        Shards shards,
        Function<String, List<String>> campaignsOf,
        long historyRetention) {
    public QueryContext {
        windows = List.copyOf(windows);
    }

    /** Asks the roll-up. */
    <A> Future<A> ask(Object question) {
        return vertx.eventBus().<A>request(Feeds.ASK, question, Feeds.options()).map(Message::body);
    }
}
