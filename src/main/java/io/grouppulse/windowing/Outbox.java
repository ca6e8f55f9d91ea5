package io.grouppulse.windowing;

import io.grouppulse.domain.event.AttributedOrder;
import io.grouppulse.domain.event.GroupInput;
import io.grouppulse.eventlog.EventLog;
import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.eventlog.ShardMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a shard derived from an entry to the shards of the groups, through the log. While the log cannot take it, it
 * tries again; until it is durable, the shard must not save the position of that entry, so that a crash derives it again.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long RETRY_MILLIS = 200;

    private final Vertx vertx;
    private final int shard;
    private final EventLog log;
    private final ShardMap shards;
    private Future<Void> durable = Future.succeededFuture();
    private boolean failing;
    private boolean closed;

    Outbox(Vertx vertx, int shard, EventLog log, ShardMap shards) {
        this.vertx = vertx;
        this.shard = shard;
        this.log = log;
        this.shards = shards;
    }

    /** @param cause the entry from which this was derived */
    void send(List<AttributedOrder> derived, LogEntry cause) {
        if (derived.isEmpty()) {
            return;
        }
        Map<Integer, List<GroupInput>> byShard = new TreeMap<>();
        for (AttributedOrder order : derived) {
            byShard.computeIfAbsent(shards.shardOf(order.group()), to -> new ArrayList<>())
                    .add(order);
        }
        List<LogEntry> entries = new ArrayList<>(byShard.size());
        byShard.forEach((to, inputs) -> entries.add(new LogEntry(to, 0, cause.receivedAt(), cause.asOf(), inputs)));
        Promise<Void> appended = Promise.promise();
        append(entries, appended);
        durable = durable.isComplete() && durable.succeeded()
                ? appended.future()
                : durable.compose(done -> appended.future());
    }

    private void append(List<LogEntry> entries, Promise<Void> appended) {
        log.append(entries).onComplete(result -> {
            if (result.succeeded()) {
                failing = false;
                appended.complete();
            } else if (closed) {
                appended.fail(result.cause());
            } else {
                report(result.cause());
                vertx.setTimer(RETRY_MILLIS, again -> append(entries, appended));
            }
        });
    }

    private void report(Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.warn("shard={} cannot tell groups of attributed orders, will try again: {}", shard, cause.getMessage());
        }
    }

    /** Completes once all that was sent until now is durable; fails if the log went away first. */
    Future<Void> durable() {
        return durable;
    }

    /** Tries nothing again. */
    void close() {
        closed = true;
    }
}
