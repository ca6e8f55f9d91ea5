package io.grouppulse.eventlog.redis;

import io.grouppulse.eventlog.LogEntry;
import io.grouppulse.redis.RedisAddress;
import io.grouppulse.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One append: a transaction on one server, or one command for each shard of a cluster. WAIT goes with them, because it
 * counts the replicas that have what was written on its own connection.
 */
record Append(RedisLink link, RedisStoreSettings settings) {

    /** An entry to be appended. */
    record Item(LogEntry entry, String tag, Buffer inputs) {}

    /** An entry at its position, with its tag and that of the entry before it. */
    record Placed(LogEntry entry, String tag, String before) {}

    /** Fails if an entry may not be in the log, or not be on as many replicas as asked. */
    Future<List<Placed>> send(List<Item> items) {
        if (settings.address().kind() != RedisAddress.Kind.CLUSTER) {
            return sendTogether(items);
        }
        List<Future<List<Placed>>> sent = new ArrayList<>(items.size());
        items.forEach(item -> sent.add(sendTogether(List.of(item))));
        return Future.join(sent)
                .map(done -> sent.stream().flatMap(one -> one.result().stream()).toList());
    }

    private Future<List<Placed>> sendTogether(List<Item> items) {
        boolean isTransaction = items.size() > 1;
        List<Request> commands = new ArrayList<>(items.size() + 3);
        if (isTransaction) {
            commands.add(Request.cmd(Command.MULTI));
        }
        for (Item item : items) {
            LogEntry entry = item.entry();
            ShardKeys keys = new ShardKeys(entry.shard());
            commands.add(Scripts.append(keys, item.tag(), entry.receivedAt(), entry.asOf(), item.inputs()));
        }
        if (isTransaction) {
            commands.add(Request.cmd(Command.EXEC));
        }
        if (settings.replicas() > 0) {
            commands.add(Request.cmd(Command.WAIT).arg(settings.replicas()).arg(settings.waitMillis()));
        }
        return link.batch(commands, settings.timeoutMillis() + settings.waitMillis())
                .map(answers -> {
                    requireReplicas(answers);
                    return placed(items, isTransaction ? answers.get(items.size() + 1) : null, answers);
                });
    }

    private void requireReplicas(List<Response> answers) {
        if (settings.replicas() > 0) {
            int reached = answers.get(answers.size() - 1).toInteger();
            if (reached < settings.replicas()) {
                throw new IllegalStateException("only " + reached + " of " + settings.replicas()
                        + " replicas had the events within " + settings.waitMillis() + " ms");
            }
        }
    }

    private static List<Placed> placed(List<Item> items, @Nullable Response executed, List<Response> answers) {
        List<Placed> placed = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Response answer = executed == null ? answers.get(i) : executed.get(i);
            if (answer.type() != ResponseType.MULTI) {
                throw new IllegalStateException("Redis could not append: " + answer);
            }
            Item item = items.get(i);
            placed.add(new Placed(
                    item.entry().at(answer.get(0).toLong()),
                    item.tag(),
                    answer.get(1).toString()));
        }
        return placed;
    }
}
